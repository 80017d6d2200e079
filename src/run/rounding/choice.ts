/**
 * Whole numbers that are chosen by comparisons (the index of a greatest element): which variables of a kernel hold such, and the sets of what they may be
 * where rounding may turn a comparison. Invariant: a name is called chosen only if every value it is given is a whole number made of constants,
 * counters and others such by + - * max min and choices; a set holds everything that an execution may choose. It knows no target.
 */
import type { Expr, Kernel, Stmt } from '../../kernel/ir/kernel.js';
import { assignments } from './sign.js';

const KEEPS: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'neg', 'max', 'min']);

function whole(e: Expr, names: ReadonlySet<string>): boolean {
  switch (e._tag) {
    case 'Const':
      return e.value.den === 1n;
    case 'Real':
      return true;
    case 'Get':
    case 'Tile':
      return names.has(e.name);
    case 'Select':
      return whole(e.yes, names) && whole(e.no, names);
    case 'Op':
      return KEEPS.has(e.operator) && e.args.every((a) => whole(a, names));
    default:
      return false;
  }
}
/** Whether a choice is made in an expression, or in one of the names. */
function choosing(e: Expr, names: ReadonlySet<string>): boolean {
  if (e._tag === 'Select') return true;
  if (e._tag === 'Get' || e._tag === 'Tile') return names.has(e.name);
  return e._tag === 'Op' && e.args.some((a) => choosing(a, names));
}

export class Choices {
  private readonly wholes: ReadonlySet<string>;
  /** the names that hold a choice */
  readonly names: ReadonlySet<string>;

  constructor(kernel: Kernel) {
    const all = assignments(kernel.body);
    const wholes = new Set(all.map((a) => a.name));
    for (let before = -1; before !== wholes.size;) {
      before = wholes.size;
      for (const a of all) if (!whole(a.value, wholes)) wholes.delete(a.name);
    }
    const chosen = new Set<string>();
    for (let before = -1; before !== chosen.size;) {
      before = chosen.size;
      for (const a of all) if (wholes.has(a.name) && choosing(a.value, chosen)) chosen.add(a.name);
    }
    [this.wholes, this.names] = [wholes, chosen];
  }

  /** Whether an expression is a whole number that is chosen. */
  has(e: Expr): boolean {
    return whole(e, this.wholes) && choosing(e, this.names);
  }
  /** The outputs all of whose elements are. */
  outputs({ body, outputs }: Kernel): readonly boolean[] {
    const all = stores(body);
    return outputs.map((o) => all.filter((s) => s.array === o.name).every((s) => this.has(s.value)));
  }
}
type Store = Stmt & { readonly _tag: 'Store' };
const stores = (body: readonly Stmt[]): readonly Store[] =>
  body.flatMap((s) => (s._tag === 'Store' ? [s] : 'body' in s ? stores(s.body) : []));

// ---- sets ---------------------------------------------------------------------------------------------------------------

/** undefined: the number itself, surely; null: anything */
export type Choice = readonly number[] | undefined | null;
const MOST = 4096;

function setOf(all: Iterable<number>): Choice {
  const distinct = new Set(all);
  return distinct.size > MOST ? null : [...distinct];
}

/** v or w, by a comparison that is not sure where `unsure` is not 0; infinite where nothing is known of what is compared. */
export function either(unsure: number, v: number, c: Choice, w: number, d: Choice): Choice {
  if (unsure === 0) return c;
  if (!(unsure < Infinity) || c === null || d === null) return null;
  const all = setOf([...(c ?? [v]), ...(d ?? [w])]);
  return all?.length === 1 ? undefined : all;
}

/** f of every two. */
export function pairs(f: (x: number, y: number) => number, v: number, c: Choice, w: number, d: Choice): Choice {
  if (c === undefined && d === undefined) return undefined;
  if (c === null || d === null) return null;
  const [xs, ys] = [c ?? [v], d ?? [w]];
  return xs.length * ys.length > 16 * MOST ? null : setOf(xs.flatMap((x) => ys.map((y) => f(x, y))));
}

/** What is stored: none where anything may be, or f32 does not hold it exactly; undefined where a sure number was rounded. */
export function candidates(v: number, e: number, c: Choice): readonly number[] | undefined {
  if (c === undefined) return e === 0 ? [v] : undefined;
  return c === null || c.some((x) => !(Math.abs(x) <= 2 ** 24)) ? [] : c;
}
