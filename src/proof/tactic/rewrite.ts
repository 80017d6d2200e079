/**
 * Rewriting one side of a goal by a theorem or a hypothesis, at a chosen match. The match is found on the normal form, so no
 * context is written by hand; the context is read back, and the core checks side = C[lhs σ] structurally. Convex by
 * construction: the matched node becomes one call. Knows nothing of scripts.
 */
import type { Axis, AxisVar, Cell, Node, Obj, Term, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import * as B from '../../language/point/build.js';
import { compileReadback } from './compiled.js';
import type { Binding } from '../../language/point/point.js';
import { seq } from '../../language/point/wiring.js';
import { explode, implode, slotObject } from './blocks.js';
import { congruence, marked } from './congruence.js';
import { fail, must } from './failure.js';
import { chain, structural } from './goal.js';
import { type Bindings, Matcher, type Pattern, firstHole } from './match.js';
import { type Evaluator, Openings, freeNames, freeRef } from './opening.js';
import { arrangements, boundRefs, nodesOf } from './places.js';
import { Readback } from './readback.js';

/** An equation that may be used: a theorem whose axes, objects and wires may be instantiated. */
export interface Equation {
  readonly name: string;
  readonly thm: Thm;
  /** axis and object variables that matching may choose; those of a hypothesis' own context are rigid */
  readonly axes: ReadonlySet<AxisVar>;
  readonly objects: ReadonlySet<string>;
  readonly wires: readonly Binding[];
}

/** A wire of the equation given by the user, as a term over the goal's wires. */
export type Given = ReadonlyMap<string, Term>;

/** Wires that the user gave at bound indices of the goal: arrays over those, and the indices, outermost first. */
export type Under = ReadonlyMap<
  string,
  { readonly term: Term; readonly indices: readonly { readonly name: string; readonly axis: AxisVar }[] }
>;

export interface Rewritten {
  /** side = result */
  readonly thm: Thm;
  readonly result: Term;
  /** what the match instantiated */
  readonly images: core.Instantiation;
}

/** nodes of a goal, each at each choice of indices, that one rewrite tries */
export const triesLimit = 50_000;

interface Site {
  readonly images: core.Instantiation;
  readonly instance: Thm;
  readonly cells: readonly Cell[];
  readonly node: Node;
}

export class Rewriter {
  private readonly openings: Openings;
  private readonly outputs: readonly Cell[];
  private readonly inputs: readonly Cell[];

  constructor(
    private readonly evaluator: Evaluator,
    private readonly side: Term,
  ) {
    const form = must(attemptForm(evaluator, side));
    this.openings = new Openings(evaluator, (i) => form.inputs[i]!);
    this.outputs = form.outputs;
    this.inputs = must(attemptForm(evaluator, B.id(side.dom))).outputs;
  }

  /** Rewrites the n-th match, counted from 1; undefined when there are fewer. */
  apply(
    equation: Equation,
    n: number,
    given: Given = new Map(),
    accept: (node: Node) => boolean = () => true,
    under: Under = new Map(),
  ): Rewritten | undefined {
    let left = n;
    for (const site of this.sites(equation, given, under)) {
      if (!accept(site.node)) continue;
      left -= 1;
      if (left === 0) return this.replace(site);
    }
    return undefined;
  }

  /** How many places match, up to a limit. */
  count(equation: Equation, given: Given, limit: number, accept: (node: Node) => boolean = () => true): number {
    let found = 0;
    for (const { node } of this.sites(equation, given)) if (accept(node) && ++found >= limit) break;
    return found;
  }

  /** The elements of the side's own arrays. */
  get roots(): readonly Node[] {
    return this.outputs.map((c) => this.openings.array(c).body);
  }

  /** Each choice of the goal's indices for those that the user named. */
  private *sites(equation: Equation, given: Given, under: Under = new Map()): Generator<Site> {
    const goalNodes = [...nodesOf(this.openings, this.outputs)];
    const named = new Map([...under.values()].flatMap((u) => u.indices.map(({ name, axis }) => [name, axis] as const)));
    for (const chosen of this.choices([...named])) {
      const fixed = new Map([...this.givenCells(equation, given), ...this.underCells(equation, under, chosen)]);
      yield* this.sitesAt(equation, fixed, goalNodes);
    }
  }

  /** For each name an opened index over its axis. */
  private *choices(named: readonly (readonly [string, AxisVar])[]): Generator<ReadonlyMap<string, number>> {
    const [first, ...rest] = named;
    if (!first) yield new Map();
    else
      for (const [index, { axis }] of this.openings.indices)
        if (axis === first[1]) for (const others of this.choices(rest)) yield new Map([[first[0], index], ...others]);
  }

  private underCells(equation: Equation, under: Under, chosen: ReadonlyMap<string, number>): ReadonlyMap<number, Cell> {
    const cells = new Map<number, Cell>();
    let start = 0;
    for (const w of equation.wires) {
      const count = must(core.slots(w.object)).length;
      const u = under.get(w.name);
      const refs = u?.indices.map(({ name }) => freeRef(chosen.get(name)!));
      if (u)
        this.evaluator
          .value(u.term, this.inputs)
          .forEach((c, i) => cells.set(start + i, this.evaluator.pool.open(c, refs!)));
      start += count;
    }
    return cells;
  }

  private *sitesAt(equation: Equation, fixed: ReadonlyMap<number, Cell>, goalNodes: readonly Node[]): Generator<Site> {
    const { lhs } = must(core.sequent(equation.thm));
    const slots = must(core.slots(lhs.dom));
    const { pool } = this.evaluator;
    const holes = slots.map(
      (s, i) =>
        fixed.get(i) ??
        pool.cell(s.vars, pool.make({ _tag: 'Read', input: firstHole + i }, boundRefs(s.vars.length), [])),
    );
    const output = this.evaluator.value(lhs, holes)[0];
    if (!output) return;
    const openings = new Openings(this.evaluator, (i) =>
      i >= firstHole ? slots[i - firstHole]! : this.openings.slotOf(i),
    );
    const pattern: Pattern = { openings, slots, axes: equation.axes, objects: equation.objects };
    const head = openings.array(output);
    if (head.body.data._tag === 'Read' && head.body.data.input >= firstHole) return;
    let tries = 0;
    for (const node of goalNodes) {
      for (const refs of this.elements(head.names, node)) {
        if (++tries > triesLimit) fail({ _tag: 'Budget', tactic: 'rewrite', limit: triesLimit });
        const matcher = new Matcher(pattern, this.openings);
        refs.forEach((r, i) => matcher.found.names.set(head.names[i]!, r));
        if (!matcher.node(head.body, node)) break;
        const site = this.site(equation, matcher.found, fixed, node, head.names);
        if (site) yield site;
        if (site) break;
      }
    }
  }

  /** Which element of the equation's array a node may be: left open first, for the match to say; then any of the node's indices. */
  private *elements(heads: readonly number[], node: Node): Generator<readonly core.Ref[]> {
    yield [];
    if (heads.length === 0) return;
    const names = freeNames(node).filter((name) => this.openings.indices.has(name));
    for (const choice of arrangements(heads.length, names)) yield choice.map(freeRef);
  }

  /** The slots of wires that the user gave, as cells over the goal's inputs. */
  private givenCells(equation: Equation, given: Given): ReadonlyMap<number, Cell> {
    const cells = new Map<number, Cell>();
    let start = 0;
    for (const w of equation.wires) {
      const count = must(core.slots(w.object)).length;
      const term = given.get(w.name);
      if (term) this.evaluator.value(term, this.inputs).forEach((c, i) => cells.set(start + i, c));
      start += count;
    }
    return cells;
  }

  /** Instantiates, and keeps the site only when the instance's output really is the node. */
  private site(
    equation: Equation,
    found: Bindings,
    fixed: ReadonlyMap<number, Cell>,
    node: Node,
    heads: readonly number[],
  ): Site | undefined {
    const missing = [...equation.axes].filter((v) => !found.axes.has(v));
    const images: core.Instantiation = {
      axes: [...found.axes].map(([v, w]): [AxisVar, Axis] => [v, B.ofVar(w)]),
      objects: [...found.objects].map(([name, base]): [string, Obj] => [name, slotObject({ base, vars: [] })]),
    };
    const instance = core.instantiate(equation.thm, images);
    if (instance._tag === 'Left') return undefined;
    const { lhs } = must(core.sequent(instance.right));
    const wanted = must(core.slots(lhs.dom)).map((_, i) => fixed.get(i) ?? found.wires.get(i));
    if (wanted.some((c) => c === undefined)) return this.undetermined(equation, wanted, missing, node);
    const cells = wanted as readonly Cell[];
    const output = this.evaluator.value(lhs, cells)[0]!;
    const refs = heads.map((name) => found.names.get(name));
    if (refs.some((r) => r === undefined)) return undefined;
    const { body } = this.evaluator.pool.open(
      output,
      refs.map((r) => r!),
    );
    return body === node ? { images, instance: instance.right, cells, node } : undefined;
  }

  private undetermined(
    equation: Equation,
    wanted: readonly (Cell | undefined)[],
    axes: readonly AxisVar[],
    _node: Node,
  ): undefined {
    let from = 0;
    const names = equation.wires.flatMap((w) => {
      const count = must(core.slots(w.object)).length;
      const open = wanted.slice(from, from + count).some((c) => c === undefined);
      from += count;
      return open ? [w.name] : [];
    });
    this.lastUndetermined = [...names, ...axes.map((v) => v.name)];
    return undefined;
  }
  /** Variables that the last candidate did not fix: what the message says when nothing matches. */
  lastUndetermined: readonly string[] = [];

  private replace(site: Site): Rewritten {
    const instance = marked(site.instance);
    const { lhs } = must(core.sequent(instance));
    const outputs = this.evaluator.value(lhs, site.cells);
    const names = must(core.slots(this.side.dom)).map((_, i) => `in#${i}`);
    const readback: Readback = new Readback(this.openings, names, (node) => {
      for (const [k, output] of outputs.entries()) {
        const refs = this.instanceRefs(output, node);
        if (refs) return readback.indexed({ _tag: 'Wire', name: readback.letCall(site.cells, lhs)[k]!.name }, refs);
      }
      return undefined;
    });
    const inputs = must(core.slots(this.side.dom)).map((s, i) => ({ name: names[i]!, object: slotObject(s) }));
    const body = compileReadback(inputs, readback.outputs(this.outputs));
    const term = seq(explode(this.side.dom), body, implode(this.side.cod));
    const replaced = congruence(new Map([[lhs, instance]]), term);
    if (!replaced) return fail({ _tag: 'Stuck', tactic: 'rewrite', why: 'the match is not a sub-diagram' });
    return {
      thm: chain(structural(this.side, term), replaced),
      result: must(core.sequent(replaced)).rhs,
      images: site.images,
    };
  }

  /** The indices at which a node is an element of an output, if it is one. */
  private instanceRefs(output: Cell, node: Node): readonly core.Ref[] | undefined {
    if (output.vars.length === 0) return output.body === node ? [] : undefined;
    const rigid: Pattern = {
      openings: this.openings,
      slots: [],
      axes: new Set(),
      objects: new Set(),
    };
    const { names, body } = this.openings.array(output);
    if (body.data._tag !== node.data._tag) return undefined;
    const matcher = new Matcher(rigid, this.openings);
    if (!matcher.node(body, node)) return undefined;
    const refs = names.map((n) => matcher.found.names.get(n));
    if (refs.some((r) => r === undefined)) return undefined;
    return this.evaluator.pool.open(
      output,
      refs.map((r) => r!),
    ).body === node
      ? (refs as core.Ref[])
      : undefined;
  }
}

function attemptForm(evaluator: Evaluator, term: Term): ReturnType<typeof core.normalForm> {
  return core.normalForm(evaluator, term);
}
