/**
 * A derivation as steps: premises first, each theorem once, a theorem that has a name of its own by citing it. Invariant: the order is that of the
 * derivation alone. The stack is explicit: derivations are deep. It does not know libraries or files.
 */
import type { Derivation, Hypothesis, Instantiation, Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import { must } from '../tactic/failure.js';
import { Records, list, text } from './records.js';
import { Things } from './term.js';

/** The name that a theorem is cited under, and undefined where its steps are written out. */
export type Named = (thm: Thm) => string | undefined;

const premisesOf = (thm: Thm): readonly Thm[] => {
  const d = must(core.derivation(thm));
  return 'premises' in d ? d.premises : [];
};

/** The theorems of a derivation that are cited, in the order of the derivation. */
export function citedIn(root: Thm, named: Named): readonly string[] {
  const cites = new Set<string>();
  const seen = new Set<Thm>();
  const pending = [root];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    const name = named(t);
    if (name !== undefined) cites.add(name);
    else pending.push(...[...premisesOf(t)].reverse());
  }
  return [...cites];
}

export class Steps {
  private readonly done = new Map<Thm, number>();

  constructor(
    readonly things: Things,
    private readonly named: Named,
    private readonly hashOf: (name: string) => string,
  ) {}

  step(root: Thm): number {
    const pending = [root];
    for (let t = pending.at(-1); t; t = pending.at(-1)) {
      const missing =
        this.done.has(t) || this.named(t) !== undefined ? [] : premisesOf(t).filter((p) => !this.done.has(p));
      if (missing.length > 0) {
        pending.push(...missing.reverse());
        continue;
      }
      pending.pop();
      if (!this.done.has(t)) this.done.set(t, this.write(t));
    }
    return this.done.get(root)!;
  }

  private write(thm: Thm): number {
    const name = this.named(thm);
    const same = name === undefined ? unchanged(thm) : undefined;
    if (same) return this.done.get(same)!;
    const words =
      name === undefined ? this.words(thm, must(core.derivation(thm))) : ['cite', text(name), this.hashOf(name)];
    return this.things.records.add('s', ...words);
  }

  private words(thm: Thm, d: Derivation): readonly (string | number)[] {
    const { things } = this;
    switch (d.rule) {
      case 'structural':
        return ['eq', ...this.sides(thm)];
      case 'symmetry':
        return ['sym', ...this.premises(d)];
      case 'transitivity':
        return ['trans', ...this.premises(d)];
      case 'compose':
        return [';', ...this.premises(d)];
      case 'tensor':
        return ['*', ...this.premises(d)];
      case 'map':
        return ['map', things.axis(d.axis), ...this.premises(d)];
      case 'scan':
        return ['scan', things.axis(d.axis), things.object(d.state), ...this.premises(d)];
      case 'instantiate':
        return ['inst', ...this.premises(d), ...this.images(d.images)];
      case 'assume':
        return ['assume', things.hypothesis(d.hypothesis), list(d.axes.map((a) => things.axis(a)))];
      case 'cut':
        return ['cut', ...this.premises(d), list(d.binders.map((v) => things.variable(v)))];
      case 'axiom':
        return ['axiom', text(d.name), this.hypotheses(thm), ...this.sides(thm)];
      case 'definition':
        return ['def', things.definition(d.definition), ...things.args(d.args)];
      case 'induction':
        return ['ind', things.variable(d.axis), ...this.sides(thm), ...this.premises(d), d.side];
    }
  }

  private premises({ premises }: { readonly premises: readonly Thm[] }): readonly number[] {
    return premises.map((p) => this.done.get(p)!);
  }

  private sides(thm: Thm): readonly number[] {
    const { lhs, rhs } = must(core.sequent(thm));
    return [this.things.term(lhs), this.things.term(rhs)];
  }

  /** A set, in an order that does not depend on when the core made its members: that of what they say. */
  private hypotheses(thm: Thm): string {
    const all = must(core.sequent(thm)).hypotheses.map((h) => ({ h, said: sayingOf(h) }));
    const sorted = all.sort((a, b) => (a.said < b.said ? -1 : a.said > b.said ? 1 : 0));
    return list(sorted.map(({ h }) => this.things.hypothesis(h)));
  }

  private images({ axes, objects, morphisms }: Instantiation): readonly string[] {
    const { things } = this;
    return [
      list([...new Map(axes)].flatMap(([v, e]) => [things.variable(v), things.axis(e)])),
      list([...new Map(objects)].flatMap(([name, o]) => [text(name), things.object(o)])),
      list([...new Map(morphisms)].flatMap(([m, f]) => [things.morphism(m), things.family(f)])),
    ];
  }
}

/** What a theorem is an instance of, where nothing is replaced. */
function unchanged(thm: Thm): Thm | undefined {
  const d = must(core.derivation(thm));
  if (d.rule !== 'instantiate') return undefined;
  const { axes, objects, morphisms } = d.images;
  return [axes, objects, morphisms].every((l) => l === undefined || l.length === 0) ? d.premises[0] : undefined;
}

/** A hypothesis with all its records, by itself. */
function sayingOf(h: Hypothesis): string {
  const records = new Records();
  new Things(records).hypothesis(h);
  return records.lines.join('\n');
}
