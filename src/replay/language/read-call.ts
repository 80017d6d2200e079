/**
 * What a definition or a morphism variable is at the axes, objects and diagrams that are written, or else inferred. Invariant: inference
 * only proposes; the instance is built anew and its domain compared. It does not know expressions.
 */
import { type Axis, type AxisVar, ofVar } from '../logic/axis.js';
import { fail, type Token } from './lexer.js';
import * as objects from '../logic/object.js';
import { type Obj, showObject } from '../logic/object.js';
import { diagram } from './parse-diagram.js';
import type { Reference } from './parse-expression.js';
import { type Item, object, readItem } from './parse-object.js';
import { type Fn, fnKey, ofTerm, substFn, substObj } from './read-build.js';
import { placed, readAxis, readObject, type Scope, Unfixed } from './read-scope.js';
import { bind, type MorphismVar, variable } from '../logic/term.js';

interface Target {
  readonly name: string;
  readonly axes: readonly AxisVar[];
  readonly objects: readonly string[];
  readonly morphisms: readonly MorphismVar[];
  /** the objects of the wires, or that of the diagram's domain */
  readonly takes: readonly Obj[];
  readonly arrays: boolean;
  readonly at: (axes: readonly Axis[], objects: readonly Obj[], fns: readonly Fn[]) => Fn;
}

/** A morphism variable hides a definition. */
export const target = (name: string, scope: Scope): Target | undefined => {
  const m = scope.morphisms.get(name);
  if (m) {
    const at = (axes: readonly Axis[]): Fn => ofTerm(variable(m, axes));
    return { name, axes: m.binders, objects: [], morphisms: [], takes: [m.dom], arrays: false, at };
  }
  const d = scope.definitions.get(name);
  if (!d) return undefined;
  const [last, over] = [d.wires?.at(-1)?.object, d.axes.at(-1)];
  return {
    ...d,
    takes: d.wires?.map((w) => w.object) ?? [d.fn.dom],
    arrays:
      last !== undefined &&
      over !== undefined &&
      last.leaves.length > 0 &&
      objects.unweave(ofVar(over), last) !== undefined,
    at: (axes, objs, fns) => {
      const key = [...axes.map((a) => a.id), '', ...objs.map((o) => o.id), '', ...fns.map(fnKey)].join(' ');
      const known = d.instances.get(key);
      if (known) return known;
      const made = substFn(d.fn, {
        axes: bind(d.axes, axes),
        objects: new Map(d.objects.map((x, n) => [x, objs[n] ?? objects.unit])),
        functions: new Map(d.morphisms.map((v, n) => [v, fns[n] as Fn])),
      });
      d.instances.set(key, made);
      return made;
    },
  };
};

/** First-order matching: one pass over the leaves, for what is not known yet. */
class Match {
  readonly axes = new Map<AxisVar, Axis>();
  readonly objects = new Map<string, Obj>();
  constructor(readonly target: Target) {}

  private open(leaf: objects.Leaf): string | undefined {
    const name = typeof leaf.base === 'string' ? undefined : leaf.base.name;
    return name !== undefined && this.target.objects.includes(name) ? name : undefined;
  }
  /** False where two object variables share out the leaves and neither is known. */
  equate(pattern: Obj, subject: Obj): boolean {
    const names = pattern.leaves.map((leaf) => this.open(leaf));
    const unknown = names.filter((x) => x !== undefined && !this.objects.has(x));
    if (new Set(unknown).size > 1) return false;
    const known = names.reduce((n, x) => n + (x === undefined ? 1 : (this.objects.get(x)?.leaves.length ?? 0)), 0);
    const share = unknown.length === 0 ? 0 : (subject.leaves.length - known) / unknown.length;
    let from = 0;
    pattern.leaves.forEach((leaf, n) => {
      const name = names[n];
      const width = name === undefined ? 1 : (this.objects.get(name)?.leaves.length ?? share);
      this.leaf(leaf, name, subject.leaves.slice(from, from + width));
      from += width;
    });
    return true;
  }
  private leaf({ axes }: objects.Leaf, name: string | undefined, found: readonly objects.Leaf[]): void {
    if (found.some((f) => f.axes.length < axes.length)) return;
    for (const f of found) axes.forEach((a, n) => this.axis(a, f.axes[n] as Axis));
    if (name === undefined || this.objects.has(name)) return;
    this.objects.set(name, objects.object(found.map((f) => ({ base: f.base, axes: f.axes.slice(axes.length) }))));
  }
  private axis(pattern: Axis, found: Axis): void {
    const v = this.target.axes.find((w) => ofVar(w) === pattern);
    if (v && !this.axes.has(v)) this.axes.set(v, found);
  }
  at(o: Obj): Obj {
    return substObj(o, this);
  }
  /** Whether all that o mentions is known. */
  fixes(o: Obj): boolean {
    const free = objects.objectAxes(o).some((v) => this.target.axes.includes(v) && !this.axes.has(v));
    return !free && o.leaves.every((leaf) => (this.open(leaf) ?? '') === '' || this.objects.has(this.open(leaf) ?? ''));
  }
}

const equateArguments = (match: Match, args: readonly Obj[]): void => {
  const { takes } = match.target;
  const pairs = takes.map((p, n) => [p, args[n] ?? objects.unit] as const);
  let left = takes.length === args.length ? pairs : [[objects.tensor(...takes), objects.tensor(...args)] as const];
  for (let before = -1; left.length > 0 && left.length !== before;) {
    before = left.length;
    left = left.filter(([p, s]) => !match.equate(p, s));
  }
};

/** All objects and diagrams in order of declaration, or only the diagrams: these are returned. */
const readObjects = (items: readonly Item[], match: Match, scope: Scope, at: Token): readonly Item[] => {
  const { target: to } = match;
  const [objs, diagrams] = [to.objects.length, to.morphisms.length];
  if (items.length === diagrams) return items;
  if (items.length !== objs + diagrams)
    return fail(at, `${to.name} takes ${objs} objects and ${diagrams} diagrams in braces`);
  to.objects.forEach((x, n) => match.objects.set(x, readObject(readItem(items[n] as Item, object), scope)));
  return items.slice(objs);
};

/** A diagram sees no wires: it is closed. */
const readDiagrams = (items: readonly Item[], match: Match, scope: Scope): Fn[] => {
  const closed = { ...scope, wires: new Map(), indices: new Map() };
  return match.target.morphisms.map((m, n) => {
    const f = scope.diagram(
      readItem(items[n] as Item, diagram),
      closed,
      match.fixes(m.dom) ? match.at(m.dom) : undefined,
    );
    match.equate(m.dom, f.dom);
    match.equate(m.cod, f.result.object);
    return f;
  });
};

/** `args` are the objects of the arguments, or that of what stands before a diagram. */
export const instance = (to: Reference, scope: Scope, args: readonly Obj[] | undefined): Fn => {
  const found = target(to.name, scope) ?? fail(to.at, `there is no function ${to.name} here`);
  const match = new Match(found);
  if (to.axes) {
    if (to.axes.length !== found.axes.length) fail(to.at, `${to.name} takes ${found.axes.length} axes`);
    to.axes.forEach((tree, n) => match.axes.set(found.axes[n] as AxisVar, readAxis(tree, scope)));
  }
  const items = readObjects(to.items ?? [], match, scope, to.at);
  if (args) equateArguments(match, args);
  const fns = readDiagrams(items, match, scope);
  if (args) equateArguments(match, args);
  const missing = (name: string): never => {
    const reason = `${name} of ${to.name} has to be written: nothing here fixes it`;
    if (args) return fail(to.at, reason);
    throw new Unfixed(to.at, reason);
  };
  const axes = found.axes.map((v) => match.axes.get(v) ?? missing(v.name));
  const objs = found.objects.map((x) => match.objects.get(x) ?? missing(x));
  return placed(to.at, () => {
    found.morphisms.forEach((m, n) => {
      const f = fns[n] as Fn;
      if (match.at(m.dom) !== f.dom || match.at(m.cod) !== f.result.object)
        fail(
          to.at,
          `the diagram for ${m.name} in ${to.name} is ${showObject(f.dom)} -> ${showObject(f.result.object)}`,
        );
    });
    return found.at(axes, objs, fns);
  });
};
