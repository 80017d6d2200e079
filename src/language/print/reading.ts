/**
 * Diagrams, and point expressions, to the trees that they are shown from: a diagram is run on names, `map` applied to an element
 * is the element of its body. Invariant: no law but those of plumbing is used, so that what is shown is what was written. Knows no text.
 */
import type { Axis, Operator, Term } from '../../core/index.js';
import type * as core from '../../core/index.js';
import type { Expr, Of } from '../point/point.js';
import { type ReaderOptions, Spent, type WriteDiagram, nodeLimit } from './spent.js';
import { type Head, type Tree, Forest, childrenOf, joins, partsOfOne } from './tree.js';

type Trees = readonly Tree[];
export type Names = ReadonlyMap<string, Trees>;

const zero = { num: 0n, den: 1n };

/** Axis variables that stand alone at some place of an object: what matching an argument fixes. */
function axesOf(object: core.Obj): ReadonlySet<core.AxisVar> {
  const alone = (a: Axis): readonly core.AxisVar[] =>
    a.terms.length === 1 && !a.terms[0]!.tail && a.terms[0]!.vars.length === 1 ? a.terms[0]!.vars : [];
  return new Set(object.leaves.flatMap((l) => l.axes.flatMap(alone)));
}

export class Reader {
  readonly forest = new Forest(nodeLimit);
  private readonly diagram: WriteDiagram;
  private readonly tidy: boolean;
  private readonly spent: Spent;
  /** indices that an expression reads and does not bind, by their names */
  readonly unbound = new Map<string, number>();

  constructor({ diagram = () => '…', tidy = false, spent = new Spent() }: ReaderOptions = {}) {
    this.spent = spent;
    this.diagram = diagram;
    this.tidy = tidy;
  }

  name(name: string): Tree {
    return this.forest.make({ _tag: 'Name', name });
  }

  /** The outputs of a diagram, leaf by leaf, on given inputs. */
  term(term: Term, inputs: Trees): Trees {
    this.spent.step();
    return this.spent.deeper(() => this.shown(term, inputs));
  }
  private shown(term: Term, inputs: Trees): Trees {
    // prettier-ignore
    switch (term._tag) {
      case 'Id': return inputs;
      case 'Compose': return this.composed(term, inputs);
      case 'Tensor': {
        const n = term.first.dom.leaves.length;
        return [...this.term(term.first, inputs.slice(0, n)), ...this.term(term.second, inputs.slice(n))];
      }
      case 'Swap': return [...inputs.slice(term.left.leaves.length), ...inputs.slice(0, term.left.leaves.length)];
      case 'Copy': return [...inputs, ...inputs];
      case 'Discard': return [];
      case 'Map': return this.mapped(term.axis, inputs, (xs) => this.term(term.body, xs));
      case 'Repeat': return inputs.map((x) => this.array(this.forest.fresh(), term.axis, x));
      case 'Diag': return this.mapped(term.axis, inputs, (xs, i) => xs.map((x) => this.element(x, i)));
      case 'Exchange': return inputs.map((x) => this.exchanged(term.axis, term.other, x));
      case 'First': return inputs.map((x) => this.first(term.axis, x));
      case 'Split': return this.split(term.axis, term.other, inputs);
      case 'Concat': return this.concat(term.axis, term.other, inputs);
      case 'Tile': return this.reshaped({ _tag: 'Tile', axis: term.axis, other: term.other }, 'Flatten', inputs);
      case 'Flatten': return this.reshaped({ _tag: 'Flatten', axis: term.axis, other: term.other }, 'Tile', inputs);
      case 'Constant': return [this.forest.make({ _tag: 'Number', value: term.value })];
      case 'Operator': return [this.operator(term.operator, inputs)];
      case 'Select': return term.object.leaves.map((_, k, all) => this.apply({ _tag: 'If' }, [inputs[0]!, inputs[1 + k]!, inputs[1 + all.length + k]!]));
      case 'Position': return [this.apply({ _tag: 'Position', axis: term.axis }, [])];
      case 'Size': return [this.apply({ _tag: 'Size', axis: term.axis }, [])];
      case 'Scan': return this.scanned(term, inputs);
      case 'Variable': return this.several({ _tag: 'Named', name: term.variable.name, axes: term.axes, braces: [], cod: term.cod }, inputs, term.cod.leaves.length);
      case 'Call': return this.several(this.calledHead(term), inputs, term.cod.leaves.length);
    }
  }

  /** A definition with what its arguments do not fix: axes that no wire has, and its diagrams. */
  private calledHead({ definition, args, cod }: Term & { readonly _tag: 'Call' }): Head {
    const inferred = axesOf(definition.body.dom);
    const all = definition.parameters.axes.every((v) => inferred.has(v));
    return {
      _tag: 'Named',
      name: definition.name,
      axes: all ? [] : args.axes,
      braces: args.morphisms.map((m) => this.diagram(m, this.spent)),
      cod,
    };
  }

  /** Long chains are nested to the left: they are walked, not recursed into. */
  private composed(term: Term, inputs: Trees): Trees {
    const chain: Term[] = [];
    let t = term;
    for (; t._tag === 'Compose'; t = t.first) chain.push(t.second);
    return chain.reduceRight((xs, f) => this.term(f, xs), this.term(t, inputs));
  }

  private apply(head: Head, args: Trees, width = 1): Tree {
    return this.forest.make({ _tag: 'Apply', head, args, width });
  }
  private operator(operator: Operator, args: Trees): Tree {
    const tidied = this.tidy ? this.tidied(operator, args) : undefined;
    if (tidied) return tidied;
    return this.apply({ _tag: 'Operator', operator }, args);
  }
  private tidied(operator: Operator, [x, y]: Trees): Tree | undefined {
    const is = (t: Tree | undefined, n: bigint): boolean =>
      t?._tag === 'Number' && t.value.num === n && t.value.den === 1n;
    if (operator === 'add') return is(x, 0n) ? y : is(y, 0n) ? x : undefined;
    if (operator !== 'mul') return undefined;
    if (is(x, 1n)) return y;
    if (is(y, 1n)) return x;
    return is(x, -1n) && y ? this.apply({ _tag: 'Operator', operator: 'neg' }, [y]) : undefined;
  }
  private components(of: Tree, width: number): Trees {
    if (width === 1) return [of];
    return Array.from({ length: width }, (_, at) => this.forest.make({ _tag: 'Component', of, at }));
  }
  private several(head: Head, args: Trees, width: number): Trees {
    return width === 0 ? [] : this.components(this.apply(head, args, width), width);
  }

  private mapped(axis: Axis, inputs: Trees, body: (elements: Trees, index: number) => Trees): Trees {
    const index = this.forest.fresh();
    return body(
      inputs.map((x) => this.element(x, index)),
      index,
    ).map((y) => this.array(index, axis, y));
  }
  private exchanged(outer: Axis, inner: Axis, x: Tree): Tree {
    const [i, j] = [this.forest.fresh(), this.forest.fresh()];
    return this.array(j, inner, this.array(i, outer, this.element(this.element(x, i), j)));
  }
  private array(index: number, axis: Axis, body: Tree): Tree {
    if (body._tag === 'Element' && body.index === index && !body.array.free.has(index)) return body.array;
    return this.forest.make({ _tag: 'Array', index, axis, body });
  }
  private element(array: Tree, index: number): Tree {
    if (array._tag === 'Array') return this.replace(array.body, array.index, (a) => this.element(a, index));
    return this.forest.make({ _tag: 'Element', array, index });
  }
  /** the first element; of an array, that of its body */
  firstOf(index: number, axis: Axis, body: Tree): Tree {
    return this.first(axis, this.array(index, axis, body));
  }
  private first(axis: Axis, array: Tree): Tree {
    if (array._tag === 'Array') return this.replace(array.body, array.index, (a) => this.first(axis, a));
    if (array._tag === 'Apply' && array.head._tag === 'Position')
      return this.forest.make({ _tag: 'Number', value: zero });
    return this.apply({ _tag: 'First', axis }, [array]);
  }

  private split(axis: Axis, other: Axis, inputs: Trees): Trees {
    const pairs = inputs.map((x) => this.parts(axis, other, x));
    return [...pairs.map((p) => p[0]), ...pairs.map((p) => p[1])];
  }
  private parts(axis: Axis, other: Axis, x: Tree): readonly [Tree, Tree] {
    if (x._tag === 'Array') {
      const [i, j] = [this.forest.fresh(), this.forest.fresh()];
      const half = (k: number, e: Axis, at: 0 | 1): Tree =>
        this.array(
          k,
          e,
          this.replace(x.body, x.index, (a) => this.element(this.parts(axis, other, a)[at], k)),
        );
      return [half(i, axis, 0), half(j, other, 1)];
    }
    if (x._tag === 'Apply' && joins(x.head, 'Concat', axis, other)) return [x.args[0]!, x.args[1]!];
    const both = this.apply({ _tag: 'Split', axis, other }, [x], 2);
    const [p, q] = this.components(both, 2);
    return [p!, q!];
  }
  private concat(axis: Axis, other: Axis, inputs: Trees): Trees {
    const n = inputs.length / 2;
    return inputs.slice(0, n).map((x, i) => {
      const y = inputs[n + i]!;
      return partsOfOne(x, y, axis, other) ?? this.apply({ _tag: 'Concat', axis, other }, [x, y]);
    });
  }
  private reshaped(
    head: Head & { readonly axis: Axis; readonly other: Axis },
    inverse: 'Tile' | 'Flatten',
    inputs: Trees,
  ): Trees {
    return inputs.map((x) =>
      x._tag === 'Apply' && joins(x.head, inverse, head.axis, head.other) ? x.args[0]! : this.apply(head, [x]),
    );
  }

  private scanned(term: Term & { readonly _tag: 'Scan' }, inputs: Trees): Trees {
    const n = term.state.leaves.length;
    const data = inputs.slice(n);
    return this.loop(term.axis, inputs.slice(0, n), (states, index) =>
      this.term(term.step, [...states, ...data.map((x) => this.element(x, index))]),
    );
  }
  private loop(axis: Axis, inits: Trees, step: (states: Trees, index: number) => Trees): Trees {
    const [loop, index] = [this.forest.fresh(), this.forest.fresh()];
    const states = inits.map((_, component) => this.forest.make({ _tag: 'State', loop, component }));
    const body = step(states, index);
    if (body.length === 0) return [];
    return this.components(this.forest.make({ _tag: 'Loop', index, axis, loop, inits, body }), body.length);
  }

  /** Replaces an index where it is used: `of` says what the element of an array at it becomes. */
  private replace(root: Tree, index: number, of: (array: Tree) => Tree): Tree {
    const done = new Map<Tree, Tree>();
    const visit = (t: Tree): Tree => {
      if (!t.free.has(index)) return t;
      const known = done.get(t);
      if (known) return known;
      const made = this.spent.deeper(() =>
        t._tag === 'Element' && t.index === index ? of(visit(t.array)) : this.rebuilt(t, visit),
      );
      done.set(t, made);
      return made;
    };
    return visit(root);
  }
  private rebuilt(t: Tree, visit: (t: Tree) => Tree): Tree {
    const [only, ...others] = childrenOf(t).map(visit);
    if (!only) return t;
    switch (t._tag) {
      case 'Element':
        return this.element(only, t.index);
      case 'Array':
        return this.array(t.index, t.axis, only);
      case 'Component':
        return this.forest.make({ ...t, of: only });
      case 'Apply':
        return this.apply(t.head, [only, ...others], t.width);
      case 'Loop': {
        const all = [only, ...others];
        return this.forest.make({ ...t, inits: all.slice(0, t.inits.length), body: all.slice(t.inits.length) });
      }
      default:
        return t;
    }
  }

  // ---- point expressions ----------------------------------------------------------------------------------------------

  expression(e: Expr, names: Names, indices: ReadonlyMap<string, number> = new Map()): Trees {
    return this.spent.deeper(() => this.expressed(e, names, indices));
  }
  private expressed(e: Expr, names: Names, indices: ReadonlyMap<string, number>): Trees {
    const go = (x: Expr): Trees => this.expression(x, names, indices);
    switch (e._tag) {
      case 'Wire':
        return names.get(e.name) ?? [this.name(e.name)];
      case 'At':
        return go(e.array).map((x) => this.element(x, indices.get(e.index) ?? this.outer(e.index)));
      case 'First':
        return go(e.array).map((x) => this.first(e.axis, x));
      case 'Map':
        return this.mapped(e.axis, [], (_, i) => this.expression(e.body, names, new Map(indices).set(e.index, i)));
      case 'Tuple':
        return e.parts.flatMap(go);
      case 'Call':
        return this.term(e.term, e.args.flatMap(go));
      case 'Let':
        return this.expression(e.body, this.bound(names, e.names, go(e.value)), indices);
      case 'Scan':
        return this.loopExpression(e, names, indices);
    }
  }
  private outer(index: string): number {
    const id = this.unbound.get(index) ?? this.forest.fresh();
    this.unbound.set(index, id);
    return id;
  }
  private bound(
    names: Names,
    bindings: readonly { readonly name: string; readonly object: core.Obj }[],
    values: Trees,
  ): Names {
    const all = new Map(names);
    let at = 0;
    for (const { name, object } of bindings) all.set(name, values.slice(at, (at += object.leaves.length)));
    return all;
  }
  private loopExpression(e: Of<'Scan'>, names: Names, indices: ReadonlyMap<string, number>): Trees {
    const inits = e.state.flatMap((s) => this.expression(s.init, names, indices));
    return this.loop(e.axis, inits, (states, index) =>
      this.expression(e.body, this.bound(names, e.state, states), new Map(indices).set(e.index, index)),
    );
  }
}
