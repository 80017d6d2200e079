/**
 * Polynomials over named numbers, such as the sizes of axes and how many tiles they have. Invariant: equal products are one term, in the order in which
 * they first stand. It knows no kernel.
 */

/** A product: a coefficient and the names of its factors, in alphabetic order. */
export interface Term {
  readonly times: number;
  readonly of: readonly string[];
}
export type Polynomial = readonly Term[];

export const ZERO: Polynomial = [];
export const constant = (times: number): Polynomial => (times === 0 ? ZERO : [{ times, of: [] }]);
export const ONE = constant(1);
export const atom = (name: string): Polynomial => [{ times: 1, of: [name] }];

function collected(terms: Polynomial): Polynomial {
  const found = new Map<string, Term>();
  for (const { times, of } of terms) {
    const sorted = [...of].sort();
    const key = sorted.join('\n');
    found.set(key, { times: times + (found.get(key)?.times ?? 0), of: sorted });
  }
  return [...found.values()].filter((t) => t.times !== 0);
}

export const sum = (...all: readonly Polynomial[]): Polynomial => collected(all.flat());
export const product = (...all: readonly Polynomial[]): Polynomial =>
  all.reduce(
    (x, y) => collected(x.flatMap((a) => y.map((b) => ({ times: a.times * b.times, of: [...a.of, ...b.of] })))),
    ONE,
  );
export const minus = (x: Polynomial, y: Polynomial): Polynomial => sum(x, product(constant(-1), y));
export const same = (x: Polynomial, y: Polynomial): boolean => minus(x, y).length === 0;

/** The number that it is where every name has a value. */
export const valueOf = (p: Polynomial, value: (name: string) => number): number =>
  p.reduce((n, { times, of }) => n + of.reduce((m, name) => m * value(name), times), 0);

/** With a polynomial in place of each name. */
export const substituted = (p: Polynomial, by: (name: string) => Polynomial): Polynomial =>
  sum(...p.map(({ times, of }) => product(constant(times), ...of.map(by))));

/** `2 k m n + m n`; 0 where there is no term. */
export function spelled(p: Polynomial): string {
  const term = ({ times, of }: Term): string => {
    const size = Math.abs(times);
    return [...(size === 1 && of.length > 0 ? [] : [`${size}`]), ...of].join(' ');
  };
  const text = p.map((t, i) => `${t.times < 0 ? (i === 0 ? '-' : ' - ') : i === 0 ? '' : ' + '}${term(t)}`).join('');
  return text === '' ? '0' : text;
}
