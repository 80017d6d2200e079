/**
 * What an attack on the core is, and how it is judged. Invariant: an attack says what it got past the core, or nothing; the same doors
 * accept what is genuine, which `controls` shows, so that nothing is refused because nothing works.
 */
import * as E from 'fp-ts/lib/Either.js';
import type * as Door from '../../../src/core/index.js';
import { type Core, core as K, kit, must } from '../../support/door.js';

export interface Attack {
  readonly family: string;
  readonly name: string;
  /** what was forged; undefined when the core refused */
  readonly run: () => string | undefined | Promise<string | undefined>;
}

export const k = kit(K);
export const genuine: Door.Thm = must(K.structural(k.id(k.R), k.id(k.R)));
const size = must(K.size(k.ax('n')));
const same = must(K.structural(size, size));
const none = { axes: [], objects: [], morphisms: [] } as const;

type Use = (thm: Door.Thm, core: Core) => E.Either<Door.CoreError, unknown>;
/** Every door that takes a theorem, at each of its places. */
export const uses: Readonly<Record<string, Use>> = {
  sequent: (t, C) => C.sequent(t),
  derivation: (t, C) => C.derivation(t),
  symmetry: (t, C) => C.symmetry(t),
  'transitivity, left': (t, C) => C.transitivity(t, genuine),
  'transitivity, right': (t, C) => C.transitivity(genuine, t),
  'compose, left': (t, C) => C.composeCong(t, genuine),
  'compose, right': (t, C) => C.composeCong(genuine, t),
  'tensor, left': (t, C) => C.tensorCong(t, genuine),
  'tensor, right': (t, C) => C.tensorCong(genuine, t),
  map: (t, C) => C.mapCong(k.ax('a'), t),
  scan: (t, C) => C.scanCong(k.ax('a'), k.R, t),
  instantiate: (t, C) => C.instantiate(t, {}),
  'cut, lemma': (t, C) => C.cut(t, [], genuine),
  'cut, theorem': (t, C) => C.cut(genuine, [], t),
  'induction, base': (t, C) => C.induction(k.v('n'), size, size, t, same, 'right'),
  'induction, step': (t, C) => C.induction(k.v('n'), size, size, same, t, 'right'),
};

/** The doors through which a value that is no theorem went. */
export function passed(fake: unknown): string | undefined {
  const through = Object.entries(uses).flatMap(([name, use]) => {
    try {
      return E.isRight(use(fake as Door.Thm, K)) ? [name] : [];
    } catch {
      return [`${name} (thrown)`];
    }
  });
  if (K.isThm(fake)) through.push('isThm');
  return through.length === 0 ? undefined : through.join(', ');
}

/** Doors that do not refuse a genuine theorem as no theorem; every one must be among them. */
export function controls(): readonly string[] {
  return Object.entries(uses).flatMap(([name, use]) => {
    const made = use(genuine, K);
    return E.isLeft(made) && made.left.rule === 'theorem' ? [] : [name];
  });
}

/** Something false, got from a door. */
export const falsehood = (made: E.Either<Door.CoreError, unknown>, what: string): string | undefined =>
  E.isRight(made) ? what : undefined;

/** Theorem whose recorded derivation does not give it again: what was checked is not what was kept. */
export function unlikeItsDerivation(thm: Door.Thm): string | undefined {
  const { lhs, rhs, hypotheses } = must(K.sequent(thm));
  const again = rebuilt(must(K.derivation(thm)), lhs, rhs);
  if (again === undefined) return undefined;
  if (E.isLeft(again)) return `its derivation is refused: ${again.left.condition}`;
  const s = must(K.sequent(again.right));
  const equal = s.lhs === lhs && s.rhs === rhs && s.hypotheses.length === hypotheses.length;
  return equal && s.hypotheses.every((h, i) => h === hypotheses[i])
    ? undefined
    : 'its derivation gives another theorem';
}

function rebuilt(d: Door.Derivation, lhs: Door.Term, rhs: Door.Term): E.Either<Door.CoreError, Door.Thm> | undefined {
  switch (d.rule) {
    case 'structural':
      return K.structural(lhs, rhs);
    case 'symmetry':
      return K.symmetry(d.premises[0]);
    case 'transitivity':
      return K.transitivity(...d.premises);
    case 'compose':
      return K.composeCong(...d.premises);
    case 'tensor':
      return K.tensorCong(...d.premises);
    case 'map':
      return K.mapCong(d.axis, d.premises[0]);
    case 'scan':
      return K.scanCong(d.axis, d.state, d.premises[0]);
    case 'instantiate':
      return K.instantiate(d.premises[0], d.images);
    case 'assume':
      return K.assume(d.hypothesis, d.axes);
    case 'cut':
      return K.cut(d.premises[0], d.binders, d.premises[1]);
    case 'definition':
      return K.definitional(d.definition, d.args);
    case 'induction':
      return K.induction(d.axis, lhs, rhs, d.premises[0], d.premises[1], d.side);
    case 'axiom':
      return undefined;
  }
}
export const zeroIsOne = (): E.Either<Door.CoreError, Door.Thm> => K.structural(k.num(0), k.num(1));
export { K, must, none };
