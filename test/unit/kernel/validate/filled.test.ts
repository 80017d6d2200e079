// What lanes fill together is read from inputs: a lane's own state, in a tile that all lanes read, would be another lane's, and a normal form does not
// show whose it is.
import { describe, expect, it } from 'vitest';
import type { Expr, Int, Kernel, Stmt, Streamed } from '../../../../src/kernel/ir/kernel.js';
import { emit } from '../../../../src/kernel/emit/emit.js';
import { validate } from '../../../../src/kernel/validate/validate.js';
import { extracted } from '../../../target/kernels/pool.js';
import { get } from '../../../support/ir/dsl.js';

const TILE = 4;
const made = get(extracted('total', 'wgsl', { tiles: { n: TILE, batch: TILE }, ragged: 'first', lanes: { n: 1 } }));
const { rhs } = made.theorem.scheduled;
const right = made.emitted.validated.kernel;
const streamed = right.uses.find((u): u is Streamed => u._tag === 'Streamed')!;

const zero: Int = { _tag: 'Num', value: 0 };
const own: Int = { _tag: 'At', index: 'batch' };
const bound: Int = { _tag: 'Size', axis: streamed.tile };
const mine = (name: string): Expr => ({ _tag: 'Get', name, index: [] });
const barrier: Stmt = { _tag: 'Barrier' };
const stage = (tile: string, value: Expr): Stmt => ({
  _tag: 'Stage',
  tile,
  bound,
  step: TILE,
  dims: [{ index: `${tile}_at`, use: streamed.name, bound }],
  value,
});
/** The sum that a turn starts with is read from `by`. */
const from = (s: Stmt & { readonly _tag: 'Set' }, by: Expr): Stmt => ({
  ...s,
  value:
    s.value._tag === 'Op'
      ? { ...s.value, args: s.value.args.map((a) => (a._tag === 'Get' && a.name === s.name ? by : a)) }
      : s.value,
});

/** The kernel, with statements before each turn's sum. */
function changed(more: (sum: string) => readonly Stmt[], by: (sum: string) => Expr): Kernel {
  const tile = (name: string, uses: readonly string[]): Kernel['tiles'][number] => ({
    name,
    dims: uses.map((use) => ({ use, capacity: TILE })),
    datatype: 'f32',
  });
  const body = right.body.map((s): Stmt => {
    if (s._tag !== 'Loop' || s.axis !== streamed.count) return s;
    return { ...s, body: s.body.flatMap((t) => (t._tag === 'Set' ? [...more(t.name), from(t, by(t.name))] : [t])) };
  });
  return { ...right, tiles: [...right.tiles, tile('shown', ['n']), tile('rows', ['batch', 'n'])], body };
}
const shown: Expr = { _tag: 'Tile', name: 'shown', index: [zero] };
/** Every lane's sum, in a row of its own. */
const put = (sum: string): Stmt => ({
  _tag: 'Put',
  tile: 'rows',
  dims: [
    { index: 'batch', use: 'batch', over: { _tag: 'Lane', use: 'batch' }, bound: { _tag: 'Size', axis: tileOfBatch } },
    { index: 'place', use: 'n', over: { _tag: 'Axis', axis: streamed.tile }, bound },
  ],
  value: mine(sum),
});
const tileOfBatch = right.uses.flatMap((u) => (u._tag === 'Grouped' ? [u.tile] : []))[0]!;
const load: Expr = { _tag: 'Load', array: 'x', address: zero };

// prettier-ignore
const WRONG: readonly (readonly [what: string, value: (sum: string) => Expr, before: (sum: string) => readonly Stmt[]])[] = [
  ['a state',                   mine,                                                                             () => []],
  ['a state, in an operation',  (sum) => ({ _tag: 'Op', operator: 'add', args: [mine(sum), load] }),              () => []],
  ['a state, chosen',           (sum) => ({ _tag: 'Select', condition: { _tag: 'Bool', value: true }, yes: mine(sum), no: load }), () => []],
  ['a state that was put',      () => ({ _tag: 'Tile', name: 'rows', index: [own, zero] }),                       (sum) => [barrier, put(sum), barrier]],
];

describe('what lanes fill together', () => {
  it.each(WRONG)('is not %s', (_, value, before) => {
    const kernel = changed(
      (sum) => [...before(sum), barrier, stage('shown', value(sum)), barrier],
      () => shown,
    );
    expect(validate(kernel, rhs)).toMatchObject({ _tag: 'Left', left: { code: 'E-DEPEND', where: 'shown' } });
  });
  it('may be an input, beside the same statements', () => {
    const kernel = changed((sum) => [barrier, put(sum), barrier, stage('shown', load), barrier], mine);
    expect(get(emit('wgsl', get(validate(kernel, rhs)))).text).toContain('shown[shown_at] = x[0u];');
  });
});
