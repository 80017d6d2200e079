/**
 * How the second checker says no. Invariant: nothing else is thrown on bad input; what is `declined` ran out of a stated budget and is
 * neither proved nor rejected. It does not know lines or files.
 */
export class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly declined = false,
  ) {
    super(reason);
  }
}

export const refuse = (reason: string): never => {
  throw new Refusal(reason);
};

export const decline = (reason: string): never => {
  throw new Refusal(reason, true);
};

export function require(condition: boolean, reason: string): asserts condition {
  if (!condition) refuse(reason);
}

/** The largest that one thing may be. */
export const LIMITS = {
  /** summands of one sum; variables of one product; sums in sums */
  summands: 2_000,
  depth: 200,
  /** leaves of one object, axes of one leaf, and all axes of an object together */
  leaves: 2_000,
  axes: 200,
  objectSize: 20_000,
  /** arrays that one object has after cutting every sum */
  blocks: 5_000,
  /** characters of a printed axis, digits of a number, terms of a polynomial */
  text: 1_000,
  digits: 1_000,
  monomials: 500,
  /** variables of one axis, in all its summands */
  axisSize: 20_000,
  /** fuel of one comparison or step, and of one text: so much, and so much for each of its characters */
  work: 10_000_000,
  base: 40_000_000,
  character: 100,
  /** expressions and values that are kept from one comparison to the next */
  kept: 300_000,
  /** characters and records of a certificate, characters of a line */
  line: 200_000,
  characters: 64_000_000,
  records: 2_000_000,
};

/**
 * Fuel: work is counted where it is done, so that running out of it does not depend on the clock. A unit is one thing looked at or copied.
 * `left` is for one comparison or step, `whole` for all that is done with one text.
 */
let [left, whole] = [Infinity, Infinity];

export const fuelFor = (text: number): void => {
  whole = LIMITS.base + LIMITS.character * text;
  left = LIMITS.work;
};

export const allow = (): void => {
  left = LIMITS.work;
};

export const spend = (units = 1): void => {
  left -= units;
  whole -= units;
  if (left < 0 || whole < 0) decline('the fuel ran out');
};
