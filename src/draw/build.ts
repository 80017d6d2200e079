/**
 * Trees to cables and operations. Invariant: the cable of a tree has one strand for each index that the tree depends on and one for each axis of its
 * own: `map` and reading an element are names for strands, and draw nothing. Knows no geometry.
 */
import type { Axis, Leaf } from '../core/index.js';
import { showAxis, tight } from '../language/print/algebra.js';
import { type Tree, TooBig, childrenOf } from '../language/print/tree.js';
import { type End, type Scope, endsOf } from './diagram.js';
import type { Homes } from './home.js';
import { labelOf, numberLabel } from './label.js';
import { MOST } from './limit.js';
import { type Trunk, operation } from './named.js';
import { Room, type View, cableOf, strandsOf } from './room.js';
import type { LoopTree, Trees } from './tree.js';

type Indices = readonly (readonly [index: number, axis: Axis])[];

export class Builder implements Trunk {
  private readonly order = new Map<number, number>();
  private readonly axes = new Map<number, Axis>();
  private readonly uses = new Map<Tree, number>();
  private readonly dependencies = new Map<Tree, readonly number[]>();
  private readonly views = new Map<Room, Map<Tree, View>>();
  private readonly several = new Map<Tree, readonly View[]>();
  private count = 0;

  constructor(
    readonly trees: Trees,
    private readonly homes: Homes,
    all: readonly Tree[],
  ) {
    for (const t of all) {
      if (t._tag === 'Array' && !this.order.has(t.index)) this.order.set(t.index, this.order.size);
      if (t._tag === 'Array') this.axes.set(t.index, t.axis);
      childrenOf(t).forEach((c) => this.uses.set(c, (this.uses.get(c) ?? 0) + 1));
    }
  }

  diagram(roots: readonly Tree[], inputs: readonly Leaf[]): Scope {
    const room = new Room(0, undefined);
    inputs.forEach((l) => room.input(strandsOf(l.axes, l.base)));
    roots.forEach((t) => this.uses.set(t, (this.uses.get(t) ?? 0) + 1));
    const outputs = roots.map((t) => this.aligned(room, this.view(room, t), [], this.trees.type(t)).cable);
    return { inputs: room.inputs, operations: room.operations, outputs };
  }

  /** Whether a tree is a part of one other, so that it may be drawn as one with it. */
  alone(t: Tree): boolean {
    return this.uses.get(t) === 1;
  }

  /** The indices around a tree that it depends on, outermost first; a state depends on what its loop does. */
  depends(t: Tree): readonly number[] {
    const known = this.dependencies.get(t);
    if (known) return known;
    const found = new Set<number>();
    for (const f of t.free) {
      const loop = this.trees.loops.get(f);
      if (loop) this.depends(loop).forEach((i) => found.add(i));
      else if (this.order.has(f)) found.add(f);
    }
    const sorted = [...found].sort((a, b) => this.order.get(a)! - this.order.get(b)!);
    this.dependencies.set(t, sorted);
    return sorted;
  }
  indices(t: Tree): Indices {
    return this.depends(t).map((i) => [i, this.axes.get(i)!]);
  }

  /** The cable of a tree in a room, with what is needed for it. */
  view(room: Room, t: Tree): View {
    const known = this.views.get(room)?.get(t);
    if (known) return known;
    if (isTag(t)) return this.here(room, t);
    const made = this.homes.of(t) === room.id ? this.here(room, t) : this.captured(room, t);
    const table = this.views.get(room) ?? new Map<Tree, View>();
    this.views.set(room, table.set(t, made));
    return made;
  }
  private captured(room: Room, t: Tree): View {
    const outer = this.view(room.parent!, t);
    return { ...outer, cable: room.capture(outer.cable) };
  }

  private here(room: Room, t: Tree): View {
    this.count += 1;
    if (this.count > 4 * MOST || room.operations.length > MOST) throw new TooBig();
    switch (t._tag) {
      case 'Name':
        return whole(room.inputs[Number(t.name)]!, this.trees.type(t));
      case 'Number':
        return this.tag(room, numberLabel(t.value), t);
      case 'Element':
        return this.homes.turn(t) ? this.turn(room, t) : this.element(room, t);
      case 'Array':
        return this.array(room, t);
      case 'State':
        throw new Error('draw: a state without its loop');
      case 'Component':
        return this.parts(room, t.of)[t.at]!;
      case 'Apply':
      case 'Loop':
        return isTag(t) ? this.applied(room, t as Tree & { readonly _tag: 'Apply' })[0]! : this.parts(room, t)[0]!;
    }
  }

  /** All values of a tree that may have several. */
  private parts(room: Room, t: Tree): readonly View[] {
    if (this.homes.of(t) !== room.id) {
      const outer = this.parts(room.parent!, t);
      return outer.map((v) => ({ ...v, cable: room.capture(v.cable) }));
    }
    const known = this.several.get(t);
    if (known) return known;
    const made =
      t._tag === 'Loop' ? this.loop(room, t) : t._tag === 'Apply' ? this.applied(room, t) : [this.view(room, t)];
    this.several.set(t, made);
    return made;
  }

  tag(room: Room, label: string, t: Tree): View {
    const { base, axes } = this.trees.type(t);
    const yields = [{ base, own: axes.map((axis) => ({ axis })) }];
    return room.add({ glyph: { _tag: 'Tag', label }, title: label, args: [], free: [], yields })[0]!;
  }

  /** The strand of an array's leading axis gets the name of an index; one that has this index already joins with it. */
  private element(room: Room, t: Tree & { readonly _tag: 'Element' }): View {
    const v = this.view(room, t.array);
    const [first, ...own] = v.own as [number, ...number[]];
    const twin = v.free.get(t.index);
    if (twin === undefined) return { cable: v.cable, free: new Map(v.free).set(t.index, first), own };
    const free = this.present(v);
    const { base, axes } = this.trees.type(t);
    const joined: View = { ...v, free: new Map([...v.free, [t.index, twin]]) };
    const yields = [{ base, own: axes.map((axis, i) => ({ axis, from: [[0, own[i]!] as End] })) }];
    const made = room.add({
      glyph: { _tag: 'Wires' },
      title: 'diagonal',
      args: [joined],
      free,
      yields,
      passes: true,
    })[0]!;
    return joining(room, made, t.index, first);
  }

  /** The indices that a cable has, outermost first. */
  private present(v: View): Indices {
    const sorted = [...v.free.keys()].sort((a, b) => this.order.get(a)! - this.order.get(b)!);
    return sorted.map((i) => [i, this.axes.get(i)!]);
  }

  private array(room: Room, t: Tree & { readonly _tag: 'Array' }): View {
    const v = this.view(room, t.body);
    const at = v.free.get(t.index);
    if (at === undefined) return this.repeated(room, v, this.present(v), t.axis, this.trees.type(t.body));
    const free = new Map(v.free);
    free.delete(t.index);
    return { cable: v.cable, free, own: [at, ...v.own] };
  }
  private repeated(room: Room, v: View, free: Indices, axis: Axis, { base, axes }: Leaf): View {
    const own = [{ axis }, ...axes.map((a, i) => ({ axis: a, from: [[0, v.own[i]!] as End] }))];
    const glyph = { _tag: 'Lens', label: 'repeat' } as const;
    return room.add({ glyph, title: 'repeat', args: [v], free, yields: [{ base, own }] })[0]!;
  }

  /** A loop reads one element of an array at each turn. */
  private turn(room: Room, t: Tree & { readonly _tag: 'Element' }): View {
    const outer = this.view(room.parent!, t.array);
    const [first, ...own] = outer.own as [number, ...number[]];
    const v = { ...outer, cable: room.capture(outer.cable, first), own };
    const { base, axes } = this.trees.type(t);
    const yields = [{ base, own: axes.map((axis, i) => ({ axis, from: [[0, own[i]!] as End] })) }];
    return room.add({
      glyph: { _tag: 'Turn' },
      title: 'one element a turn',
      args: [v],
      free: this.present(v),
      yields,
    })[0]!;
  }

  // ---- operations -----------------------------------------------------------------------------------------------------

  private applied(room: Room, t: Tree & { readonly _tag: 'Apply' }): readonly View[] {
    if (t.args.length === 0 && t.width === 1) return [this.tag(room, labelOf(t.head), t)];
    return operation(this, room, t);
  }

  /** Strands in the order of the indices, then of the axes; an index that is missing is a repetition. */
  aligned(room: Room, v: View, free: Indices, { base, axes }: Leaf): View {
    let whole = v;
    const missing = free.filter(([i]) => !v.free.has(i));
    for (const [index, axis] of missing) {
      const made = this.repeated(room, whole, this.present(whole), axis, { base, axes });
      const [first, ...own] = made.own as [number, ...number[]];
      whole = { cable: made.cable, free: new Map(made.free).set(index, first), own };
    }
    const places = [...free.map(([i]) => whole.free.get(i)!), ...whole.own];
    if (places.every((p, i) => p === i)) return whole;
    const own = axes.map((axis, i) => ({ axis, from: [[0, whole.own[i]!] as End] }));
    return room.add({
      glyph: { _tag: 'Wires' },
      title: 'exchange',
      args: [whole],
      free,
      yields: [{ base, own }],
      passes: true,
    })[0]!;
  }

  private loop(room: Room, t: LoopTree): readonly View[] {
    const free = this.indices(t);
    const inits = t.inits.map((x) => this.aligned(room, this.view(room, x), free, this.trees.type(x)).cable);
    const inner = new Room(t.loop, room);
    const table = new Map<Tree, View>();
    this.views.set(inner, table);
    this.trees.states(t).forEach((s, i) => {
      const cable = inner.input(inits[i]!.strands);
      table.set(s, {
        cable,
        free: new Map(free.map(([index], at) => [index, at])),
        own: this.trees.type(s).axes.map((_, j) => free.length + j),
      });
    });
    const results = t.body.map((x, i) => {
      const v = this.aligned(inner, this.view(inner, x), free, this.trees.type(x));
      return i < t.inits.length ? v : this.collected(inner, v, free, t.axis, this.trees.type(x));
    });
    const scope = { inputs: inner.inputs, operations: inner.operations, outputs: results.map((v) => v.cable) };
    return this.framed(room, t, scope, [...inits, ...inner.captured], free);
  }
  private collected(room: Room, v: View, free: Indices, axis: Axis, { base, axes }: Leaf): View {
    const own = [{ axis, streamed: true }, ...axes.map((a, i) => ({ axis: a, from: [[0, v.own[i]!] as End] }))];
    return room.add({
      glyph: { _tag: 'Collect' },
      title: 'one element a turn',
      args: [v],
      free,
      yields: [{ base, own }],
    })[0]!;
  }
  private framed(room: Room, t: LoopTree, scope: Scope, inputs: Scope['inputs'], free: Indices): readonly View[] {
    const outer = scope.outputs.map((c) => cableOf(c.strands));
    const glyph = { _tag: 'Frame', scope, label: tight(showAxis(t.axis)), states: t.inits.length } as const;
    const title = `loop over ${glyph.label}`;
    room.operations.push({
      glyph,
      title,
      inputs,
      outputs: outer,
      links: [],
      reads: endsOf(inputs),
      makes: endsOf(outer),
    });
    return outer.map((cable, i) => ({
      cable,
      free: new Map(free.map(([index], at) => [index, at])),
      own: this.trees.component(t, i).axes.map((_, j) => free.length + j),
    }));
  }
}

/** A cable of the room as the value of a tree that has no index around it. */
const whole = (cable: View['cable'], { axes }: Leaf): View => ({ cable, free: new Map(), own: axes.map((_, i) => i) });

/** What reads nothing is drawn wherever it is used. */
const isTag = (t: Tree): boolean =>
  t._tag === 'Number' || (t._tag === 'Apply' && t.args.length === 0 && t.width === 1 && t.head._tag !== 'Named');

/** The strand that an index was read at twice ends in the other. */
function joining(room: Room, made: View, index: number, extra: number): View {
  const last = room.operations.pop()!;
  const at = made.free.get(index)!;
  const links = last.links.map((l) =>
    l.to.some(([, s]) => s === at) ? { from: [...l.from, [0, extra] as End], to: l.to } : l,
  );
  room.operations.push({ ...last, links, reads: last.reads.filter(([, s]) => s !== extra) });
  return made;
}
