/**
 * The lines of a certificate: each record once, numbered within its kind in the order in which it was first needed. Invariant: what is recorded
 * refers to earlier records only, because its parts were recorded before it. It does not know what the kinds mean.
 */
export type Kind = 'v' | 'a' | 'o' | 'm' | 'd' | 'f' | 't' | 'h' | 's';

export class Records {
  readonly lines: string[] = [];
  private readonly known = new Map<string, number>();
  private readonly counts = new Map<Kind, number>();

  /** The number of the record `kind …words`; a record that says the same is the same. */
  add(kind: Kind, ...words: readonly (string | number)[]): number {
    const line = [kind, ...words].join(' ');
    const known = this.known.get(line);
    if (known !== undefined) return known;
    const number = this.count(kind);
    this.counts.set(kind, number + 1);
    this.known.set(line, number);
    this.lines.push(line);
    return number;
  }

  count(kind: Kind): number {
    return this.counts.get(kind) ?? 0;
  }
}

export const list = (items: readonly (string | number)[]): string => `(${items.join(' ')})`;
export const text = (name: string): string => JSON.stringify(name);
