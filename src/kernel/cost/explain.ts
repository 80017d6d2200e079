/**
 * What in a kernel costs more than it might: facts read off its statements and its counts. Invariant: a fact is said only where the statements show it; what
 * is not looked for is listed in docs/explanation/cost.md. It knows no sizes of axes.
 */
import { memoryOf } from '../emit/memory.js';
import {
  type Expr,
  type Grouped,
  type Int,
  type Kernel,
  type Share,
  type Stmt,
  groupedUses,
  laneDims,
  lanesAlong,
  staticSize,
} from '../ir/kernel.js';
import { exprsOf, parts } from '../ir/walk.js';
import { atomsOf, countOf } from './count.js';
import { inSizes } from './form.js';
import type { Machine } from './machine.js';
import { type Polynomial, atom, constant, product, same, spelled, sum } from './polynomial.js';
import { type Residence, residenceOf } from './predict.js';

export type Fact =
  /** operations that no index of an axis is around are done in every tile of it; `many` of them in all */
  | { readonly _tag: 'Again'; readonly axis: string; readonly tile: number; readonly many: string }
  /** a multiprocessor holds one block, or none */
  | { readonly _tag: 'FewBlocks'; readonly residence: Residence; readonly device: string }
  /** lanes side by side reach elements that lie apart: by so many numbers */
  | { readonly _tag: 'Apart'; readonly array: string; readonly what: 'read' | 'written'; readonly stride: string }
  /** tiles of one shape that elements of one array are staged in */
  | { readonly _tag: 'EqualTiles'; readonly tiles: readonly string[]; readonly array: string };

export const explained = (kernel: Kernel, machine: Machine): readonly Fact[] => [
  ...again(kernel),
  ...fewBlocks(kernel, machine),
  ...apart(kernel),
  ...equalTiles(kernel),
];

/** Of the operations, those that count the tiles of an axis and not its elements. */
function again(kernel: Kernel): readonly Fact[] {
  const { operations } = countOf(kernel, { alone: false, inside: true });
  const all = inSizes(kernel, sum(...operations.values()));
  return groupedUses(kernel).flatMap((u: Grouped): readonly Fact[] => {
    // a few operations a block are no matter: those are meant that a size counts
    const isLong = (name: string): boolean => kernel.uses.some((v) => v.name === name && v._tag !== 'Grid');
    const tiles = `ceil(${u.name}/${u.capacity})`;
    const repeated = all.filter((t) => t.of.includes(tiles) && !t.of.includes(u.name) && t.of.some(isLong));
    return repeated.length === 0 ? [] : [{ _tag: 'Again', axis: u.name, tile: u.capacity, many: spelled(repeated) }];
  });
}

function fewBlocks(kernel: Kernel, machine: Machine): readonly Fact[] {
  const residence = residenceOf(kernel, machine, memoryOf(kernel));
  return residence.blocks > 1 ? [] : [{ _tag: 'FewBlocks', residence, device: machine.name }];
}

/** The index that neighbouring lanes differ in, and how far they then lie apart in it. */
interface Fastest {
  readonly index: string;
  readonly step: number;
}

/** An address as a polynomial in sizes and indices; in the blocks that are not the first of their axis. */
function addressOf(e: Int, kernel: Kernel, ints: ReadonlyMap<string, Int>): Polynomial {
  const of = (x: Int): Polynomial => addressOf(x, kernel, ints);
  switch (e._tag) {
    case 'Num':
      return constant(e.value);
    case 'Size': {
      const fixed = staticSize(kernel.uses, e.axis);
      return fixed === undefined ? atom(atomsOf(kernel).get(e.axis)!) : constant(fixed);
    }
    case 'Name':
      return of(ints.get(e.name)!);
    case 'At':
    case 'Slot':
    case 'Within':
      return atom(`index ${e.index}`);
    case 'Add':
      return sum(of(e.left), of(e.right));
    case 'Mul':
      return product(of(e.left), of(e.right));
    case 'Grid':
    case 'Turn':
      return atom(`block of ${e.use}`);
    case 'Block':
      return of(e.other);
  }
}

/** How far the address moves where an index moves by one. */
const strideOf = (address: Polynomial, index: string): Polynomial =>
  address
    .filter((t) => t.of.includes(`index ${index}`))
    .map((t) => ({ times: t.times, of: t.of.filter((name) => name !== `index ${index}`) }));

function apart(kernel: Kernel): readonly Fact[] {
  const found = new Map<string, Fact>();
  const ints = new Map<string, Int>();
  const last = laneDims(kernel).at(-1);
  if (!last || lanesAlong(last) === 1) return [];
  const note = (array: string, what: 'read' | 'written', address: Int, fastest: Fastest | undefined): void => {
    if (!fastest) return;
    const stride = product(constant(fastest.step), strideOf(addressOf(address, kernel, ints), fastest.index));
    if (stride.length === 0 || same(stride, constant(1))) return;
    const text = spelled(inSizes(kernel, stride));
    found.set(`${array} ${what} ${text}`, { _tag: 'Apart', array, what, stride: text });
  };
  const loads = (e: Expr, fastest: Fastest | undefined): void => {
    for (const part of parts(e)) if (part._tag === 'Load') note(part.array, 'read', part.address, fastest);
  };
  const block = (body: readonly Stmt[], fastest: Fastest | undefined): void => {
    for (const s of body) {
      if (s._tag === 'Int') ints.set(s.name, s.value);
      const filled = s._tag === 'Stage' ? { index: s.dims.at(-1)!.index, step: 1 } : undefined;
      exprsOf(s).forEach((e) => loads(e, filled ?? fastest));
      if (s._tag === 'Store') note(s.array, 'written', s.address, fastest);
      if ('body' in s) block(s.body, s._tag === 'Each' ? (shared(s.share, s.index, last.name) ?? fastest) : fastest);
    }
  };
  block(kernel.body, last._tag === 'Grouped' && last.as === 'lane' ? { index: last.name, step: 1 } : undefined);
  return [...found.values()];
}
/** Lanes that share a walk: neighbours take elements side by side; runs of several elements fill what memory moves at once. */
const shared = (share: Share | undefined, index: string, last: string): Fastest | undefined =>
  share?.lanes.at(-1) === last ? { index, step: 1 } : undefined;

function equalTiles(kernel: Kernel): readonly Fact[] {
  const of = new Map<string, { readonly array: string; readonly tiles: Set<string> }>();
  const visit = (body: readonly Stmt[]): void => {
    for (const s of body) {
      if ('body' in s) visit(s.body);
      if (s._tag !== 'Stage' || s.value._tag !== 'Load') continue;
      const shape = kernel.tiles.find((t) => t.name === s.tile)!.dims.map((d) => `${d.use} ${d.capacity}`);
      const key = `${s.value.array}: ${shape.join()}`;
      const known = of.get(key) ?? { array: s.value.array, tiles: new Set() };
      of.set(key, known);
      known.tiles.add(s.tile);
    }
  };
  visit(kernel.body);
  return [...of.values()].flatMap(({ array, tiles }): readonly Fact[] =>
    tiles.size > 1 ? [{ _tag: 'EqualTiles', array, tiles: [...tiles] }] : [],
  );
}
