/**
 * Trees made ready to be drawn: each loop has a number of its own, and a loop that has a name is a call of it. Also the type of a tree. Invariant: the
 * value is the same. Knows no cables.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, Leaf, Obj } from '../core/index.js';
import * as core from '../core/index.js';
import type { Reader } from '../language/print/reading.js';
import { reductionOf } from '../language/print/reduction.js';
import { type Tree, childrenOf } from '../language/print/tree.js';

export type LoopTree = Tree & { readonly _tag: 'Loop' };

const must = <A>(e: E.Either<core.CoreError, A>): A => {
  if (E.isLeft(e)) throw new Error(`draw: ${e.left.condition}`);
  return e.right;
};
const real: Leaf = { base: { _tag: 'Real' }, axes: [] };
const boolean: Leaf = { base: { _tag: 'Boolean' }, axes: [] };
const predicates: ReadonlySet<string> = new Set(['lt', 'not', 'and', 'or', 'true', 'false']);
const reals: Obj = must(core.real());

/** The trees of one diagram, with what is known of them. */
export class Trees {
  /** by its number, the loop */
  readonly loops = new Map<number, LoopTree>();
  /** by the number of its index, the loop */
  readonly turns = new Map<number, LoopTree>();
  private readonly made = new Map<string, Tree>();
  private readonly types = new Map<Tree, Leaf>();

  constructor(
    private readonly reader: Reader,
    private readonly inputs: readonly Leaf[],
  ) {}

  /** The same value, with loops apart. */
  ready(t: Tree, names: ReadonlyMap<number, number> = new Map()): Tree {
    const key = `${t.id}${[...t.free].flatMap((f) => (names.has(f) ? [`${f}>${names.get(f)!}`] : [])).join()}`;
    const known = this.made.get(key);
    if (known) return known;
    const answer = t._tag === 'Loop' ? this.loop(t, names) : this.plain(t, names);
    this.made.set(key, answer);
    return answer;
  }

  private plain(t: Tree, names: ReadonlyMap<number, number>): Tree {
    const [only, ...others] = childrenOf(t).map((c) => this.ready(c, names));
    const { forest } = this.reader;
    const at = (n: number): number => names.get(n) ?? n;
    // prettier-ignore
    switch (t._tag) {
      case 'State': return forest.make({ _tag: 'State', loop: at(t.loop), component: t.component });
      case 'Element': return forest.make({ _tag: 'Element', array: only!, index: at(t.index) });
      case 'Array': return forest.make({ _tag: 'Array', index: t.index, axis: t.axis, body: only! });
      case 'Component': return forest.make({ _tag: 'Component', of: only!, at: t.at });
      case 'Apply': return only ? forest.make({ _tag: 'Apply', head: t.head, args: [only, ...others], width: t.width }) : t;
      default: return t;
    }
  }

  private loop(t: LoopTree, names: ReadonlyMap<number, number>): Tree {
    const { forest } = this.reader;
    const known = reductionOf(t, (i, axis, body) => this.reader.firstOf(i, axis, body));
    if (known) {
      const array = forest.make({ _tag: 'Array', index: t.index, axis: t.axis, body: this.ready(known[1], names) });
      const head = { _tag: 'Named', name: known[0], axes: [], braces: [], cod: reals } as const;
      return forest.make({ _tag: 'Apply', head, args: [array], width: 1 });
    }
    const [loop, index] = [forest.fresh(), forest.fresh()];
    const inits = t.inits.map((c) => this.ready(c, names));
    const inner = new Map(names).set(t.loop, loop).set(t.index, index);
    this.pending.set(loop, inits);
    const body = t.body.map((c) => this.ready(c, inner));
    const made = forest.make({ _tag: 'Loop', index, axis: t.axis, loop, inits, body }) as LoopTree;
    this.loops.set(loop, made);
    this.turns.set(index, made);
    return made;
  }
  /** the first states of a loop whose body is being read */
  private readonly pending = new Map<number, readonly Tree[]>();

  /** The states of a loop, as its body has them. */
  states(t: LoopTree): readonly Tree[] {
    return t.inits.map((_, component) => this.reader.forest.make({ _tag: 'State', loop: t.loop, component }));
  }

  /** One array: what a tree is of. */
  type(t: Tree): Leaf {
    const known = this.types.get(t);
    if (known) return known;
    const answer = this.typed(t);
    this.types.set(t, answer);
    return answer;
  }
  private typed(t: Tree): Leaf {
    switch (t._tag) {
      case 'Name':
        return this.inputs[Number(t.name)]!;
      case 'Number':
        return real;
      case 'Element': {
        const { base, axes } = this.type(t.array);
        return { base, axes: axes.slice(1) };
      }
      case 'Array': {
        const { base, axes } = this.type(t.body);
        return { base, axes: [t.axis, ...axes] };
      }
      case 'State':
        return this.type(this.pending.get(t.loop)![t.component]!);
      case 'Component':
        return this.component(t.of, t.at);
      case 'Apply':
      case 'Loop':
        return this.component(t, 0);
    }
  }

  /** One value of a tree that has several. */
  component(t: Tree, at: number): Leaf {
    if (t._tag === 'Loop') {
      if (at < t.inits.length) return this.type(t.inits[at]!);
      const { base, axes } = this.type(t.body[at]!);
      return { base, axes: [t.axis, ...axes] };
    }
    return t._tag === 'Apply' ? this.applied(t, at) : this.type(t);
  }
  private applied(t: Tree & { readonly _tag: 'Apply' }, at: number): Leaf {
    const { head } = t;
    const arg = (i: number): Leaf => this.type(t.args[i]!);
    const led = (axes: readonly Axis[], { base, axes: all }: Leaf): Leaf => ({
      base,
      axes: [...axes, ...all.slice(1)],
    });
    // prettier-ignore
    switch (head._tag) {
      case 'Operator': return predicates.has(head.operator) ? boolean : real;
      case 'If': return arg(1);
      case 'Concat': return led([must(core.sum(arg(0).axes[0]!, arg(1).axes[0]!))], arg(0));
      case 'First': return led([], arg(0));
      case 'Position': return { base: real.base, axes: [head.axis] };
      case 'Size': return real;
      case 'Split': return led([at === 0 ? head.axis : head.other], arg(0));
      case 'Tile': return led([head.axis, head.other], arg(0));
      case 'Flatten': return { ...arg(0), axes: [must(core.product(head.axis, head.other)), ...arg(0).axes.slice(2)] };
      case 'Named': return head.cod.leaves[at]!;
    }
  }
}
