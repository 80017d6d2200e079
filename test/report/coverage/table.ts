// The rows of the table (table.txt): a function that people wrote as a kernel, its class, and the definition that states it, or why none does.
// Invariant: every line of the file is a row or a comment. It knows no definitions.
import { readFileSync } from 'node:fs';

export interface Row {
  readonly source: string;
  readonly name: string;
  readonly class: string;
  readonly definition?: string;
  readonly reason?: string;
  /** no function of real numbers: what it makes depends on bits, or on a random number made inside */
  readonly notReal: boolean;
}

export function rows(): readonly Row[] {
  const text = readFileSync(new URL('table.txt', import.meta.url), 'utf8');
  let source = '';
  return text.split('\n').flatMap((line): Row[] => {
    if (line.startsWith('# ')) source = line.slice(2);
    if (line === '' || line.startsWith('#')) return [];
    const [, name, kind, rest] = /^(\S+) ([SOPWDRNE]) (.+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`no row: ${line}`);
    const row = { source, name, class: kind! };
    if (rest!.startsWith('- ')) return [{ ...row, reason: rest!.slice(2), notReal: rest!.startsWith('- not a function') }];
    return [{ ...row, definition: rest!, notReal: false }];
  });
}
