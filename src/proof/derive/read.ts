/**
 * A term's normal form as symbols. Invariant: the symbols mean what the normal form means; loops keep only the components that the
 * one asked for needs. Knows nothing of streams.
 */
import type { AxisVar, Cell, Node, Ref, Slot, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import { must } from '../tactic/failure.js';
import { Openings, loopCells } from '../tactic/opening.js';
import { type Arr, type At, type Loop, type LoopSym, type Sym, type Symbols, type Word } from './sym.js';

/** An array of the result: its body over names for its axes. */
export interface Output extends Arr {
  readonly boolean: boolean;
}
export interface Read {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Output[];
}

export function readTerm(symbols: Symbols, term: Term): Read {
  const evaluator = core.evaluator();
  const form = must(core.normalForm(evaluator, term));
  const openings = new Openings(evaluator, (i) => form.inputs[i]!);
  const reader = new NodeReader(symbols, openings);
  const outputs = form.outputs.map((c) => {
    const arr = reader.arr(c);
    return { ...arr, boolean: openings.baseOf(openings.array(c).body)._tag === 'Boolean' };
  });
  openings.indices.forEach(({ axis }, name) => symbols.declare(name, axis));
  return { inputs: form.inputs, outputs };
}

class NodeReader {
  private readonly done = new Map<Node, Sym>();
  constructor(
    private readonly symbols: Symbols,
    private readonly openings: Openings,
  ) {}

  arr(cell: Cell): Arr {
    const { names, body } = this.openings.array(cell);
    return { names, axes: cell.vars, body: this.sym(body) };
  }

  private sym(node: Node): Sym {
    const known = this.done.get(node);
    if (known) return known;
    const made = this.make(node);
    this.done.set(node, made);
    return made;
  }

  private make(node: Node): Sym {
    const { symbols } = this;
    const { data } = node;
    const part = (c: Cell): Sym => this.sym(this.openings.array(c).body);
    switch (data._tag) {
      case 'Poly':
        return this.polynomial(node);
      case 'Size':
        return symbols.size(data.axis);
      case 'Position':
        return symbols.position(at(node.refs[0]!));
      case 'Literal':
        return symbols.truth(data.value);
      case 'Op':
        return symbols.op(data.operator as Word, ...node.cells.map(part));
      case 'Select':
        return symbols.select(part(node.cells[0]!), part(node.cells[1]!), part(node.cells[2]!));
      case 'Read':
        return symbols.read(data.input, node.refs.map(at));
      case 'State':
        return symbols.state((node.refs[0] as Ref & { _tag: 'Free' }).name, data.component, node.refs.slice(1).map(at));
      case 'Apply':
        return symbols.box(data.variable, []);
      case 'Fold':
      case 'Scan':
        return this.looped(node, data.axis);
    }
  }

  private polynomial(node: Node): Sym {
    const { symbols } = this;
    if (node.data._tag !== 'Poly') return symbols.number(0n);
    const terms = node.data.terms.map(({ coefficient: { num, den }, atoms }) => {
      const factors = atoms.map((a) => this.sym(node.cells[a]!.body));
      const plain = num === 1n && den === 1n && factors.length > 0;
      const all = plain ? factors : [symbols.number(num, den), ...factors];
      return all.reduce((x, y) => symbols.op('mul', x, y));
    });
    return terms.length === 0 ? symbols.number(0n) : terms.reduce((x, y) => symbols.op('add', x, y));
  }

  private looped(node: Node, axis: AxisVar): Sym {
    const { inits, steps, output } = loopCells(node);
    const { loop: self, index: turn } = this.openings.turn(node, axis);
    const opened = (c: Cell): Arr => {
      const arr = this.openings.step(node, c, axis);
      return this.arr(arr);
    };
    const whole: Loop = {
      axis,
      self,
      turn,
      inits: inits.map((c) => this.arr(c)),
      steps: steps.map(opened),
      bases: inits.map((c) => this.openings.baseOf(this.openings.array(c).body)),
      output: output && opened(output),
    };
    const indices = node.refs.map(at);
    if (node.data._tag === 'Fold') return this.symbols.loop(whole, node.data.component, indices);
    return sliced(this.symbols, whole, -1, indices);
  }
}

const at = (r: Ref): At => (r._tag === 'Free' ? r.name : r._tag === 'First' ? r.axis : 0);

/** The components of a loop's own state that a body reads. */
export function stateReads(symbols: Symbols, body: Sym, self: number): ReadonlySet<number> {
  const found = new Set<number>();
  const seen = new Set<Sym>();
  const go = (s: Sym): Sym => {
    if (seen.has(s) || !s.free.has(self)) return s;
    seen.add(s);
    if (s._tag === 'State' && s.self === self) found.add(s.component);
    symbols.overChildren(s, go);
    return s;
  };
  go(body);
  return found;
}

/** The loop with the components that its component (or its output, -1) needs, in their order. */
export function sliced(symbols: Symbols, loop: Loop, component: number, indices: readonly At[]): LoopSym {
  const needed = new Set<number>(component < 0 ? stateReads(symbols, loop.output!.body, loop.self) : [component]);
  for (const c of needed) stateReads(symbols, loop.steps[c]!.body, loop.self).forEach((d) => needed.add(d));
  const kept = [...needed].sort((a, b) => a - b);
  const place = new Map(kept.map((c, i) => [c, i]));
  const moved = (a: Arr): Arr => ({
    ...a,
    body: symbols.replace(a.body, (s) =>
      s._tag === 'State' && s.self === loop.self
        ? symbols.state(s.self, place.get(s.component)!, s.at)
        : s.free.has(loop.self)
          ? undefined
          : s,
    ),
  });
  const made: Loop = {
    ...loop,
    inits: kept.map((c) => loop.inits[c]!),
    steps: kept.map((c) => moved(loop.steps[c]!)),
    bases: kept.map((c) => loop.bases[c]!),
    output: component < 0 ? moved(loop.output!) : undefined,
  };
  return symbols.loop(made, component < 0 ? -1 : place.get(component)!, indices);
}
