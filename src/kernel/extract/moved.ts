/**
 * How often a kernel reads each element of an input from global memory, counted in its statements: a read stands in blocks, loops and turns, and each
 * of them that its address does not name reads the same elements again. Invariant: lanes that read one address at the same time read once, and so
 * does a turn that reads it again; elements in front of full tiles, and first elements read alone, are not counted. It knows no sizes: a count is a formula.
 */
import type { AxisVar } from '../../core/index.js';
import { paths } from '../../core/index.js';
import {
  type ArrayDecl,
  type AxisUse,
  type Expr,
  type Int,
  type Kernel,
  type StageDim,
  type Stmt,
  type Walk,
  sought,
  staticSize,
  variablesOf,
} from '../ir/kernel.js';
import { exprsOf, parts, partsOfInt } from '../ir/walk.js';

/** Blocks, a loop or turns: what an address calls the index, and how many there are: a number, and names of what is counted. */
interface Turns {
  readonly index: string;
  readonly axis: AxisVar | undefined;
  readonly many: Count;
}
/** A product. */
interface Count {
  readonly times: number;
  readonly of: readonly string[];
}
const ONE: Count = { times: 1, of: [] };
const product = (x: Count, y: Count): Count => ({ times: x.times * y.times, of: [...x.of, ...y.of] });

/** A read of an array: the turns around it that its address does not name, and the axes of those that it does. */
interface Found {
  readonly array: string;
  readonly again: Count;
  readonly along: readonly AxisVar[];
}

/** What the names of integers stand for: the indices in them. */
type Named = ReadonlyMap<string, readonly string[]>;

class Reads {
  readonly found: Found[] = [];
  constructor(private readonly kernel: Kernel) {}

  block(body: readonly Stmt[], around: readonly Turns[], known: Named): void {
    const named = new Map(known);
    const here = new Set<string>();
    for (const s of body) {
      if (s._tag === 'Int') named.set(s.name, this.indices(s.value, named));
      const dims = s._tag === 'Stage' ? s.dims.map((d) => this.dimension(d)) : [];
      const walks = s._tag === 'Put' ? s.dims.map((d) => this.walk(d)) : [];
      const own = [...around, ...walks, ...dims];
      if (s._tag === 'Seek') this.block(sought(s), [...around, this.loop(s.index, s.axis, ONE)], named);
      for (const e of s._tag === 'Seek' ? [s.place] : exprsOf(s)) this.expression(e, own, named, here);
      if (s._tag !== 'Seek' && 'body' in s) this.block(s.body, [...around, ...this.turns(s)], named);
    }
  }

  private readonly dimension = ({ index, bound }: StageDim): Turns =>
    this.loop(index, bound._tag === 'Size' ? bound.axis : undefined, ONE);
  private turns(s: Stmt): readonly Turns[] {
    if (s._tag === 'Each') return [this.walk(s)];
    return s._tag === 'Loop' ? [this.loop(s.index, s.axis, this.long(s.axis))] : [];
  }
  private readonly loop = (index: string, axis: AxisVar | undefined, many: Count): Turns => ({ index, axis, many });
  /** Turns that lanes share are taken once in all; a lane's own index is no turn. */
  private walk({ index, over, share }: Walk): Turns {
    if (over._tag === 'Axis') return this.loop(index, over.axis, share ? ONE : this.long(over.axis));
    const use = this.kernel.uses.find((u) => u.name === over.use);
    const capacity = use?._tag === 'Grouped' && over._tag === 'Register' && !share ? use.capacity : 1;
    return { index, axis: undefined, many: { times: capacity, of: [] } };
  }

  /** How many turns an axis has. */
  private long(axis: AxisVar): Count {
    const capacity = staticSize(this.kernel.uses, axis);
    if (capacity !== undefined) return { times: capacity, of: [] };
    const use = this.kernel.uses.find((u) => variablesOf(u).includes(axis));
    if (use?._tag !== 'Streamed' || axis === use.tile) return { times: 1, of: [axis.name] };
    return { times: 1, of: [axis === use.count ? `(tiles of ${use.name})` : `(the rest of ${use.name})`] };
  }

  /** `here` are the addresses that the turn has read before. */
  private expression(e: Expr, around: readonly Turns[], named: Named, here: Set<string>): void {
    for (const part of parts(e)) {
      if (part._tag !== 'Load') continue;
      const address = `${part.array} ${JSON.stringify(part.address, asId)}`;
      if (here.has(address)) continue;
      here.add(address);
      const names = new Set(this.indices(part.address, named));
      const [own, others] = [around.filter((t) => names.has(t.index)), around.filter((t) => !names.has(t.index))];
      const again = others.map((t) => t.many).reduce(product, ONE);
      this.found.push({ array: part.array, again, along: own.flatMap((t) => t.axis ?? []) });
    }
  }

  private indices(e: Int, named: Named): readonly string[] {
    return partsOfInt(e).flatMap((i) => {
      if (i._tag === 'Name') return named.get(i.name) ?? [];
      if (i._tag === 'Grid' || i._tag === 'Turn' || i._tag === 'Block') return [blockOf(i.use)];
      return 'index' in i ? [i.index] : [];
    });
  }
}
const asId = (_: string, v: unknown): unknown =>
  typeof v === 'object' && v !== null && '_tag' in v && v._tag === 'AxisVar' ? (v as unknown as AxisVar).id : v;
const blockOf = (use: string): string => `block of ${use}`;

const blocks = (u: AxisUse): readonly Turns[] => {
  if (u._tag !== 'Grouped' && u._tag !== 'Grid') return [];
  const many = { times: 1, of: [u._tag === 'Grid' ? u.name : `(tiles of ${u.name})`] };
  return [{ index: blockOf(u.name), axis: undefined, many }];
};

/** The loops that read most of an array: over full tiles of what is streamed, over their elements, and over the lanes along it. */
function whole(kernel: Kernel, { axes }: ArrayDecl): readonly AxisVar[] {
  const all = new Set(axes.flatMap((e) => paths(e).flat()));
  return kernel.uses.flatMap((u) => {
    const own = u._tag === 'Streamed' ? [u.count, u.tile] : u._tag === 'Lanes' ? [u.axis] : [];
    return own.filter((v) => all.has(v));
  });
}

/** For each input, how often its elements are read: a sum of products; empty where only some first elements are. */
export function readsOf(kernel: Kernel): ReadonlyMap<string, readonly Count[]> {
  const reads = new Reads(kernel);
  reads.block(kernel.body, kernel.uses.flatMap(blocks), new Map());
  return new Map(
    kernel.inputs.map((a) => {
      const needed = whole(kernel, a);
      const main = reads.found.filter((f) => f.array === a.name && needed.every((v) => f.along.includes(v)));
      const sums = new Map<string, Count>();
      for (const { again } of main) {
        const key = [...again.of].sort().join(' ');
        sums.set(key, { times: (sums.get(key)?.times ?? 0) + again.times, of: again.of });
      }
      return [a.name, [...sums.values()]];
    }),
  );
}

const spelled = ({ times, of }: Count): string =>
  [...(times === 1 && of.length > 0 ? [] : [`${times}`]), ...of].join(' ');

/** `once`, `twice`, `(tiles of k) times`, `2 (tiles of q) + n times`. */
export function often(sum: readonly Count[]): string {
  const [first] = sum;
  if (!first) return 'in part';
  if (sum.length === 1 && first.of.length === 0 && first.times <= 2) return first.times === 1 ? 'once' : 'twice';
  return `${sum.map(spelled).join(' + ')} times`;
}
