// Whatever the rules derive from structural laws is true: random derivations by congruence, instantiation (axes, objects and
// families at once), assume and cut, each conclusion without hypotheses compared numerically at every regime of sizes.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as Door from '../../../src/core/index.js';
import { core as K, must } from '../../support/door.js';
import { diagram, toward } from './generate.js';
import { axes, effort, k, someLeaf, someObj, variables } from './object.js';
import { MOST, value } from './property.js';
import { laws } from './rules.js';
import { partsOf, show } from './show.js';
import { Tape, tapes } from './tape.js';
import { difference, regimes } from './world.js';

const RUNS = Number(process.env.WEFT_LAWS_RUNS ?? 300);
const bound = k.v0('bound');
type Images = Required<Parameters<typeof K.instantiate>[1]>;

/** A random body for h, of its type once axes and objects have been replaced. */
function familyFor(tape: Tape, h: Door.MorphismVar, images: Omit<Images, 'morphisms'>): Door.Family | undefined {
  const own = h.binders.map((v) => [v, k.of(bound)] as const);
  const typed = (o: Door.Obj): Door.Obj => must(K.substituteObject({ ...images, axes: [...images.axes, ...own] }, o));
  const binders = h.binders.length > 0 ? [bound] : [];
  for (let attempt = 0; attempt < 6; attempt++) {
    // a body with a variable of its own over the binder is refused: try another
    const made = K.family(binders, toward(tape, typed(h.dom), typed(h.cod)));
    if (E.isRight(made)) return made.right;
  }
  return undefined;
}

function randomImages(tape: Tape, { lhs, rhs }: Door.Sequent): Images {
  const used = must(K.variables(lhs, rhs));
  const replaced = variables.filter(() => tape.below(2) === 1).map((v) => [v, tape.pick(axes)] as const);
  const images = { axes: replaced, objects: used.objects.has('A') ? ([['A', someObj(tape, 2)]] as const) : [] };
  const morphisms = [...used.morphisms].flatMap((h) => {
    const family = tape.below(3) > 0 ? familyFor(tape, h, images) : undefined;
    return family ? [[h, family] as const] : [];
  });
  return { ...images, morphisms };
}

const refl = (t: Door.Term): Door.Thm => must(K.structural(t, t));
type Step = (tape: Tape, thm: Door.Thm) => E.Either<Door.CoreError, Door.Thm>;
const steps: Readonly<Record<string, Step>> = {
  instantiate: (tape, thm) => K.instantiate(thm, randomImages(tape, must(K.sequent(thm)))),
  symmetry: (_tape, thm) => K.symmetry(thm),
  map: (tape, thm) => K.mapCong(tape.pick(axes), thm),
  after: (tape, thm) => K.composeCong(thm, refl(diagram(tape, must(K.sequent(thm)).lhs.cod, 1))),
  before: (tape, thm) => {
    const o = someLeaf(tape, 1);
    return K.composeCong(refl(toward(tape, o, must(K.sequent(thm)).lhs.dom)), thm);
  },
  beside: (tape, thm) => K.tensorCong(thm, refl(diagram(tape, someLeaf(tape, 1), 1))),
  /** for all v. l = r, used at an axis, and cut by what was proved */
  generalise: (tape, thm) => {
    const { lhs, rhs } = must(K.sequent(thm));
    const v = tape.pick(variables);
    const all = K.hypothesis([v], lhs, rhs);
    const used = E.isLeft(all) ? all : K.assume(all.right, [tape.pick(axes)]);
    return E.isLeft(used) ? used : K.cut(thm, [v], used.right);
  },
  /** a case of the law as a hypothesis, instantiated with the rest, and cut by the same instance of the law */
  'instantiate under a hypothesis': (tape, thm) => {
    const { lhs, rhs } = must(K.sequent(thm));
    const all = K.hypothesis([tape.pick(variables)], lhs, rhs);
    if (E.isLeft(all)) return all;
    const used = K.assume(
      all.right,
      all.right.binders.map((v) => (v.maybeEmpty ? axes[2]! : axes[0]!)),
    );
    return E.isLeft(used) ? used : K.instantiate(used.right, randomImages(tape, must(K.sequent(used.right))));
  },
};

const big = (t: Door.Term): boolean => effort(t, partsOf) > MOST;
const count = { proved: 0, refused: 0, big: 0 };

function derive(choices: readonly number[]): void {
  const tape = new Tape(choices);
  let thm = must(K.structural(...laws[tape.pick(Object.keys(laws))]!(tape)));
  for (let n = 1 + tape.below(4); n > 0; n--) {
    const name = tape.pick(['instantiate', ...Object.keys(steps)]);
    const next = steps[name]!(tape, thm);
    if (E.isLeft(next)) count.refused++;
    else if (!big(must(K.sequent(next.right)).lhs) && !big(must(K.sequent(next.right)).rhs)) thm = next.right;
    else count.big++;
  }
  const { hypotheses, lhs, rhs } = must(K.sequent(thm));
  if (hypotheses.length > 0) return;
  count.proved++;
  for (const regime of regimes) {
    const off = difference(value(lhs, regime, choices[0]!), value(rhs, regime, choices[0]!));
    if (off !== undefined) throw new Error(`${regime}: ${off}\n${show(lhs)}\n${show(rhs)}`);
  }
}

describe('soundness', () => {
  test('what the rules derive without hypotheses is true', () => {
    fc.assert(fc.property(tapes(400), derive), { numRuns: RUNS });
    expect(count.proved).toBeGreaterThan(0.5 * RUNS);
    expect(count.refused + count.big).toBeLessThan(2 * RUNS);
  });
});
