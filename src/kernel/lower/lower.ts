/**
 * Scheduled diagram -> IR, generic over the diagram: the normal form of its right-hand side in canonical form, opened at the block that
 * no grouped axis cuts off, and built. Invariant: nothing here is believed; ir/validate.ts evaluates the result back. It knows no target.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Obj, evaluator } from '../../core/index.js';
import { canonicalCells } from '../../normal/canonical.js';
import {
  type ArrayDecl,
  type Grouped,
  type Int,
  type Kernel,
  type Stmt,
  add,
  frameOf,
  groupedUses,
  laneCount,
  mul,
  named,
  num,
  size,
} from '../ir/kernel.js';
import { type Block, blocks } from '../ir/position.js';
import { free, opened } from '../../normal/rewrite.js';
import { Builder } from './build.js';
import { phrased } from './phrase.js';
import { renumber } from './renumber.js';
import { reused } from './reuse.js';
import { Output } from './output.js';
import { extentOf, originOf, rowOf } from './place.js';
import { type LowerError, type Scheduled, refusal, refuse } from '../ir/scheduled.js';
import { scopeIn } from './scope.js';
import { tidy } from './tidy.js';

export function lower(scheduled: Scheduled): E.Either<LowerError, Kernel> {
  try {
    return E.right(lowered(scheduled));
  } catch (error) {
    return E.left(refusal(error));
  }
}

function arrays(object: Obj, names: readonly string[]): readonly ArrayDecl[] {
  if (object.leaves.length !== names.length) refuse('L-TYPE', 'wires', object.leaves.length, names.length);
  return object.leaves.map((leaf, i) => {
    const array = { name: names[i]!, axes: leaf.axes, datatype: 'f32' } as const;
    if (leaf.base._tag === 'ObjVar') return refuse('L-TYPE', names[i]!, leaf.base._tag);
    return leaf.base._tag === 'Boolean' ? { ...array, kind: 'boolean' } : array;
  });
}

function lowered(scheduled: Scheduled): Kernel {
  const { rhs, uses } = scheduled;
  const inputs = arrays(
    rhs.dom,
    scheduled.wires.map((w) => w.name),
  );
  const outputs = arrays(rhs.cod, scheduled.results);
  const made = evaluator();
  const cells = canonicalCells(made.pool, made.normalForm(rhs).outputs);
  const wires = inputs.map((a, i) => ({ ...a, level: scheduled.wires[i]!.level }));
  const taken = [...inputs, ...outputs].map((a) => a.name);
  const builder = new Builder({
    pool: made.pool,
    uses,
    wires,
    lanes: laneCount(scheduled),
    taken: [...taken, ...uses.map((u) => u.name)],
  });
  const root = scopeIn(undefined, []);
  root.stmts.push(...groupedUses(scheduled).flatMap(prelude));
  let from = 0;
  for (const out of outputs) {
    const all = blocks(out.axes);
    const first = from;
    for (const block of wholes(out, all, groupedUses(scheduled)))
      new Output(builder, scheduled, out, block).store(root, (names) =>
        opened(made.pool, [], cells[first + block.slot]!, names.map(free)),
      );
    from += all.length;
  }
  const neat = tidy(root.stmts);
  const few = reused(neat, builder.fills, (base) => builder.names.fresh(base));
  const { tiles } = few;
  const body = phrased(renumber(few.body, [...taken, ...tiles.map((t) => t.name)]));
  return { name: scheduled.name, uses, inputs, outputs, tiles, frame: frameOf({ uses }), body };
}

/** Where a group's tile starts, how many elements it has, and where a lane's own element is. */
function prelude(u: Grouped): readonly Stmt[] {
  const block = (first: Int, other: Int): Int => ({ _tag: 'Block', use: u.name, first, other });
  const turn: Int = { _tag: 'Turn', use: u.name };
  const within: Int = { _tag: 'Within', index: u.name, extent: named(extentOf(u)) };
  return [
    { _tag: 'Int', name: originOf(u), value: block(num(0), add(size(u.rest), mul(turn, size(u.tile)))) },
    { _tag: 'Int', name: extentOf(u), value: block(size(u.rest), size(u.tile)) },
    ...(u.as === 'lane' ? [{ _tag: 'Int', name: rowOf(u), value: add(named(originOf(u)), within) } as const] : []),
  ];
}

/** The blocks of an output in which every group is a full tile: one for each part of the axes that are concatenations. */
function wholes(out: ArrayDecl, all: readonly Block[], uses: readonly Grouped[]): readonly Block[] {
  if (all.length === 0) refuse('L-EMPTY', out.name);
  const found = all.filter((b) => uses.every((u) => b.vars.includes(u.tile)));
  if (found.length === 0) refuse('L-AXIS', out.name, 'a grouped axis that the output does not have');
  const twice = (b: Block): boolean => uses.some((u) => b.vars.filter((v) => v === u.tile).length > 1);
  return found.some(twice) ? refuse('L-AXIS', out.name, 'a grouped axis twice') : found;
}
