// One small change somewhere inside a diagram, of the same type. Invariant: the result is well typed, since it is rebuilt by
// the constructors; whether it means something else is for the reference evaluator to say.
import type * as Door from '../../../src/core/index.js';
import { core as K, must } from '../../support/door.js';
import { toward } from './generate.js';
import { k } from './object.js';
import { partsOf } from './show.js';
import type { Tape } from './tape.js';

type Term = Door.Term;

/** Subterms in order of discovery, each once. */
function subterms(root: Term): Term[] {
  const seen = new Set<Term>([root]);
  for (const t of seen) partsOf(t).forEach((p) => seen.add(p));
  return [...seen];
}

const others: Readonly<Record<Door.Operator, Door.Operator>> = {
  add: 'mul', mul: 'add', neg: 'exp', exp: 'recip', recip: 'sqrt', sqrt: 'log', log: 'neg', lt: 'lt', not: 'not', and: 'or', or: 'and',
  true: 'false', false: 'true',
}; // prettier-ignore

/** A neighbour of the same type. */
function changed(tape: Tape, t: Term): Term | undefined {
  switch (t._tag) {
    case 'Operator':
      return t.operator === 'lt' ? k.seq(must(K.swap(k.R, k.R)), t) : k.op(others[t.operator]);
    case 'Constant':
      return must(K.constant(must(K.rational(t.value.num + t.value.den, t.value.den))));
    case 'Swap':
    case 'Exchange':
    case 'Tile':
    case 'Flatten':
    case 'Split':
    case 'Concat':
    case 'Diag':
    case 'First':
    case 'Repeat':
    case 'Select':
    case 'Copy':
    case 'Position':
    case 'Size':
      return t.dom === t.cod ? k.id(t.dom) : toward(tape, t.dom, t.cod);
    case 'Id':
    case 'Variable':
    case 'Call':
      return toward(tape, t.dom, t.cod);
    case 'Scan': {
      const step = toward(tape, t.step.dom, t.step.cod);
      return k.scan(t.axis, t.state, step);
    }
    default:
      return undefined;
  }
}

export function mutated(tape: Tape, root: Term): Term {
  const list = subterms(root);
  const from = tape.below(list.length);
  for (let i = 0; i < list.length; i++) {
    const target = list[(from + i) % list.length]!;
    const other = changed(tape, target);
    if (other && other !== target) return replaced(root, target, other);
  }
  return root;
}

/** Every occurrence of `target` replaced. */
export function replaced(root: Term, target: Term, by: Term): Term {
  const done = new Map<Term, Term>([[target, by]]);
  const of = (t: Term): Term => {
    const known = done.get(t);
    if (known) return known;
    const made = rebuilt(t, partsOf(t).map(of));
    done.set(t, made);
    return made;
  };
  return of(root);
}

function rebuilt(t: Term, parts: readonly Term[]): Term {
  switch (t._tag) {
    case 'Compose':
      return must(K.compose(parts[0]!, parts[1]!));
    case 'Tensor':
      return must(K.tensor(parts[0]!, parts[1]!));
    case 'Map':
      return must(K.map(t.axis, parts[0]!));
    case 'Scan':
      return must(K.scan(t.axis, t.state, parts[0]!));
    case 'Call':
      return must(K.call(t.definition, { ...t.args, morphisms: parts }));
    default:
      return t;
  }
}
