// The check of workgroup memory alone, on small bodies: each refused order has an accepted twin.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { attempt } from '../../../../src/kernel/validate/error.js';
import { type Expr, type Kernel, type Stage, type Stmt, at, num, size } from '../../../../src/kernel/ir/kernel.js';
import { checkMemory } from '../../../../src/kernel/validate/memory.js';
import { grouped, streamed } from '../../../support/ir/dsl.js';

const [lanes, columns, stream] = [grouped('m', 4, 'lane'), grouped('n', 3, 'register'), streamed('k', 2)];
const zero: Expr = { _tag: 'Const', value: { num: 0n, den: 1n } };
const barrier: Stmt = { _tag: 'Barrier' };
const stage = (tile: string, value: Expr = zero): Stage => ({
  _tag: 'Stage',
  tile,
  bound: size(columns.use.tile),
  step: 4,
  dims: [{ index: 'n', use: 'n', bound: size(columns.use.tile) }],
  value,
});
const tile = (name: string, index = num(0)): Expr => ({ _tag: 'Tile', name, index: [index] });
let names = 0;
const use = (name: string): Stmt => ({ _tag: 'Let', name: `x${names++}`, kind: 'real', value: tile(name) });
const loop = (...body: readonly Stmt[]): Stmt => ({
  _tag: 'Loop',
  index: `k${names++}`,
  axis: stream.use.count,
  bound: size(stream.use.count),
  carries: [],
  body,
  note: '',
});
const guard = (...body: readonly Stmt[]): Stmt => ({ _tag: 'Guard', index: 'm', extent: num(1), body });
const columnsOf = (index: string, over: 'n' | 'm', body: Stmt): Stmt => ({
  _tag: 'Each',
  index,
  over: { _tag: 'Register', use: over },
  bound: size(columns.use.tile),
  body: [body],
  note: '',
});
const turn = (name: string): Stmt[] => [barrier, stage(name), barrier, use(name)];

function verdict(body: readonly Stmt[]): string {
  const kernel: Kernel = {
    name: 'k',
    uses: [lanes.use, columns.use, stream.use],
    inputs: [],
    outputs: [],
    tiles: ['a', 'b'].map((name) => ({ name, dims: [{ use: 'n', capacity: 3 }], datatype: 'f32' })),
    frame: { blocks: [], lanes: [], folded: { blocks: [], end: { _tag: 'Num', value: 1 } } },
    body,
  };
  const made = attempt(() => checkMemory(kernel));
  return E.isLeft(made) ? `${made.left.code} ${made.left.found.join(' ')}` : 'accepted';
}

const unfilled = 'E-BARRIER read where it was not filled';
const early = 'E-BARRIER read with no barrier after it was filled';
const late = 'E-BARRIER filled with no barrier after it was used';

describe('workgroup memory', () => {
  it.each<readonly [string, string, readonly Stmt[]]>([
    ['filled, barrier, read', 'accepted', [stage('a'), barrier, use('a')]],
    ['filled and read', early, [stage('a'), use('a')]],
    ['the barrier before instead of after', early, [barrier, stage('a'), use('a')]],
    ['never filled', unfilled, [barrier, use('a')]],
    ['read, barrier, filled again', 'accepted', [...turn('a'), ...turn('a')]],
    ['read and filled again', late, [...turn('a'), stage('a'), barrier, use('a')]],
    ['filled twice with nothing between', late, [stage('a'), stage('a'), barrier, use('a')]],
    ['filled twice with a barrier between', 'accepted', [stage('a'), barrier, stage('a'), barrier, use('a')]],
    ['two tiles between the same barriers', 'accepted', [barrier, stage('a'), stage('b'), barrier, use('a'), use('b')]],
    ['one tile over another, with no barrier between', early, [stage('a'), barrier, stage('b', tile('a')), use('b')]],
    ['a tile from a tile', 'accepted', [stage('a'), barrier, stage('b', tile('a')), barrier, use('b')]],
    ['a tile filled from itself', late, [stage('a'), barrier, stage('a', tile('a')), barrier, use('a')]],
    ['filled and read in every turn', 'accepted', [loop(...turn('a'))]],
    ['no barrier before the next turn', late, [loop(stage('a'), barrier, use('a'))]],
    ['a barrier at the end of every turn', 'accepted', [loop(stage('a'), barrier, use('a'), barrier)]],
    ['read after a loop that may have no turn', unfilled, [loop(stage('a'), barrier), use('a')]],
    ['read before the loop fills it', unfilled, [stage('a'), barrier, loop(use('a'), barrier, stage('a'), barrier)]],
    ['read in a loop, filled before it', 'accepted', [stage('a'), barrier, loop(use('a'))]],
    ['read in a loop, filled after it', late, [stage('a'), barrier, loop(use('a')), stage('a'), barrier, use('a')]],
    ['a barrier only inside a loop that may have no turn', early, [stage('a'), loop(barrier), use('a')]],
    ['the same, after the loop', 'accepted', [stage('a'), loop(barrier), barrier, use('a')]],
    [
      'a hazard two turns of an inner loop later',
      late,
      [loop(...turn('a'), loop(use('a')), loop(stage('a'), barrier))],
    ],
    ['read under a guard', 'accepted', [stage('a'), barrier, guard(use('a')), barrier, stage('a')]],
    ['read under a guard, then filled', late, [stage('a'), barrier, guard(use('a')), stage('a')]],
    ['a barrier under a guard', 'E-BARRIER under a guard', [stage('a'), guard(barrier), use('a')]],
    ['filled under a guard', 'E-BARRIER under a guard', [guard(stage('a')), barrier, use('a')]],
  ])('%s: %s', (_, expected, body) => {
    expect(verdict(body)).toBe(expected);
  });

  const readAt = (index: string): Stmt => ({ _tag: 'Let', name: 'y', kind: 'real', value: tile('a', at(index)) });
  it.each<readonly [string, string, Stmt]>([
    ['an index over the tile of its dimension', 'accepted', columnsOf('n', 'n', readAt('n'))],
    ['an index over another tile', 'E-EXTENT', columnsOf('j', 'm', readAt('j'))],
    ['an index over an axis of any size', 'E-EXTENT', loop(readAt(`k${names}`))],
    ['a lane', 'E-EXTENT', readAt('m')],
    ['a position', 'E-EXTENT', { _tag: 'Let', name: 'y', kind: 'real', value: tile('a', num(1)) }],
  ])('%s: %s', (_, expected, body) => {
    expect(verdict([stage('a'), barrier, body]).split(' ')[0]).toBe(expected);
  });
});
