// Text to elaborated statements, for the tests of elaboration.
import * as E from 'fp-ts/lib/Either.js';
import { equal, type Term } from '../../../../src/core/index.js';
import { type ElaboratedFile, elaborateFile } from '../../../../src/language/elaborate/elaborate.js';
import type { ElaborateError } from '../../../../src/language/point/error.js';
import type { Law, StreamInfo } from '../../../../src/language/elaborate/law.js';
import { type Env, emptyEnv } from '../../../../src/language/elaborate/scope.js';
import { parseStatements } from '../../../../src/language/syntax/parse.js';

export function right<A>(result: E.Either<unknown, A>): A {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left, (_, v) => (typeof v === 'bigint' ? `${v}n` : v)));
  return result.right;
}

export const prelude = `
sort Position
sort Feature
def sum [n] (x : R[n]) : R := fold i:n (s = 0) s + x[i]
def max2 (x y : R) : R := if x < y then y else x
def max [n] (x : R[n]) : R := fold i:n (m = first x) max2(m, x[i])
def abs (x : R) : R := max2(x, -x)
def twice {A, f : A -> A} := f ; f
def dot [n] (x y : R[n]) : R := sum i:n (x[i] * y[i])
`;

export const file = (text: string, env: Env = emptyEnv): ElaboratedFile =>
  elaborateFile(env, right(parseStatements(text)));

export function world(text: string): Env {
  const { env, errors } = file(prelude + text);
  if (errors.length > 0) throw new Error(JSON.stringify(errors[0]));
  return env;
}

/** A theorem over the prelude. */
export const law = (text: string): Law => [...world(`theorem t ${text}`).laws.values()].at(-1)!;
export const stream = (text: string): { readonly info: StreamInfo; readonly env: Env } => {
  const env = world(text);
  return { info: [...env.streams.values()].at(-1)!, env };
};
/** Do both sides have one normal form? */
export const structural = ({ lhs, rhs }: { readonly lhs: Term; readonly rhs: Term }): boolean => right(equal(lhs, rhs));

/** The refusal of a text over the prelude, with the text that it points at. */
export function refusal(text: string): ElaborateError & { readonly at: string | undefined } {
  const whole = prelude + text;
  const { errors } = file(whole);
  const [error] = errors;
  if (!error) throw new Error(`accepted: ${text}`);
  return { ...error, at: error.span && whole.slice(error.span.start, error.span.end) };
}
