/**
 * How many passes over the axis a result takes, where a loop may read results of the passes before it. Invariant: a count is given
 * only where every loop, with those results as context, is about its own elements alone. Proves nothing.
 */
import type { AxisVar } from '../../core/index.js';
import type { Output } from './read.js';
import { Blocked, type Tools } from './separate.js';
import { Solver, mentionsLoop } from './solve.js';
import { Lemmas } from './lemma.js';
import type { Arr, Loop, LoopSym, Sym } from './sym.js';

export interface Passes {
  readonly count: number;
  /** results that the last pass reads */
  readonly early: readonly Sym[];
  /** loops whose outputs are the result's elements */
  readonly scans: readonly LoopSym[];
  /** what did not separate, where something did not */
  readonly blocking: Blocked | undefined;
}

const none: Passes = { count: 0, early: [], scans: [], blocking: undefined };

export class PassCounter {
  constructor(private readonly tools: Tools) {}

  /** Of an output: an element of it, where it keeps the axis, is one step of a last pass. */
  output(o: Output): Passes {
    const at = o.axes.indexOf(this.tools.axis);
    if (at < 0) return this.of(o.body);
    return this.last(o.body, new Set([o.names[at]!]), undefined);
  }

  private of(s: Sym): Passes {
    const { tools } = this;
    if (!mentionsLoop(tools, s)) return none;
    if (s._tag !== 'Loop' || s.loop.axis !== tools.axis) return this.over(s);
    const blocking = this.blocked(s);
    if (!blocking) return { ...none, count: 1, early: [s] };
    const loop = tools.symbols.open(s);
    const parts = [...loop.inits, ...loop.steps, ...(loop.output ? [loop.output] : [])].map((a) =>
      this.last(a.body, new Set([loop.turn, loop.self]), blocking),
    );
    return { ...merged(parts), blocking };
  }

  private over(s: Sym): Passes {
    const found: Passes[] = [];
    this.tools.symbols.overChildren(s, (c) => {
      found.push(this.of(c));
      return c;
    });
    return merged(found);
  }

  /** The part of a last pass: loops that do not read its element are of earlier passes; one that yields its element is a scan. */
  private last(s: Sym, own: ReadonlySet<number>, blocking: Blocked | undefined): Passes {
    const { tools } = this;
    const early = new Set<Sym>();
    const scans = new Set<LoopSym>();
    const refuse = (t: Sym): never => {
      throw blocking ?? new Blocked(t, 'no law');
    };
    const walk = (t: Sym): Sym => {
      if (!mentionsLoop(tools, t)) return t;
      const reads = [...own].some((n) => t.free.has(n));
      if (t._tag === 'Loop' && t.loop.axis === tools.axis) {
        if (!reads) early.add(t);
        else if (isScan(t, own)) scans.add(t);
        else refuse(t);
        return t;
      }
      return tools.symbols.overChildren(t, walk);
    };
    walk(s);
    const before = [...early].map((e) => this.of(e));
    const inner = [...scans].map((l) => this.scan(l));
    const most = merged([...before, ...inner]);
    return {
      count: 1 + most.count,
      early: [...early, ...inner.flatMap((p) => p.early)],
      scans: [...scans],
      blocking: most.blocking,
    };
  }

  /** The passes that come before a scan. */
  private scan(s: LoopSym): Passes {
    const loop = this.tools.symbols.open(s);
    const own = new Set([loop.turn, loop.self]);
    const bodies: readonly Arr[] = [...loop.inits, ...loop.steps, loop.output!];
    const parts = bodies.map((a) => this.last(a.body, own, undefined));
    if (parts.some((p) => p.scans.length > 0)) throw new Blocked(s, 'no law');
    const most = merged(parts);
    return { ...most, count: most.count - 1 };
  }

  /** What the solver says of a loop. */
  private blocked(s: LoopSym): Blocked | undefined {
    try {
      new Solver({ ...this.tools, lemmas: new Lemmas('pass'), compositions: new Map() }).solve(s);
      return undefined;
    } catch (error) {
      if (error instanceof Blocked) return error;
      throw error;
    }
  }
}

const isScan = (s: LoopSym, own: ReadonlySet<number>): boolean =>
  s.component < 0 && typeof s.at[0] === 'number' && own.has(s.at[0]) && ![...loopFree(s)].some((n) => own.has(n));
const loopFree = (s: LoopSym): ReadonlySet<number> => new Set([...s.free].filter((n) => !s.at.includes(n)));

export function merged(parts: readonly Passes[]): Passes {
  return {
    count: Math.max(0, ...parts.map((p) => p.count)),
    early: [...new Set(parts.flatMap((p) => p.early))],
    scans: [...new Set(parts.flatMap((p) => p.scans))],
    blocking: parts.find((p) => p.blocking)?.blocking,
  };
}

/** The final states of scans, and results of earlier passes, as outputs of their own. */
export function carried({ symbols }: Tools, { early, scans }: Passes): readonly Output[] {
  const states = scans.flatMap((s) => {
    const loop = symbols.open(s);
    const bare: Loop = { ...loop, output: undefined };
    return loop.inits.map((a, i): Output => {
      const names = a.axes.map((v) => symbols.fresh(v));
      const result = symbols.loop(bare, i, names);
      return over(symbols, result, loop.bases[i]!._tag === 'Boolean', names, a.axes);
    });
  });
  const results = early.map((e) => over(symbols, e, false, [], []));
  const all = [...results, ...states];
  return all.filter((o, i) => all.findIndex((p) => p.body === o.body && p.names.join() === o.names.join()) === i);
}

/** A value as an array over the outer indices that it reads. */
function over(
  symbols: Tools['symbols'],
  body: Sym,
  boolean: boolean,
  names: readonly number[],
  axes: readonly AxisVar[],
): Output {
  const outer = [...body.free].filter((n) => symbols.axisOf(n) && !names.includes(n)).sort((a, b) => a - b);
  return { names: [...outer, ...names], axes: [...outer.map((n) => symbols.axisOf(n)!), ...axes], body, boolean };
}
