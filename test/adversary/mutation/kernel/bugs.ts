// The bugs that are seeded: each row answers, for one piece of an IR, with the wrong pieces that a lowering could have made instead. Invariant: a row
// changes one thing, and none is meant to compute the same; where one happens to, seeded.ts finds out by running it.
import type { Arithmetic, Expr, Int } from '../../../../src/kernel/ir/kernel.js';
import type { Piece, Scope, Site } from './site.js';

type Answer = readonly (Piece | readonly Piece[])[];
export interface Bug {
  readonly name: string;
  readonly wrong: (piece: Piece, scope: Scope, site: Site) => Answer;
}

const num = (value: number): Int => ({ _tag: 'Num', value });
const plus = (left: Int, right: Int): Int => ({ _tag: 'Add', left, right });
const constant = (n: bigint): Expr => ({ _tag: 'Const', value: { num: n, den: 1n } });
const others = <A>(all: readonly A[], not: A): readonly A[] => all.filter((x) => x !== not);

const inAddress = ({ around }: Scope): boolean =>
  around.some((p) => p._tag === 'Load' || p._tag === 'Store' || p._tag === 'Int');
const inBound = ({ around }: Scope): boolean =>
  ['Loop', 'Each', 'Stage', 'Put', 'Guard'].includes(around[0]?._tag ?? '');
const op = (p: Piece, ...names: readonly Arithmetic[]): (Expr & { readonly _tag: 'Op' }) | undefined =>
  p._tag === 'Op' && names.includes(p.operator) ? p : undefined;
const sizes = ({ kernel }: Scope): readonly Int[] =>
  kernel.uses.flatMap((u) =>
    ('capacity' in u
      ? [u.count, u.tile, u._tag === 'Grouped' ? u.rest : (u.head ?? u.count)]
      : u._tag === 'Lanes'
        ? [u.rest, u.axis]
        : [u.axis]
    ).map((axis): Int => ({
      _tag: 'Size',
      axis,
    })),
  );
const OTHER: Partial<Record<Arithmetic, readonly Arithmetic[]>> = {
  add: ['sub', 'mul', 'max'],
  sub: ['add'],
  mul: ['add', 'div'],
  div: ['mul', 'sub'],
  max: ['min', 'add'],
  min: ['max'],
  exp: ['log', 'neg'],
  log: ['exp', 'sqrt'],
  sqrt: ['exp', 'recip'],
  neg: ['exp'],
  recip: ['neg', 'sqrt'],
  and: ['or'],
  or: ['and'],
};
/** A product of the accumulator with a factor: what rescales it. */
const isGet = (e: Expr | undefined): boolean => e?._tag === 'Get';

// prettier-ignore
export const BUGS: readonly Bug[] = [
  // ---- indices and addresses
  { name: 'an index is 0',                            wrong: (p, s) => (p._tag === 'At' && inAddress(s) ? [num(0)] : []) },
  { name: 'an index is off by one',                   wrong: (p, s) => (p._tag === 'At' && inAddress(s) ? [plus(p, num(1))] : []) },
  { name: 'another index in an address',              wrong: (p, s) => (p._tag === 'At' && inAddress(s) ? others(s.indices, p.index).map((index): Int => ({ _tag: 'At', index })) : []) },
  { name: 'another integer in an address',            wrong: (p, s) => (p._tag === 'Name' && inAddress(s) ? [num(0), ...others(s.ints, p.name).map((name): Int => ({ _tag: 'Name', name }))] : []) },
  { name: 'an offset is left out',                    wrong: (p, s) => (p._tag === 'Add' && inAddress(s) ? [p.left, p.right] : []) },
  { name: 'an offset too many',                       wrong: (p, s) => (p._tag === 'Load' || p._tag === 'Store' ? [{ ...p, address: plus(p.address, num(1)) }, ...sizes(s).map((z) => ({ ...p, address: plus(p.address, z) }))] : []) },
  { name: 'a stride is left out',                     wrong: (p, s) => (p._tag === 'Mul' && inAddress(s) ? [p.left, p.right] : []) },
  { name: 'a stride is off by one',                   wrong: (p, s) => (p._tag === 'Mul' && inAddress(s) ? [{ ...p, right: plus(p.right, num(1)) }] : []) },
  { name: 'the size of another axis',                 wrong: (p, s) => (p._tag === 'Size' && !inBound(s) ? sizes(s).filter((z) => z._tag === 'Size' && z.axis !== p.axis) : []) },
  { name: 'a size is taken as a number',              wrong: (p, s) => (p._tag === 'Size' && !inBound(s) ? [num(4)] : []) },
  { name: 'rows and columns exchanged in an address', wrong: (p, s) => (p._tag === 'Add' && p.left._tag === 'Mul' && inAddress(s) ? [plus({ ...p.left, left: p.right }, p.left.left)] : []) },
  { name: 'another array is read',                    wrong: (p, s) => (p._tag === 'Load' ? s.kernel.inputs.filter((a) => a.name !== p.array).map((a) => ({ ...p, array: a.name })) : []) },
  { name: 'an output is read',                        wrong: (p, s) => (p._tag === 'Load' ? [{ ...p, array: s.kernel.outputs[0]!.name }] : []) },
  // ---- blocks, extents and tails
  { name: 'an index is not clamped',                  wrong: (p) => (p._tag === 'Within' ? [{ _tag: 'At', index: p.index }] : []) },
  { name: 'clamped into the full tile',               wrong: (p, s) => (p._tag === 'Within' ? [...sizes(s), ...s.ints.map((name): Int => ({ _tag: 'Name', name })).filter((n) => JSON.stringify(n) !== JSON.stringify(p.extent)), plus(p.extent, num(1))].map((extent) => ({ ...p, extent })) : []) },
  { name: 'one more or fewer of a block',             wrong: (p) => (p._tag === 'Block' ? [{ ...p, first: plus(p.first, num(1)) }, { ...p, other: plus(p.other, num(1)) }] : []) },
  { name: 'block 0 counts as full, or every block as block 0', wrong: (p) => (p._tag === 'Block' ? [p.first, { ...p, first: p.other }, { ...p, first: p.other, other: p.first }] : []) },
  { name: 'another axis decides whether this is block 0', wrong: (p, s) => (p._tag === 'Block' ? s.kernel.uses.filter((u) => u._tag === 'Grouped' && u.name !== p.use).map((u) => ({ ...p, use: u.name })) : []) },
  { name: 'a block number is off by one',             wrong: (p) => (p._tag === 'Turn' || p._tag === 'Grid' ? [plus(p, num(1)), num(0)] : []) },
  { name: 'the block number of another axis',         wrong: (p, s) => (p._tag === 'Turn' || p._tag === 'Grid' ? s.kernel.uses.filter((u) => u.name !== p.use).flatMap((u): Int[] => [{ _tag: 'Turn', use: u.name }, { _tag: 'Grid', use: u.name }]) : []) },
  { name: 'a missing tail guard',                     wrong: (p) => (p._tag === 'Guard' ? [p.body] : []) },
  { name: 'a guard of another index',                 wrong: (p, s) => (p._tag === 'Guard' ? others(s.indices, p.index).map((index) => ({ ...p, index })) : []) },
  { name: 'a guard with another extent',              wrong: (p, s) => (p._tag === 'Guard' ? [plus(p.extent, num(1)), ...sizes(s)].map((extent) => ({ ...p, extent })) : []) },
  // ---- loops
  { name: 'a loop has one turn more',                 wrong: (p) => (p._tag === 'Loop' || p._tag === 'Each' ? [{ ...p, bound: plus(p.bound, num(1)) }] : []) },
  { name: 'a loop has the bound of another',          wrong: (p, s) => (p._tag === 'Loop' || p._tag === 'Each' ? sizes(s).filter((z) => JSON.stringify(z) !== JSON.stringify(p.bound) && (p.bound._tag !== 'Size' || z._tag !== 'Size' || z.axis !== p.bound.axis)).map((bound) => ({ ...p, bound })) : []) },
  { name: 'a loop runs to a fixed number',            wrong: (p) => (p._tag === 'Loop' || p._tag === 'Each' ? [{ ...p, bound: num(3) }] : []) },
  { name: 'a loop is left out',                       wrong: (p) => (p._tag === 'Loop' || p._tag === 'Each' ? [[]] : []) },
  { name: 'a loop runs twice',                        wrong: (p) => (p._tag === 'Loop' ? [[p, p]] : []) },
  { name: 'a loop runs once',                         wrong: (p) => (p._tag === 'Loop' ? [p.body] : []) },
  { name: 'a loop does not carry a variable',         wrong: (p) => (p._tag === 'Loop' ? p.carries.map((c) => ({ ...p, carries: p.carries.filter((x) => x !== c) })) : []) },
  { name: 'independent turns where order matters',    wrong: (p) => (p._tag === 'Loop' ? [{ _tag: 'Each', index: p.index, over: { _tag: 'Axis', axis: p.axis }, bound: p.bound, body: p.body, note: '' }] : []) },
  // ---- state
  { name: 'a wrong neutral value',                    wrong: (p, s) => (p._tag === 'Const' ? [constant(p.value.num === 0n ? 1n : 0n), constant(p.value.num - 1n), ...(s.around[0]?._tag === 'Var' ? [constant(7n)] : [])] : []) },
  { name: 'a state starts elsewhere',                 wrong: (p) => (p._tag === 'Var' && p.init && p.init._tag !== 'Const' && p.kind === 'real' ? [{ ...p, init: constant(0n) }] : []) },
  { name: 'a state that is not set',                  wrong: (p) => (p._tag === 'Set' ? [[]] : []) },
  { name: 'a state that is set twice',                wrong: (p) => (p._tag === 'Set' ? [[p, p]] : []) },
  { name: 'a stale accumulator',                      wrong: (p) => (p._tag === 'Set' && p.value._tag === 'Op' ? p.value.args.filter((a) => a !== p.value).map((value) => ({ ...p, value })) : []) },
  { name: 'a state that restarts in every turn',      wrong: (p, s) => (p._tag === 'Set' && s.around.some((q) => q._tag === 'Loop') && p.value._tag === 'Op' ? p.value.args.flatMap((a, i) => (isGet(a) ? [{ ...p, value: { ...p.value, args: (p.value as { args: readonly Expr[] }).args.map((b, j) => (i === j ? constant(0n) : b)) } as Expr }] : [])) : []) },
  { name: 'another variable is set',                  wrong: (p, s) => (p._tag === 'Set' ? s.variables.filter((v) => v.name !== p.name && v.dims.length === p.index.length).map((v) => ({ ...p, name: v.name })) : []) },
  { name: 'an element is set at another index',       wrong: (p, s) => (p._tag === 'Set' ? p.index.flatMap((_, i) => [num(0), ...s.indices.map((index): Int => ({ _tag: 'At', index }))].filter((e) => JSON.stringify(e) !== JSON.stringify(p.index[i])).map((e) => ({ ...p, index: p.index.map((o, j) => (i === j ? e : o)) }))) : []) },
  // ---- values
  { name: 'a missing rescale',                        wrong: (p) => { const e = op(p, 'mul'); return e && e.args.some(isGet) ? e.args : []; } },
  { name: 'a missing operation',                      wrong: (p) => { const e = op(p, 'add', 'sub', 'div', 'max', 'min', 'exp', 'log', 'sqrt', 'neg', 'recip'); return e ? e.args : []; } },
  { name: 'another operation',                        wrong: (p) => (p._tag === 'Op' ? (OTHER[p.operator] ?? []).map((operator) => ({ ...p, operator })) : []) },
  { name: 'swapped operands',                         wrong: (p) => { const e = op(p, 'sub', 'div', 'lt'); return e ? [{ ...e, args: [...e.args].reverse() }] : []; } },
  { name: 'swapped branches',                         wrong: (p) => (p._tag === 'Select' ? [{ ...p, yes: p.no, no: p.yes }, p.yes, p.no] : []) },
  { name: 'the wrong arity',                          wrong: (p) => (p._tag === 'Op' && p.args.length > 0 ? [{ ...p, args: p.args.slice(1) }, { ...p, args: [...p.args, p.args[0]!] }] : []) },
  { name: 'another variable is read',                 wrong: (p, s) => (p._tag === 'Get' ? s.variables.filter((v) => v.name !== p.name && v.dims.length === p.index.length).map((v) => ({ ...p, name: v.name })) : []) },
  { name: 'an element is read at another index',      wrong: (p, s) => (p._tag === 'Get' || p._tag === 'Tile' ? p.index.flatMap((_, i) => [num(0), num(1), ...s.indices.map((index): Int => ({ _tag: 'At', index }))].filter((e) => JSON.stringify(e) !== JSON.stringify(p.index[i])).map((e) => ({ ...p, index: p.index.map((o, j) => (i === j ? e : o)) }))) : []) },
  { name: 'a size counts less',                       wrong: (p, s) => (p._tag === 'Real' ? [...sizes(s).filter((z) => z._tag === 'Size' && !(p.int._tag === 'Size' && p.int.axis === z.axis)), plus(p.int, num(1))].map((int) => ({ ...p, int })) : []) },
  { name: 'a value of another kind',                  wrong: (p) => (p._tag === 'Let' || p._tag === 'Var' ? [{ ...p, kind: p.kind === 'real' ? 'boolean' : 'real' }] : []) },
  // ---- memory levels
  { name: 'the wrong level',                          wrong: (p, s) => (p._tag === 'Tile' ? [{ _tag: 'Get', name: p.name, index: p.index }] : p._tag === 'Get' ? [...s.kernel.tiles.map((t): Expr => ({ _tag: 'Tile', name: t.name, index: p.index })), { _tag: 'Tile', name: p.name, index: p.index }] : []) },
  { name: 'another tile',                             wrong: (p, s) => (p._tag === 'Tile' ? s.kernel.tiles.filter((t) => t.name !== p.name).map((t) => ({ ...p, name: t.name })) : p._tag === 'Stage' ? s.kernel.tiles.filter((t) => t.name !== p.tile).map((t) => ({ ...p, tile: t.name })) : []) },
  { name: 'a private array of another size',          wrong: (p) => (p._tag === 'Var' && p.dims.length > 0 ? [{ ...p, dims: p.dims.map((d) => ({ ...d, capacity: d.capacity - 1 })) }, { ...p, dims: [] }, { ...p, dims: p.dims.slice(1) }] : []) },
  { name: 'a private array over another axis',        wrong: (p, s) => (p._tag === 'Var' && p.dims.length > 0 ? s.kernel.uses.flatMap((u) => ('capacity' in u && u.name !== p.dims[0]!.use ? [{ ...p, dims: [{ use: u.name, capacity: u.capacity }, ...p.dims.slice(1)] }] : [])) : []) },
  { name: 'a variable that is not declared',          wrong: (p) => (p._tag === 'Var' || p._tag === 'Let' || p._tag === 'Int' ? [[]] : []) },
  // ---- tiles in workgroup memory
  { name: 'a missing barrier',                        wrong: (p) => (p._tag === 'Barrier' ? [[]] : []) },
  { name: 'a tile that is not filled',                wrong: (p) => (p._tag === 'Stage' ? [[]] : []) },
  { name: 'a tile is filled in part',                 wrong: (p, s) => (p._tag === 'Stage' ? [num(1), ...p.dims.map((d) => d.bound), ...sizes(s)].filter((b) => JSON.stringify(b) !== JSON.stringify(p.bound) && !(b._tag === 'Size' && p.bound._tag === 'Size' && b.axis === p.bound.axis)).map((bound) => ({ ...p, bound })) : []) },
  { name: 'lanes step wrongly through a tile',        wrong: (p) => (p._tag === 'Stage' ? [{ ...p, step: p.step + 1 }, { ...p, step: 1 }].filter((q) => q.step !== p.step) : []) },
  { name: 'a wrong place in a tile',                  wrong: (p) => (p._tag === 'Stage' ? p.dims.flatMap((d, i) => [...(d.divisor ? [{ ...d, divisor: undefined }, { ...d, divisor: plus(d.divisor, num(1)) }] : []), ...(d.modulus ? [{ ...d, modulus: undefined }, { ...d, modulus: plus(d.modulus, num(1)) }] : [{ ...d, modulus: d.bound }]), { ...d, bound: plus(d.bound, num(1)) }].map((e) => ({ ...p, dims: p.dims.map((o, j) => (i === j ? e : o)) }))) : []) },
  { name: 'rows and columns of a tile exchanged',     wrong: (p) => (p._tag === 'Stage' && p.dims.length > 1 ? [{ ...p, dims: [...p.dims].reverse() }] : []) },
  { name: 'a tile is filled under a guard',           wrong: (p, s) => ((p._tag === 'Stage' || p._tag === 'Barrier') && s.indices.length > 0 ? [{ _tag: 'Guard', index: s.indices[0]!, extent: { _tag: 'Name', name: `${s.indices[0]!}_extent` }, body: [p] }] : []) },
  { name: 'a tile of what a lane has for itself',     wrong: (p, s) => (p._tag === 'Stage' && s.indices.length > 0 ? [{ ...p, value: { _tag: 'Op', operator: 'mul', args: [p.value, { _tag: 'Real', int: { _tag: 'Name', name: s.ints.find((n) => n.endsWith('_at')) ?? 'none' } }] } }] : []) },
  // ---- stores
  { name: 'a store that is gone',                     wrong: (p) => (p._tag === 'Store' ? [[]] : []) },
  { name: 'a store too many',                         wrong: (p) => (p._tag === 'Store' ? [[p, p]] : []) },
  { name: 'another value is stored',                  wrong: (p) => (p._tag === 'Store' ? [{ ...p, value: constant(0n) }, { ...p, value: { _tag: 'Op', operator: 'neg', args: [p.value] } }] : []) },
  { name: 'stored into an input',                     wrong: (p, s) => (p._tag === 'Store' ? s.kernel.inputs.map((a) => ({ ...p, array: a.name })) : []) },
];
