// Planted lowering bugs: each changes one thing of a right IR, and validation must refuse it, for the reason given. The control is the
// unchanged IR, which validates.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import type { AxisVar, Expr, Int, Kernel, Stmt } from '../../../../src/kernel/ir/kernel.js';
import { validate } from '../../../../src/kernel/validate/validate.js';
import { lower } from '../../../../src/kernel/lower/lower.js';
import * as C from '../../../support/ir/cases.js';
import { get, variable } from '../../../support/ir/dsl.js';

type Piece = Stmt | Expr | Int;
type Edit = (piece: Piece) => Piece | readonly Piece[] | undefined;

/** Applies an edit at the first piece (in order of the text) for which it answers. */
function edited(kernel: Kernel, edit: Edit): Kernel {
  let done = false;
  const go = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
    if (Array.isArray(value))
      return value.flatMap((v: unknown) => {
        const made = go(v);
        return Array.isArray(made) ? (made as unknown[]) : [made];
      });
    if (!done && '_tag' in value) {
      const made = edit(value as Piece);
      if (made !== undefined) {
        done = true;
        return made;
      }
    }
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, go(v)]));
  };
  const body = go(kernel.body) as readonly Stmt[];
  if (!done) throw new Error('the edit found no place');
  return { ...kernel, body };
}

const t = { rows: 4, stream: 3, columns: 2 };
const soft = C.weighted(t);
const last = C.contractionByTiles(t, true);
const plain = C.contraction(t);
const spread = C.weighted(t, { batch: true });
const position = C.placed(t);
const rows = C.contraction({ ...t, rowTile: true });
const terms = { rows, soft, last, plain, spread, position };

const isOp = (e: Piece, operator: string): e is Expr & { _tag: 'Op' } => e._tag === 'Op' && e.operator === operator;
const nth = (n: number, edit: Edit): Edit => {
  let seen = 0;
  return (p) => {
    const made = edit(p);
    return made === undefined || seen++ < n ? undefined : made;
  };
};
const drop = (tag: Stmt['_tag'], n = 0): Edit => nth(n, (p) => (p._tag === tag ? [] : undefined));
const unguarded =
  (index: string): Edit =>
  (p) =>
    p._tag === 'Guard' && p.index === index ? p.body : undefined;

// prettier-ignore
const planted: readonly (readonly [name: string, term: keyof typeof terms, code: string, edit: Edit])[] = [
  ['a missing guard of the lanes',                    'soft',  'E-GUARD',   unguarded('q')],
  ['a missing guard of the registers',                'soft',  'E-GUARD',   unguarded('e')],
  ['a guard with the wrong extent',                   'soft',  'E-BOUND',   (p) => (p._tag === 'Guard' && p.index === 'q' ? { ...p, extent: { _tag: 'Name', name: 'e_extent' } } : undefined)],
  ['an index clamped into another extent',            'soft',  'E-BOUND',   (p) => (p._tag === 'Within' && p.index === 'q' ? { ...p, extent: { _tag: 'Name', name: 'q_origin' } } : undefined)],
  ['a lane that is not clamped',                      'soft',  'E-GUARD',   (p) => (p._tag === 'Within' && p.index === 'q' ? { _tag: 'At', index: 'q' } : undefined)],
  ['no barrier after a tile is filled',               'soft',  'E-BARRIER', drop('Barrier', 1)],
  ['no barrier before a tile is filled again',        'soft',  'E-BARRIER', drop('Barrier', 2)],
  ['a barrier under a guard',                         'soft',  'E-BARRIER', (p) => (p._tag === 'Guard' && p.index === 'q' ? { ...p, body: [{ _tag: 'Barrier' }, ...p.body] } : undefined)],
  ['a tile that is never filled',                     'soft',  'E-BARRIER', drop('Stage', 0)],
  ['a tile still filled with the head',               'soft',  'E-ADDRESS', drop('Stage', 1)],
  ['a tile filled at another turn',                   'soft',  'E-ADDRESS', nth(1, (p) => (p._tag === 'Stage' ? { ...p, value: swapName(p.value, 'k_origin', { _tag: 'Num', value: 0 }) } : undefined))],
  ['a tile whose value depends on the lane',          'plain', 'E-DEPEND',  (p) => (p._tag === 'Stage' ? { ...p, value: { _tag: 'Op', operator: 'add', args: [p.value, { _tag: 'Real', int: { _tag: 'Name', name: 'm_at' } }] } } : undefined)],
  ['a stale accumulator: no rescaling of the sum',    'soft',  'E-MEANING', (p) => (isOp(p, 'mul') && p.args[0]!._tag === 'Get' && p.args[0].name === 'sum_k_2' ? p.args[0] : undefined)],
  ['the numerator is not rescaled',                   'soft',  'E-MEANING', (p) => (isOp(p, 'mul') && p.args[0]!._tag === 'Get' && p.args[0].name === 'sum_k' ? p.args[0] : undefined)],
  ['the greatest score is updated too early',         'soft',  'E-MEANING', (p) => (p._tag === 'Let' && p.name === 'greatest' ? [p, { _tag: 'Set', name: 'most_k', index: [], value: { _tag: 'Get', name: 'greatest', index: [] } }] : undefined)],
  ['a state that is never updated',                   'soft',  'E-MEANING', nth(0, (p) => (p._tag === 'Set' && p.name === 'most_k' && p.value._tag === 'Get' ? [] : undefined))],
  ['a sum that starts at 1',                          'soft',  'E-MEANING', (p) => (p._tag === 'Const' && p.value.num === 0n ? { ...p, value: { num: 1n, den: 1n } } : undefined)],
  ['a maximum that starts at 0',                      'soft',  'E-MEANING', (p) => (p._tag === 'Var' && p.name === 'most_k' ? { ...p, init: { _tag: 'Const', value: { num: 0n, den: 1n } } } : undefined)],
  ['a loop that does not carry its sum',              'soft',  'E-CARRY',   nth(3, (p) => (p._tag === 'Loop' ? { ...p, carries: [] } : undefined))],
  ['a loop over the wrong bound',                     'soft',  'E-BOUND',   (p) => (p._tag === 'Loop' && p.axis.name === 'tk' ? { ...p, bound: { _tag: 'Add', left: p.bound, right: { _tag: 'Num', value: 1 } } } : undefined)],
  ['the head runs over a full tile',                  'plain', 'E-BOUND',   (p) => (p._tag === 'Loop' && p.axis.name === 'hk' ? { ...p, bound: { _tag: 'Num', value: 3 } } : undefined)],
  ['a row stride without the ragged part',            'plain', 'E-ADDRESS', (p) => (p._tag === 'Load' && p.array === 'a' ? { ...p, address: firstSize(p.address) } : undefined)],
  ['the wrong array',                                 'plain', 'E-ADDRESS', (p) => (p._tag === 'Load' && p.array === 'a' ? { ...p, array: 'b' } : undefined)],
  ['rows and columns exchanged in the store',         'plain', 'E-ADDRESS', (p) => (p._tag === 'Store' ? { ...p, address: { _tag: 'Add', left: { _tag: 'Name', name: 'm_at' }, right: { _tag: 'Name', name: 'n_origin' } } } : undefined)],
  ['a store to one element only',                     'plain', 'E-STORE',   (p) => (p._tag === 'Store' ? { ...p, address: { _tag: 'Num', value: 0 } } : undefined)],
  ['a block that is stored twice',                    'plain', 'E-STORE',   (p) => (p._tag === 'Store' ? [p, p] : undefined)],
  ['a store that is gone',                            'plain', 'E-STORE',   (p) => (p._tag === 'Store' ? [] : undefined)],
  ['a store inside the loop, under no guard',         'plain', 'E-GUARD',   inLoop],
  ['the wrong origin in block 0',                     'plain', 'E-ADDRESS', (p) => (p._tag === 'Block' && p.use === 'm' ? { ...p, first: { _tag: 'Num', value: 1 } } : undefined)],
  ['full blocks that begin at 0',                     'plain', 'E-ADDRESS', (p) => (p._tag === 'Block' && p.use === 'm' ? { ...p, other: { _tag: 'Mul', left: { _tag: 'Turn', use: 'm' }, right: { _tag: 'Size', axis: use('m').tile } } } : undefined)],
  ['block 0 asks for its turn',                       'plain', 'E-GUARD',   (p) => (p._tag === 'Block' && p.use === 'm' ? { ...p, first: { _tag: 'Turn', use: 'm' } } : undefined)],
  ['swapped operands of a maximum',                   'soft',  'E-MEANING', (p) => (isOp(p, 'max') ? { ...p, args: [p.args[1]!, p.args[0]!] } : undefined)],
  ['a minimum for a maximum',                         'soft',  'E-MEANING', (p) => (isOp(p, 'max') ? { ...p, operator: 'min' } : undefined)],
  ['swapped operands of a difference',                'soft',  'E-MEANING', (p) => (isOp(p, 'sub') ? { ...p, args: [p.args[1]!, p.args[0]!] } : undefined)],
  ['a tile filled one column off',                    'soft',  'E-ADDRESS', (p) => (p._tag === 'Stage' ? { ...p, dims: [p.dims[0]!, { ...p.dims[1]!, modulus: p.dims[0]!.bound }] } : undefined)],
  ['a tile filled by half of its slots',              'soft',  'E-BOUND',   (p) => (p._tag === 'Stage' ? { ...p, bound: p.dims[0]!.bound } : undefined)],
  ['a tile filled in steps of another block',         'soft',  'E-BOUND',   (p) => (p._tag === 'Stage' ? { ...p, step: p.step + 1 } : undefined)],
  ['rows and columns of a tile exchanged',            'soft',  'E-EXTENT',  (p) => (p._tag === 'Stage' ? { ...p, dims: [...p.dims].reverse() } : undefined)],
  ['another operator',                                'plain', 'E-MEANING', (p) => (isOp(p, 'mul') ? { ...p, operator: 'add' } : undefined)],
  ['the rest is left out',                            'last',  'E-MEANING', (p) => (p._tag === 'Loop' && p.axis.name === 'uk' ? [] : undefined)],
  ['the rest is read at the tiles of the loop',       'last',  'E-ADDRESS', (p) => (p._tag === 'Int' && p.name === 'k_origin' && JSON.stringify(p, plainly).includes('k_last') ? { ...p, value: { _tag: 'Num', value: 0 } } : undefined)],
  ['a head that is read for every block',             'spread','E-ADDRESS', (p) => (p._tag === 'Load' && p.array === 'q' ? { ...p, address: swapTurn(p.address) } : undefined)],
  ['an array read at a turn that is not its own',     'soft',  'E-DEPEND',  nth(0, (p) => (p._tag === 'Set' && p.name === 'sum_k' && p.value._tag === 'Op' ? { ...p, value: { _tag: 'Op', operator: 'add', args: [{ _tag: 'Get', name: 'sum_k', index: [{ _tag: 'Num', value: 0 }] }, p.value.args[1]!] } } : undefined))],
  ['a scalar assigned by independent turns',          'soft',  'E-DEPEND',  (p) => (p._tag === 'Each' && p.over._tag === 'Register' && p.body[0]!._tag === 'Guard' ? [{ ...p, body: [{ _tag: 'Set', name: 'sum_k_2', index: [], value: { _tag: 'Const', value: { num: 0n, den: 1n } } }, ...p.body] }] : undefined)],
  ['a truth value kept as a number',                  'soft',  'E-SHAPE',   (p) => (p._tag === 'Let' ? { ...p, kind: 'boolean' } : undefined)],
  ['a size that no parameter gives',                  'soft',  'E-SCOPE',   (p) => (p._tag === 'Size' ? { ...p, axis: variable('foreign') } : undefined)],
  ['a number that is no 32 bits',                     'soft',  'E-SHAPE',   (p) => (p._tag === 'Num' ? { ...p, value: -1 } : undefined)],
  ['a product of sizes as one number',                'position', 'E-BOUND', (p) => (p._tag === 'Real' ? { ...p, int: { _tag: 'Mul', left: p.int, right: p.int } } : undefined)],
  ['a tile read at the index of another axis',        'soft',  'E-EXTENT',  (p) => (p._tag === 'Tile' ? { ...p, index: [...p.index].reverse() } : undefined)],
  ['a barrier in a loop of a lane',                   'soft',  'E-BARRIER', (p) => (p._tag === 'Loop' && p.axis.name === 'tk' ? { ...p, bound: { _tag: 'Name', name: 'q_at' } } : undefined)],
  ['a name bound twice',                              'soft',  'E-SCOPE',   (p) => (p._tag === 'Let' ? [p, p] : undefined)],
  ['an array of another size',                        'soft',  'E-SHAPE',   (p) => (p._tag === 'Var' && p.dims.length === 1 ? { ...p, dims: [{ ...p.dims[0]!, capacity: 9 }] } : undefined)],
  ['a row that is not clamped',                       'rows',  'E-GUARD',   (p) => (p._tag === 'Within' && p.index === 'm_row' ? { _tag: 'At', index: 'm_row' } : undefined)],
  ['every row filled with the own of each lane',      'rows',  'E-DEPEND',  (p) => (p._tag === 'Stage' ? { ...p, value: map(p.value, (i) => (i._tag === 'Within' && i.index === 'm_row' ? { ...i, index: 'm' } : undefined)) as Expr } : undefined)],
  ['a row clamped into the number of columns',        'rows',  'E-BOUND',   (p) => (p._tag === 'Within' && p.index === 'm_row' ? { ...p, extent: { _tag: 'Name', name: 'n_extent' } } : undefined)],
  ['the first row read by every lane',                'rows',  'E-MEANING', (p) => (p._tag === 'Tile' && p.name === 'a_tile' ? { ...p, index: [{ _tag: 'Num', value: 0 }, p.index[1]!] } : undefined)],
  ['rows filled for as many lanes as columns',        'rows',  'E-BOUND',   (p) => (p._tag === 'Stage' && p.tile === 'a_tile' ? { ...p, dims: [{ ...p.dims[0]!, bound: { _tag: 'Size', axis: use('n').tile } }, p.dims[1]!] } : undefined)],
  ['a tile of rows read before it is filled',         'rows',  'E-BARRIER', drop('Barrier', 1)],
  ['loads ahead that do not divide the turns',        'rows',  'E-BOUND',   (p) => (p._tag === 'Stage' && p.ahead !== undefined ? { ...p, ahead: 2 } : undefined)],
  ['loads ahead of no turn',                          'rows',  'E-BOUND',   (p) => (p._tag === 'Stage' && p.ahead !== undefined ? { ...p, ahead: 0 } : undefined)],
  ['loads ahead where turns are not counted',         'rows',  'E-BOUND',   (p) => (p._tag === 'Stage' && p.turns === undefined ? { ...p, ahead: 1 } : undefined)],
  ['the position of a row in its block',              'position', 'E-MEANING', (p) => (p._tag === 'Real' && p.int._tag === 'Name' ? { _tag: 'Real', int: { _tag: 'Within', index: 'n', extent: { _tag: 'Name', name: 'n_extent' } } } : undefined)],
];

const plainly = (_: string, v: unknown): unknown => (typeof v === 'bigint' ? `${v}` : v);
function use(name: string): { tile: AxisVar } {
  return plain.uses.find((u) => u.name === name) as never;
}
function swapName(e: Expr, name: string, by: Int): Expr {
  return (
    JSON.parse(JSON.stringify(e), (_, v: unknown) => v) &&
    (map(e, (i) => (i._tag === 'Name' && i.name === name ? by : undefined)) as Expr)
  );
}
function swapTurn(e: Int): Int {
  return map(e, (i) => (i._tag === 'Grid' ? { _tag: 'Num', value: 1 } : undefined)) as Int;
}
function firstSize(e: Int): Int {
  return map(e, (i) => (i._tag === 'Add' && i.left._tag === 'Size' ? i.right : undefined)) as Int;
}
function map(value: unknown, f: (i: Int) => Int | undefined): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map((v) => map(v, f));
  return f(value as Int) ?? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, map(v, f)]));
}
function inLoop(p: Piece): Piece | undefined {
  if (p._tag !== 'Loop' || p.axis.name !== 'tk') return undefined;
  return {
    ...p,
    body: [
      ...p.body,
      {
        _tag: 'Store',
        array: 'out',
        address: { _tag: 'Num', value: 0 },
        value: { _tag: 'Const', value: { num: 0n, den: 1n } },
      },
    ],
  };
}

describe('validation refuses', () => {
  const kernels = Object.fromEntries(Object.entries(terms).map(([name, s]) => [name, get(lower(s))]));
  it.each(Object.keys(terms))('nothing of %s as it was lowered', (name) => {
    expect(E.isRight(validate(kernels[name]!, terms[name as keyof typeof terms].rhs))).toBe(true);
  });
  it.each(planted)('%s', (_, name, code, edit) => {
    const result = validate(edited(kernels[name]!, edit), terms[name].rhs);
    expect(E.isLeft(result) ? result.left.code : 'accepted').toBe(code);
  });

  const { inputs, uses } = kernels['plain']!;
  const stream = uses.find((u) => u._tag === 'Streamed')!;
  it.each([
    [
      'an array laid out the other way',
      { inputs: [{ ...inputs[0]!, axes: [...inputs[0]!.axes].reverse() }, inputs[1]!] },
    ],
    ['a wire too few', { inputs: inputs.slice(0, 1) }],
    [
      'one variable with two uses',
      {
        uses: [
          ...uses,
          { _tag: 'Serial', name: 'again', axis: stream._tag === 'Streamed' ? stream.head : use('m').tile },
        ],
      },
    ],
    [
      'a count that cannot be 0 in the theorem',
      { uses: uses.map((u) => (u === stream ? { ...u, count: use('m').tile } : u)) },
    ],
    [
      'head and tile exchanged',
      { uses: uses.map((u) => (u === stream && u._tag === 'Streamed' ? { ...u, head: u.tile, tile: u.head } : u)) },
    ],
    ['a tile of half an element', { uses: uses.map((u) => (u === stream ? { ...u, capacity: 1.5 } : u)) }],
  ] as readonly (readonly [string, Partial<Kernel>])[])('%s', (_, change) => {
    const result = validate({ ...kernels['plain']!, ...change }, plain.rhs);
    expect(E.isLeft(result) ? result.left.code : 'accepted').toMatch(/^E-(SHAPE|SCOPE)$/);
  });

  describe('of a grid that is counted by one number', () => {
    const { frame } = kernels['plain']!;
    const { blocks, end } = frame.folded;
    const changed = (folded: Partial<typeof frame.folded>): string => {
      const kernel = { ...kernels['plain']!, frame: { ...frame, folded: { ...frame.folded, ...folded } } };
      const result = validate(kernel, plain.rhs);
      return E.isLeft(result) ? result.left.code : 'accepted';
    };
    const two: Int = { _tag: 'Num', value: 2 };
    const nowhere: Int = { _tag: 'Num', value: 1 };
    it('two axes are counted, as they are', () => {
      expect(blocks).toHaveLength(2);
      expect(changed({})).toBe('accepted');
      expect(changed({ blocks: [...blocks], end })).toBe('accepted');
    });
    it.each<[string, string, Partial<typeof frame.folded>]>([
      ['a digit by another divisor', 'E-ADDRESS', { blocks: [{ ...blocks[0]!, divisor: two }, blocks[1]!] }],
      ['a digit without its divisor', 'E-ADDRESS', { blocks: [{ ...blocks[0]!, divisor: undefined }, blocks[1]!] }],
      [
        'a digit with a remainder that the first has not',
        'E-ADDRESS',
        { blocks: [{ ...blocks[0]!, modulus: two }, blocks[1]!] },
      ],
      ['a digit without its remainder', 'E-ADDRESS', { blocks: [blocks[0]!, { ...blocks[1]!, modulus: undefined }] }],
      ['digits exchanged', 'E-SHAPE', { blocks: [...blocks].reverse() }],
      ['a digit too few', 'E-SHAPE', { blocks: blocks.slice(0, 1) }],
      ['no end: one block alone works', 'E-BOUND', { end: nowhere }],
      ['an end past the last block', 'E-BOUND', { end: { _tag: 'Mul', left: end, right: two } }],
    ])('%s', (_, code, folded) => expect(changed(folded)).toBe(code));
  });
});
