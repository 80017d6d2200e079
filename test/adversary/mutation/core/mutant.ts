// Planted bugs: textual changes of the structural evaluator, made in a copy of the sources, so that the strength of the laws'
// tests can be seen. Invariant: the text to change occurs exactly once, or planting fails loudly.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../../', import.meta.url));

export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ');

/** Changes one place, whatever the layout of the text around it. */
export function changed(text: string, from: string, to: string): string {
  const pattern = squeezed(from)
    .trim()
    .split(' ')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+');
  const found = [...text.matchAll(new RegExp(pattern, 'g'))];
  if (found.length !== 1) throw new Error(`planted text occurs ${found.length} times: ${from}`);
  const { index } = found[0]!;
  return text.slice(0, index) + to + text.slice(index + found[0]![0].length);
}

/** A copy of the core, of what tests it, and of nothing else. */
export function copyOf(change?: Change): { readonly path: (file: string) => string; readonly remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'weft-mutant-'));
  for (const part of ['src/core', 'src/run/reference', 'test/unit/core', 'test/support', 'test/oracle/laws']) {
    mkdirSync(join(dir, part), { recursive: true });
    cpSync(join(root, part), join(dir, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
  if (change) {
    const file = join(dir, change.file);
    writeFileSync(file, changed(readFileSync(file, 'utf8'), change.from, change.to));
  }
  return { path: (file) => join(dir, file), remove: () => rmSync(dir, { recursive: true, force: true }) };
}
