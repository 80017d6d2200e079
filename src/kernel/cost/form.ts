/**
 * A count in the sizes of axes: the parameters of the text (how long a ragged tile is, how many tiles there are) by their meaning, n = rest + tiles * b.
 * Invariant: the same number at every size. It knows no statement.
 */
import { type AxisUse, type Kernel, lanesOf } from '../ir/kernel.js';
import { type Polynomial, atom, constant, minus, product, substituted } from './polynomial.js';

/** What stands for a parameter of a use, by its part. */
type Meaning = Readonly<Record<string, Polynomial>>;

/** n in tiles of b, one of them ragged: the tiles but one are full. */
function cut(length: string, b: number): { readonly rest: Polynomial; readonly count: Polynomial } {
  const count = minus(b === 1 ? atom(length) : atom(`ceil(${length}/${b})`), constant(1));
  return { count, rest: minus(atom(length), product(constant(b), count)) };
}

function meaningOf(kernel: Kernel, u: AxisUse): Meaning {
  switch (u._tag) {
    case 'Grid':
    case 'Serial':
    case 'Held':
      return { size: atom(u.name) };
    case 'Lanes': {
      const lanes = atom(`lanes(${u.of})`);
      return { lanes, rest: minus(atom(u.of), product(lanes, atom(`each(${u.of})`))) };
    }
    case 'Grouped':
      return cut(u.name, u.capacity);
    case 'Streamed': {
      const length = lanesOf(kernel, u.name) ? `each(${u.name})` : u.name;
      if (!u.head) return { count: product(constant(1 / u.capacity), atom(length)) };
      const { count, rest } = cut(length, u.capacity);
      if (!u.last) return { count, head: rest };
      const named = (part: string): Polynomial => atom(`${part}(${length})`);
      return { head: named('head'), count: named('tiles'), flag: named('flag'), last: named('last') };
    }
  }
}

/** In sizes: `ceil(n/32)` tiles; of a row with lanes along it, `lanes(n)` of them at work and `each(n)` elements a lane. */
export function inSizes(kernel: Kernel, p: Polynomial): Polynomial {
  const meanings = new Map(kernel.uses.map((u) => [u.name, meaningOf(kernel, u)]));
  const exact = substituted(p, (name) => {
    const space = name.indexOf(' ');
    // an index, or a number of blocks, is no parameter
    return meanings.get(name.slice(space + 1))?.[name.slice(0, space)] ?? atom(name);
  });
  // thirds and the like, of a division that is undone
  return exact.flatMap(({ times, of }) => {
    const rounded = Math.round(times);
    const whole = Math.abs(times - rounded) < 1e-9 * Math.max(1, Math.abs(times)) ? rounded : times;
    return whole === 0 ? [] : [{ times: whole, of }];
  });
}
