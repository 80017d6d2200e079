// Small certificates by hand, and what the second checker says of them. Invariant: what is said of a certificate without a statement is
// "accepted" only when every record before its qed was. It does not know the first checker.
import { At, check, type Cited } from '../../../src/replay/certificate/certificate.js';
import { type Statements } from '../../../src/replay/language/statement.js';

export const nothing: Statements = {
  axioms: new Map(),
  theorems: new Map(),
  streams: new Map(),
  definitions: new Map(),
  library: false,
};

export const certificate = (records: readonly string[], name = 't', kind = 'theorem'): string =>
  ['weft-certificate 1', `${kind} ${JSON.stringify(name)}`, ...records, ''].join('\n');

/** `name: record` names a record, `@name` is its number. */
export const numbered = (records: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  const names = new Map<string, number>();
  return records.map((line) => {
    const [, name, record = ''] = /^(?:([a-z0-9+_']+): )?(.*)$/i.exec(line) ?? [];
    const text = record.replace(/@([a-z0-9+_']+)/gi, (_, of: string) => {
      const found = names.get(of);
      if (found === undefined) throw new Error(`${of} is not named before ${line}`);
      return `${found}`;
    });
    const kind = record.split(' ')[0] ?? '';
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    if (name !== undefined) names.set(name, count);
    return text;
  });
};

export type Said = 'accepted' | { readonly record: string; readonly reason: string; readonly declined: boolean };

/** What is said of these records, followed by an end that no statement is there for. */
export const said = (
  records: readonly string[],
  statements: Statements = nothing,
  cited: ReadonlyMap<string, Cited> = new Map(),
): Said => {
  const lines = certificate([...numbered(records), 'qed 0']).split('\n');
  try {
    check(lines.join('\n'), { statements, cited });
  } catch (error) {
    if (!(error instanceof At)) throw error;
    const { line, reason, declined } = error;
    if (line === lines.length - 1 && reason === 'no theorem "t" is stated') return 'accepted';
    return { record: lines[line - 1] ?? '', reason, declined };
  }
  throw new Error('a certificate without a statement was accepted');
};

/** Records that every case begins with. */
// prettier-ignore
export const base = [
  'n: v "n" - +', 't: v "t" - ?', 'p: v "p" "P" +', 'q: v "q" "Q" +', 'p2: v "p2" "P" +',
  'an: a v @n', 'at: a v @t', 'a1: a 1', 'a0: a 0', 'ap: a v @p', 'aq: a v @q', 'ap2: a v @p2', 'n+1: a + @an @a1', '1+n: a + @a1 @an',
  'R: o (R)', 'Rn: o (R @an)', 'unit: o', 'X: o ("X")', 'B: o (B)', 'RR: o (R) (R)', 'Rp: o (R @ap)', 'Rt: o (R @at)', 'R1: o (R @a1)',
  'F: m "f" () @R @R', 'G: m "g" () @R @R', 'H: m "h" (@n) @Rn @R', 'K: m "k" () @Rn @Rn', 'XX: m "x" () @X @X', 'L: m "l" (@t) @Rt @R',
  'id: t id @R', 'f: t var @F ()', 'g: t var @G ()', 'fid: t ; @f @id', 'hn: t var @H (@an)', 'copy: t copy @R', 'k: t var @K ()',
  'idn: t id @Rn', 'add: t op add', 'not: t op not',
  'there: s eq @f @fid', 'back: s eq @fid @f',
];
