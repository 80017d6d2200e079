/**
 * The schedule of a definition that nobody proved to stream: blocks and lanes over axes that only the result has, loops in order over all others.
 * Invariant: the theorem is the definition's own unfolding, at axes cut into tiles and over a batch; nothing is assumed and no law is used. It
 * knows no target.
 */
import type * as E from 'fp-ts/lib/Either.js';
import type { AxisVar, Term } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { Specified } from '../../language/elaborate/law.js';
import type { AxisUse } from '../ir/kernel.js';
import { type TacticFact, attempted, must } from '../../proof/tactic/failure.js';
import { objectAt, thmAt } from './claim.js';
import { type Typed, batched } from './group.js';
import { defaultTiles } from './level.js';
import { HELD, type Options, type ScheduledTheorem, batchOf, scheduledOf } from './schedule.js';
import { axisOf, demandNames, grouped } from './axes.js';
import { apart, walked } from './walked.js';

/** A definition of arrays, as a kernel would compute it. */
export interface Defined extends Specified {
  /** NAME[axes](wires), for the left side */
  readonly call: Term;
}

export function schedulePlain(defined: Defined, options: Options): E.Either<TacticFact, ScheduledTheorem> {
  return attempted(() => build(defined, options));
}

const axesOf = ({ names }: Specified): readonly AxisVar[] => [...names.axes.values()].map((e) => e.terms[0]!.vars[0]!);

function build(defined: Defined, options: Options): ScheduledTheorem {
  const axes = axesOf(defined);
  demandNames(
    axes.map((v) => v.name),
    options,
  );
  const found = walked(defined.spec);
  const free = apart(defined, axes, found.loops);
  const lane = free.at(-1);
  const size = (v: AxisVar, most: number): number => options.tiles.get(v.name) ?? most;
  let typed: Typed = {
    thm: must(core.definitional(...called(defined.call))),
    wires: defined.wires,
  };
  const uses: AxisUse[] = [];
  for (const v of axes) {
    if (v === lane) {
      const g = grouped(v, 'lane', size(v, defaultTiles.lane), options.perLane?.get(v.name));
      typed = {
        thm: thmAt(typed.thm, v, axisOf(g)),
        wires: typed.wires.map((w) => ({ ...w, object: objectAt(w.object, v, axisOf(g)) })),
      };
      uses.push(g);
    } else if (free.includes(v)) uses.push({ _tag: 'Grid', name: v.name, axis: v });
    else if (found.held.has(v)) uses.push({ _tag: 'Held', name: v.name, axis: v, most: size(v, HELD) });
    else uses.push({ _tag: 'Serial', name: v.name, axis: v });
  }
  const batch = batchOf(uses, options);
  const done = batched(typed, batch.axis);
  return scheduledOf(defined, undefined, done, [batch.use, ...uses], () => 'global');
}

const called = (call: Term): [core.Definition, core.Arguments] =>
  call._tag === 'Call' ? [call.definition, call.args] : (undefined as never);
