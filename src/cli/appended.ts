// A found script behind what a file has. Invariant: what is imported already is not imported twice, and no file imports itself. Knows no files.

/** `own` is the file's own name as an import writes it, in quotes. */
export function appended(before: string, text: string, own: string): string {
  const lines = text.split('\n');
  const isImport = (l: string): boolean => l.startsWith('import ');
  const wanted = lines.filter((l) => isImport(l) && !before.includes(l) && !l.includes(own));
  const rest = lines
    .filter((l) => !isImport(l))
    .join('\n')
    .trim();
  return `${[...wanted, before.trimEnd(), '', rest].join('\n').trimStart()}\n`;
}
