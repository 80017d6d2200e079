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
  /** units of work of one comparison or step; expressions that are kept from one to the next */
  work: 3_000_000,
  kept: 300_000,
  /** characters and records of a certificate, characters of a line */
  line: 200_000,
  characters: 64_000_000,
  records: 2_000_000,
};

/** Work is counted, so that running out of it does not depend on the clock. */
let left = LIMITS.work;

export const allow = (units: number): void => {
  left = units;
};

export const spend = (units = 1): void => {
  left -= units;
  if (left < 0) decline('the budget of work ran out');
};
