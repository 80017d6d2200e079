/**
 * Axes, objects, variables, definitions, families, hypotheses and terms as records. Invariant: bound axis variables, which the core numbers
 * in scopes of their own, are opened with names that no free variable has, other names for each kind of binder, so that nothing is captured; the
 * records depend on what is recorded, not on when the core made it. It does not know theorems.
 */
import type {
  Axis,
  AxisVar,
  Definition,
  Family,
  Hypothesis,
  Monomial,
  MorphismVar,
  Obj,
  Term,
} from '../../core/index.js';
import { subterms } from '../tactic/subterm.js';
import { type Records, list, text } from './records.js';

/** Where an axis stands: a binder's number means another name in a signature than in a term. */
type Place = 'signature' | 'term';

/** A free variable has a name that is kept for bound ones. */
export class ReservedName extends Error {
  constructor(readonly variable: string) {
    super(variable);
  }
}
const boundMark = '#';

function nameOf(v: AxisVar, place: Place): string {
  if (v.scope === 'hypothesis') return `${boundMark}h${v.name}`;
  if (v.scope === 'signature') return `${boundMark}${place === 'signature' ? 's' : 'f'}${v.name}`;
  if (v.name.startsWith(boundMark)) throw new ReservedName(v.name);
  return v.name;
}

export class Things {
  private readonly axes = { signature: new Map<Axis, number>(), term: new Map<Axis, number>() };
  private readonly objects = { signature: new Map<Obj, number>(), term: new Map<Obj, number>() };
  private readonly terms = new Map<Term, number>();

  constructor(readonly records: Records) {}

  variable(v: AxisVar, place: Place = 'term'): number {
    const sort = v.sort === undefined ? '-' : text(v.sort);
    return this.records.add('v', text(nameOf(v, place)), sort, v.maybeEmpty ? '?' : '+');
  }

  axis(e: Axis, place: Place = 'term'): number {
    const known = this.axes[place].get(e);
    if (known !== undefined) return known;
    const [first, ...more] = e.terms.map((m) => this.monomial(m, place));
    const sum = more.reduce((acc, m) => this.records.add('a', '+', acc, m), first ?? this.records.add('a', 0));
    this.axes[place].set(e, sum);
    return sum;
  }

  private monomial({ vars, tail }: Monomial, place: Place): number {
    const factors = vars.map((v) => this.records.add('a', 'v', this.variable(v, place)));
    if (tail) factors.push(this.axis(tail, place));
    const last = factors.pop() ?? this.records.add('a', 1);
    return factors.reduceRight((acc, v) => this.records.add('a', '*', v, acc), last);
  }

  object(object: Obj, place: Place = 'term'): number {
    const known = this.objects[place].get(object);
    if (known !== undefined) return known;
    const leaves = object.leaves.map(({ base, axes }) => {
      const name = base._tag === 'Real' ? 'R' : base._tag === 'Boolean' ? 'B' : text(base.name);
      return list([name, ...axes.map((a) => this.axis(a, place))]);
    });
    const number = this.records.add('o', ...leaves);
    this.objects[place].set(object, number);
    return number;
  }

  morphism({ name, binders, dom, cod }: MorphismVar): number {
    const bound = binders.map((v) => this.variable(v, 'signature'));
    return this.records.add('m', text(name), list(bound), this.object(dom, 'signature'), this.object(cod, 'signature'));
  }

  definition({ name, parameters, body }: Definition): number {
    const { axes, objects, morphisms } = parameters;
    const term = this.term(body);
    const bound = [
      list(axes.map((v) => this.variable(v))),
      list(objects.map(text)),
      list(morphisms.map((m) => this.morphism(m))),
    ];
    return this.records.add('d', text(name), ...bound, term);
  }

  family({ binders, body }: Family): number {
    const bound = list(binders.map((v) => this.variable(v)));
    return this.records.add('f', bound, this.term(body));
  }

  hypothesis({ binders, lhs, rhs }: Hypothesis): number {
    const bound = list(binders.map((v) => this.variable(v)));
    return this.records.add('h', bound, this.term(lhs), this.term(rhs));
  }

  /** Parts first, by an explicit stack: terms are deep. */
  term(root: Term): number {
    const pending = [root];
    for (let t = pending.at(-1); t; t = pending.at(-1)) {
      const missing = this.terms.has(t) ? [] : before(t).filter((p) => !this.terms.has(p));
      if (missing.length > 0) {
        pending.push(...missing.reverse());
        continue;
      }
      pending.pop();
      if (!this.terms.has(t)) this.terms.set(t, this.records.add('t', ...this.words(t)));
    }
    return this.terms.get(root)!;
  }

  private words(t: Term): readonly (string | number)[] {
    switch (t._tag) {
      case 'Id':
      case 'Copy':
      case 'Discard':
      case 'Select':
        return [words[t._tag], this.object(t.object)];
      case 'Compose':
      case 'Tensor':
        return [words[t._tag], this.term(t.first), this.term(t.second)];
      case 'Swap':
        return ['swap', this.object(t.left), this.object(t.right)];
      case 'Map':
        return ['map', this.axis(t.axis), this.term(t.body)];
      case 'Repeat':
      case 'Diag':
      case 'First':
        return [words[t._tag], this.axis(t.axis), this.object(t.object)];
      case 'Exchange':
      case 'Split':
      case 'Concat':
      case 'Tile':
      case 'Flatten':
        return [words[t._tag], this.axis(t.axis), this.axis(t.other), this.object(t.object)];
      default:
        return this.leafWords(t);
    }
  }

  private leafWords(t: Extract<Term, { readonly _tag: Rest }>): readonly (string | number)[] {
    switch (t._tag) {
      case 'Constant':
        return ['const', t.value.den === 1n ? `${t.value.num}` : `${t.value.num}/${t.value.den}`];
      case 'Operator':
        return ['op', t.operator];
      case 'Position':
      case 'Size':
        return [words[t._tag], this.axis(t.axis)];
      case 'Scan':
        return ['scan', this.axis(t.axis), this.object(t.state), this.term(t.step)];
      case 'Variable':
        return ['var', this.morphism(t.variable), list(t.axes.map((a) => this.axis(a)))];
      case 'Call':
        return ['call', this.definition(t.definition), ...this.args(t.args)];
    }
  }

  /** The arguments of a call: axes, objects, terms. */
  args({ axes, objects, morphisms }: Extract<Term, { readonly _tag: 'Call' }>['args']): readonly string[] {
    return [
      list(axes.map((a) => this.axis(a))),
      list(objects.map((o) => this.object(o))),
      list(morphisms.map((m) => this.term(m))),
    ];
  }
}

type Rest = 'Constant' | 'Operator' | 'Position' | 'Size' | 'Scan' | 'Variable' | 'Call';

const words = {
  Id: 'id',
  Copy: 'copy',
  Discard: 'del',
  Select: 'select',
  Compose: ';',
  Tensor: '*',
  Repeat: 'repeat',
  Diag: 'diag',
  First: 'first',
  Exchange: 'exchange',
  Split: 'split',
  Concat: 'concat',
  Tile: 'tile',
  Flatten: 'flatten',
  Position: 'position',
  Size: 'size',
} as const;

/** The terms that must be recorded before a term. */
const before = (t: Term): readonly Term[] => (t._tag === 'Call' ? [t.definition.body, ...subterms(t)] : subterms(t));
