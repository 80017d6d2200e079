/**
 * The primitive operators on places of a tape, with their derivatives. Conventions are the calculus': recip 0 = 0, log x = 0 for
 * x <= 0, sqrt x = 0 for x < 0. Booleans are 0 and 1.
 */
import type { Word } from './sym.js';
import type { Tape } from './tape.js';

export type Run = () => number;

interface Unary {
  readonly value: (x: number) => number;
  /** the derivative, from the argument and the value */
  readonly slope: (x: number, y: number) => number;
}
// prettier-ignore
const unary: Readonly<Partial<Record<Word, Unary>>> = {
  neg:   { value: (x) => -x,                          slope: () => -1 },
  recip: { value: (x) => (x === 0 ? 0 : 1 / x),       slope: (_, y) => -y * y },
  exp:   { value: Math.exp,                           slope: (_, y) => y },
  log:   { value: (x) => (x > 0 ? Math.log(x) : 0),   slope: (x) => (x > 0 ? 1 / x : 0) },
  sqrt:  { value: (x) => (x > 0 ? Math.sqrt(x) : 0),  slope: (_, y) => (y > 0 ? 0.5 / y : 0) },
};

/** The operator on its arguments; `count` is called for each number that it makes. */
export function operated(tape: Tape, word: Word, args: readonly Run[], count: () => void): Run {
  const [f, g] = args as [Run, Run];
  const one = unary[word];
  if (one)
    return () => {
      count();
      const i = f();
      const x = tape.at(i);
      const y = one.value(x);
      return tape.push(y, i, one.slope(x, y));
    };
  if (word === 'add' || word === 'mul') return arithmetic(tape, word, f, g, count);
  return booleans(tape, word, f, g, count);
}

function arithmetic(tape: Tape, word: 'add' | 'mul', f: Run, g: Run, count: () => void): Run {
  return () => {
    count();
    const [i, j] = [f(), g()];
    const [x, y] = [tape.at(i), tape.at(j)];
    return word === 'add' ? tape.push(x + y, i, 1, j, 1) : tape.push(x * y, i, y, j, x);
  };
}

function booleans(tape: Tape, word: Word, f: Run, g: Run, count: () => void): Run {
  if (word === 'not') return () => 1 - f();
  if (word === 'and') return () => (f() !== 0 && g() !== 0 ? 1 : 0);
  if (word === 'or') return () => (f() !== 0 || g() !== 0 ? 1 : 0);
  return () => {
    count();
    return tape.at(f()) < tape.at(g()) ? 1 : 0;
  };
}
