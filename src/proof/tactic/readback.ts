/**
 * Reads a normal form back into a point expression, each shared node once, in front of the body where its names are bound.
 * Chosen nodes can be replaced by other expressions: that is how a rewrite finds its context. Invariant: the result, compiled,
 * has the normal form it was read from; the caller has the core check that.
 */
import type { Cell, Node, PolyTerm, Ref } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import {
  type Binding,
  type Expr,
  apply,
  at,
  firstOf,
  letIn,
  mapOver,
  scanOver,
  tuple,
  wire,
} from '../../language/point/point.js';
import { descend } from '../../language/point/error.js';
import { seq } from '../../language/point/wiring.js';
import { explode, implode, slotObject } from './blocks.js';
import { fail, must } from './failure.js';
import { type Openings, type Scope, loopCells, openedChildren } from './opening.js';

/** What stands for a node instead of its own reading, if anything. */
export type Replacement = (node: Node) => Expr | undefined;

const nodeLimit = 40_000;

export class Readback {
  private readonly wires = new Map<Node, Expr>();
  private readonly groups = new Map<string, readonly Binding[]>();
  /** how often each node is read: what is read once is not let */
  private readonly uses = new Map<Node, number>();
  private count = 0;
  /** while the arguments of a replacement are read, nothing is replaced: they may be the node itself */
  private reading = 0;

  constructor(
    private readonly openings: Openings,
    private readonly inputs: readonly string[],
    private readonly replacement: Replacement = () => undefined,
  ) {}

  /** The outputs of a normal form as a tuple of arrays over axis variables. */
  outputs(cells: readonly Cell[]): Expr {
    this.countUses(cells);
    const parts = cells.map((c) => this.array(c));
    return wrap(this.openings.top, tuple(...parts));
  }

  private countUses(cells: readonly Cell[]): void {
    const pending = cells.map((c) => this.openings.array(c).body);
    for (let node = pending.pop(); node; node = pending.pop()) {
      const before = this.uses.get(node) ?? 0;
      this.uses.set(node, before + 1);
      if (before === 0) pending.push(...openedChildren(this.openings, node));
    }
  }

  /** An array: its body under its binders, with what is shared inside it in front of the body. */
  array(cell: Cell): Expr {
    if (cell.vars.length === 0) return this.scalar(cell.body);
    const { names, scope, body } = this.openings.array(cell);
    const result = wrap(scope, this.scalar(body));
    scope.lets.length = 0;
    this.forget(scope);
    return names.reduceRight((inner: Expr, name) => {
      const index = this.openings.indices.get(name)!;
      return mapOver(index.text, B.ofVar(index.axis), inner);
    }, result);
  }

  /** Names let inside a scope are out of reach after it. */
  private forget(scope: Scope): void {
    for (const [node] of this.wires) if (this.openings.scopeOf(node.free) === scope) this.wires.delete(node);
    for (const [key] of this.groups) if (this.groupScopes.get(key) === scope) this.groups.delete(key);
  }
  private readonly groupScopes = new Map<string, Scope>();

  scalar(node: Node): Expr {
    const replaced = this.reading === 0 ? this.replacement(node) : undefined;
    if (replaced) return replaced;
    const { data } = node;
    if (data._tag === 'Read') return this.indexed(wire(this.inputs[data.input]!), node.refs);
    if (data._tag === 'State') return this.state(node, data.component);
    if (data._tag === 'Literal') return apply(B.operator(data.value ? 'true' : 'false'));
    if (data._tag === 'Poly' && node.cells.length === 0) return this.polynomial(node, data.terms);
    const known = this.wires.get(node);
    if (known) return known;
    if (++this.count > nodeLimit) fail({ _tag: 'Budget', tactic: 'readback', limit: nodeLimit });
    const value = descend(() => this.compound(node));
    if (data._tag === 'Fold' || data._tag === 'Scan' || data._tag === 'Apply' || this.uses.get(node) === 1)
      return value;
    const name = this.openings.freshText('x');
    const object = slotObject({ base: this.openings.baseOf(node), vars: [] });
    this.openings.scopeOf(node.free).lets.push({ names: [{ name, object }], value });
    this.wires.set(node, wire(name));
    return wire(name);
  }

  private compound(node: Node): Expr {
    const { data } = node;
    switch (data._tag) {
      case 'Poly':
        return this.polynomial(node, data.terms);
      case 'Size':
        return apply(B.size(B.ofVar(data.axis)));
      case 'Position':
        return this.positionOf(node.refs[0]!);
      case 'Op':
        return apply(B.operator(data.operator), ...node.cells.map((c) => this.array(c)));
      case 'Select': {
        const object = slotObject({ base: this.openings.baseOf(node), vars: [] });
        return apply(B.select(object), ...node.cells.map((c) => this.array(c)));
      }
      case 'Apply':
        return this.indexed(wire(this.applied(node)[data.output]!.name), node.refs);
      case 'Fold':
        return this.indexed(wire(this.looped(node)[data.component]!.name), node.refs);
      case 'Scan':
        return this.indexed(wire(this.looped(node).at(-1)!.name), node.refs);
      default:
        return fail({ _tag: 'Stuck', tactic: 'readback', why: `a ${data._tag} node has no reading` });
    }
  }

  private positionOf(ref: Ref): Expr {
    const index = ref._tag === 'Free' ? this.openings.indices.get(ref.name)! : undefined;
    if (!index) return apply(B.constant(must(core.rational(0n))));
    return at(apply(B.position(B.ofVar(index.axis))), index.text);
  }

  /** An array wire at indices, outermost first. */
  indexed(array: Expr, refs: readonly Ref[]): Expr {
    return refs.reduce((inner, ref) => {
      if (ref._tag === 'First') return firstOf(B.ofVar(ref.axis), inner);
      if (ref._tag === 'Free') return at(inner, this.openings.indices.get(ref.name)!.text);
      return fail({ _tag: 'Stuck', tactic: 'readback', why: 'an index that is still bound' });
    }, array);
  }

  private state(node: Node, component: number): Expr {
    const loop = node.refs[0]!;
    if (loop._tag !== 'Free') return fail({ _tag: 'Stuck', tactic: 'readback', why: 'a state that is still bound' });
    return this.indexed(wire(this.openings.loops.get(loop.name)!.wires[component]!), node.refs.slice(1));
  }

  private polynomial(node: Node, terms: readonly PolyTerm[]): Expr {
    const number = (t: PolyTerm): Expr => apply(B.constant(t.coefficient));
    const one = (t: PolyTerm): boolean => t.coefficient.num === 1n && t.coefficient.den === 1n;
    const product = (t: PolyTerm): Expr => {
      const atoms = t.atoms.map((a) => this.scalar(node.cells[a]!.body));
      const factors = atoms.length > 0 && one(t) ? atoms : [number(t), ...atoms];
      return factors.reduce((x, y) => apply(B.operator('mul'), x, y));
    };
    if (terms.length === 0) return apply(B.constant(must(core.rational(0n))));
    return terms.map(product).reduce((x, y) => apply(B.operator('add'), x, y));
  }

  /** A call of a morphism variable, once for all its outputs. */
  private applied(node: Node): readonly Binding[] {
    const { data } = node;
    if (data._tag !== 'Apply') return fail({ _tag: 'Stuck', tactic: 'readback', why: 'not a call' });
    const key = `A${data.variable.id},${data.axes.map((a) => a.id).join('.')}:${node.cells.map((c) => c.id).join()}`;
    return this.group(key, node.cells, () => {
      const h = B.variable(data.variable, data.axes);
      return { term: h, value: apply(seq(implode(h.dom), h, explode(h.cod)), ...node.cells.map((c) => this.array(c))) };
    });
  }

  /** Lets a multi-valued expression once, in the scope of the names it reads. */
  private group(
    key: string,
    cells: readonly Cell[],
    make: () => { readonly term: { readonly cod: core.Obj }; readonly value: Expr },
  ): readonly Binding[] {
    const known = this.groups.get(key);
    if (known) return known;
    const { term, value } = make();
    const names = must(core.slots(term.cod)).map((s) => ({
      name: this.openings.freshText('y'),
      object: slotObject(s),
    }));
    return this.letGroup(key, cells, names, value);
  }
  private letGroup(key: string, cells: readonly Cell[], names: readonly Binding[], value: Expr): readonly Binding[] {
    const scope = this.openings.scopeOf(Math.max(0, ...cells.map((c) => c.body.free)));
    scope.lets.push({ names, value });
    this.groups.set(key, names);
    this.groupScopes.set(key, scope);
    return names;
  }

  /** Binds a value that is not a node of the normal form (a rewrite's call), in the scope of the cells it is applied to. */
  letCall(cells: readonly Cell[], term: core.Term): readonly Binding[] {
    return this.group(`C${term.id}:${cells.map((c) => c.id).join()}`, cells, () => {
      this.reading += 1;
      const args = cells.map((c) => this.array(c));
      this.reading -= 1;
      return { term, value: apply(seq(implode(term.dom), term, explode(term.cod)), ...args) };
    });
  }

  /** A loop, once for all components of its state; a scan's output comes last. */
  private looped(node: Node): readonly Binding[] {
    const { inits, steps, output } = loopCells(node);
    const axis = (node.data as { readonly axis: core.AxisVar }).axis;
    const key = `L${axis.id}:${node.cells.map((c) => c.id).join()}:${output ? 'o' : ''}`;
    const known = this.groups.get(key);
    if (known) return known;
    const { loop, index } = this.openings.turn(node, axis);
    const { slots, wires, scope } = this.openings.loops.get(loop)!;
    const state = slots.map((s, i) => ({ name: wires[i]!, object: slotObject(s), init: this.array(inits[i]!) }));
    const outputs = output ? [output] : [];
    const body = tuple(...[...steps, ...outputs].map((c) => this.array(this.openings.step(node, c, axis))));
    const value = scanOver(this.openings.indices.get(index)!.text, B.ofVar(axis), state, wrap(scope, body));
    scope.lets.length = 0;
    this.forget(scope);
    const finals = slots.map((s) => ({ name: this.openings.freshText('y'), object: slotObject(s) }));
    const outs = outputs.map((c) => {
      const base = this.openings.baseOf(this.openings.step(node, c, axis).body);
      return { name: this.openings.freshText('y'), object: slotObject({ base, vars: [axis, ...c.vars] }) };
    });
    return this.letGroup(key, node.cells, [...finals, ...outs], value);
  }
}

/** The lets of a scope in front of its result. */
function wrap(scope: Scope, result: Expr): Expr {
  return scope.lets.reduceRight((body: Expr, l) => letIn(l.names, l.value, body), result);
}
