// First pass of compilation: expressions in which every bound name is unique and `At` stands only over wires (a view).
// An element of a map is its body, an element of anything else is that of a let. Also types every bound name.
// Knows nothing of wiring.
import { type Axis, type Obj, ofLeaves, peel, tensorObj, unit, weave } from './build.js';
import { descend, fail } from './error.js';
import { type Binding, type Expr, type Of, at, firstOf, letIn, mapOver, wire } from './point.js';

interface Index {
  readonly name: string;
  readonly axis: Axis;
  /** how many indices were in scope before this one */
  readonly depth: number;
}
interface Local {
  readonly name: string;
  readonly object: Obj;
  readonly depth: number;
  readonly loop: boolean;
}
interface Scope {
  readonly wires: ReadonlyMap<string, Local>;
  readonly indices: ReadonlyMap<string, Index>;
  readonly depth: number;
}
interface Typed {
  readonly expr: Expr;
  readonly object: Obj;
}

export interface Prepared extends Typed {
  /** some local array is read at an index from outside: hoist.ts moves it there */
  readonly escapes: boolean;
}

class Preparation {
  escapes = false;
  private readonly used = new Set<string>();

  fresh(name: string): string {
    let unique = name;
    for (let n = 1; this.used.has(unique); n += 1) unique = `${name}~${n}`;
    this.used.add(unique);
    return unique;
  }

  walk(e: Expr, scope: Scope, applied: readonly Index[]): Typed {
    return descend(() => this.typed(e, scope, applied));
  }

  private typed(e: Expr, scope: Scope, applied: readonly Index[]): Typed {
    switch (e._tag) {
      case 'Wire':
        return this.view(e.name, scope, applied);
      case 'At':
        return this.walk(e.array, scope, [this.index(e.index, scope), ...applied]);
      case 'Map':
        return this.map(e, scope, applied);
      case 'Let':
        return this.bind(e, scope, applied);
      case 'Tuple':
        return this.product(e.parts.map((p) => this.walk(p, scope, applied)));
      case 'First':
      case 'Call':
      case 'Scan':
        return applied.length === 0 ? this.whole(e, scope) : this.element(e, scope, applied);
    }
  }

  private index(name: string, scope: Scope): Index {
    const known = scope.indices.get(name);
    return known ?? fail({ _tag: 'Unknown', kind: 'index', name, candidates: [...scope.indices.keys()] });
  }

  private view(name: string, scope: Scope, applied: readonly Index[]): Typed {
    const local =
      scope.wires.get(name) ?? fail({ _tag: 'Unknown', kind: 'wire', name, candidates: [...scope.wires.keys()] });
    let [expr, object] = [wire(local.name), local.object];
    if (object === unit) return { expr, object };
    for (const i of applied) {
      const { axis, rest } = peel(object) ?? fail({ _tag: 'NoLeadingAxis', found: object });
      if (axis !== i.axis) fail({ _tag: 'AxisMismatch', expected: axis, found: i.axis });
      this.escapes ||= i.depth < local.depth;
      if (local.loop && i.depth < local.depth) fail({ _tag: 'LocalArray', name, index: i.name });
      [expr, object] = [at(expr, i.name), rest];
    }
    return { expr, object };
  }

  private map(e: Of<'Map'>, scope: Scope, applied: readonly Index[]): Typed {
    const [given, ...rest] = applied;
    if (given) {
      if (given.axis !== e.axis) fail({ _tag: 'AxisMismatch', expected: e.axis, found: given.axis });
      return this.walk(e.body, { ...scope, indices: new Map(scope.indices).set(e.index, given) }, rest);
    }
    const [inner, name] = this.under(scope, e.index, e.axis);
    const body = this.walk(e.body, inner, []);
    return { expr: mapOver(name, e.axis, body.expr), object: weave(e.axis, body.object) };
  }

  private under(scope: Scope, index: string, axis: Axis): readonly [Scope, string] {
    const name = this.fresh(index);
    const indices = new Map(scope.indices).set(index, { name, axis, depth: scope.depth });
    return [{ ...scope, indices, depth: scope.depth + 1 }, name];
  }

  private names(scope: Scope, names: readonly Binding[], loop: boolean): readonly [Scope, readonly Binding[]] {
    const wires = new Map(scope.wires);
    const renamed = names.map(({ name, object }) => {
      const local = { name: this.fresh(name), object, depth: scope.depth, loop };
      wires.set(name, local);
      return { name: local.name, object };
    });
    return [{ ...scope, wires }, renamed];
  }

  private bind(e: Of<'Let'>, scope: Scope, applied: readonly Index[]): Typed {
    const value = this.walk(e.value, scope, []);
    const declared = tensorObj(...e.names.map((n) => n.object));
    if (declared !== value.object) fail({ _tag: 'ObjectMismatch', expected: declared, found: value.object });
    const [inner, names] = this.names(scope, e.names, false);
    const body = this.walk(e.body, inner, applied);
    return { expr: letIn(names, value.expr, body.expr), object: body.object };
  }

  private product(parts: readonly Typed[]): Typed {
    return {
      expr: { _tag: 'Tuple', parts: parts.map((p) => p.expr) },
      object: tensorObj(...parts.map((p) => p.object)),
    };
  }

  private element(e: Of<'First' | 'Call' | 'Scan'>, scope: Scope, applied: readonly Index[]): Typed {
    const value = this.whole(e, scope);
    const [inner, names] = this.names(scope, [{ name: '·', object: value.object }], false);
    const body = this.view('·', inner, applied);
    return { expr: letIn(names, value.expr, body.expr), object: body.object };
  }

  private whole(e: Of<'First' | 'Call' | 'Scan'>, scope: Scope): Typed {
    if (e._tag === 'Scan') return this.scan(e, scope);
    if (e._tag === 'First') {
      const array = this.walk(e.array, scope, []);
      const { axis, rest } = peel(array.object) ?? fail({ _tag: 'NoLeadingAxis', found: array.object });
      if (axis !== e.axis) fail({ _tag: 'AxisMismatch', expected: e.axis, found: axis });
      return { expr: firstOf(e.axis, array.expr), object: rest };
    }
    const args = this.product(e.args.map((a) => this.walk(a, scope, [])));
    if (args.object !== e.term.dom) fail({ _tag: 'ObjectMismatch', expected: e.term.dom, found: args.object });
    return { expr: { ...e, args: args.expr._tag === 'Tuple' ? args.expr.parts : [args.expr] }, object: e.term.cod };
  }

  private scan(e: Of<'Scan'>, scope: Scope): Typed {
    const inits = e.state.map((s) => this.walk(s.init, scope, []));
    inits.forEach((init, i) => {
      const expected = e.state[i]!.object;
      if (init.object !== expected) fail({ _tag: 'ObjectMismatch', expected, found: init.object });
    });
    const [under, index] = this.under(scope, e.index, e.axis);
    const [inner, names] = this.names(under, e.state, true);
    const body = this.walk(e.body, inner, []);
    const state = tensorObj(...e.state.map((s) => s.object));
    const outputs = ofLeaves(body.object.leaves.slice(state.leaves.length));
    if (tensorObj(state, outputs) !== body.object)
      fail({ _tag: 'ObjectMismatch', expected: state, found: body.object });
    const made = names.map((n, i) => ({ ...n, init: inits[i]!.expr }));
    return {
      expr: { _tag: 'Scan', index, axis: e.axis, state: made, body: body.expr },
      object: tensorObj(state, weave(e.axis, outputs)),
    };
  }

  outermost(context: readonly Binding[]): Scope {
    const wires = new Map(
      context.map(({ name, object }) => [name, { name: this.fresh(name), object, depth: 0, loop: false }]),
    );
    return { wires, indices: new Map(), depth: 0 };
  }
}

/** Renames and types; the names of the context stay. */
export function prepare(context: readonly Binding[], expr: Expr): Prepared {
  const preparation = new Preparation();
  const typed = preparation.walk(expr, preparation.outermost(context), []);
  return { ...typed, escapes: preparation.escapes };
}
