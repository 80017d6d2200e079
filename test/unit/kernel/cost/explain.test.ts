// What is explained of a kernel: each fact where it holds, with a twin where it does not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { explainedLine } from '../../../../src/diagnostic/cost.js';
import { type Fact, explained } from '../../../../src/kernel/cost/explain.js';
import { type Machine, machineFrom } from '../../../../src/kernel/cost/machine.js';
import type { Kernel, Stmt } from '../../../../src/kernel/ir/kernel.js';
import * as C from '../../../support/ir/cases.js';
import { get } from '../../../support/ir/dsl.js';
import { validated } from '../../../support/ir/run.js';
import { root } from '../../../support/tree.js';

const file = (name: string): unknown =>
  JSON.parse(readFileSync(join(root, 'docs/reference/devices', `${name}.json`), 'utf8'));
const machine = get(machineFrom(file('h200')));
const kernelOf = (s: Parameters<typeof validated>[0]): Kernel => validated(s).kernel;
const facts = <T extends Fact['_tag']>(tag: T, kernel: Kernel, m: Machine = machine): readonly Fact[] =>
  explained(kernel, m).filter((f) => f._tag === tag);
const TILE = { rows: 8, stream: 3, columns: 4 };

describe('a value computed again', () => {
  it('is what every tile of the columns computes alike: the scores of a row', () => {
    const [fact, ...others] = facts('Again', kernelOf(C.weighted(TILE)));
    expect(others).toEqual([]);
    expect(fact).toMatchObject({ axis: 'e', tile: 4, many: expect.stringContaining('2 ceil(e/4) d k q') as string });
    expect(explainedLine(fact!)).toContain('though it does not depend on e');
  });
  it('is none of a product, where every operation is of one element', () => {
    expect(facts('Again', kernelOf(C.contraction(TILE)))).toEqual([]);
  });
});

describe('lanes that reach elements apart', () => {
  const kernel = kernelOf(C.contraction({ ...TILE, rowTile: true }));
  it('are named with their distance: each lane writes a row', () => {
    expect(facts('Apart', kernel)).toEqual([{ _tag: 'Apart', array: 'out', what: 'written', stride: 'n' }]);
  });
  it('are none where they fill a tile together, or share the columns', () => {
    const shared = C.contraction({ rows: 4, stream: 4, columns: 8, columnShare: { perLane: 2, wide: 1 } });
    expect(facts('Apart', kernelOf(shared))).toEqual([]);
  });
  it('read a row each where rows have no tile', () => {
    expect(facts('Apart', kernelOf(C.contraction(TILE)))).toContainEqual({ _tag: 'Apart', array: 'a', what: 'read', stride: 'k' }); // prettier-ignore
  });
});

describe('tiles of one shape', () => {
  const kernel = kernelOf(C.contraction({ ...TILE, rowTile: true }));
  it('are named where one array is staged in both', () => {
    expect(facts('EqualTiles', kernel)).toEqual([]);
    const other = (s: Stmt, seen: { n: number }): Stmt =>
      s._tag === 'Stage' && s.tile === kernel.tiles[0]!.name && seen.n++ > 0 ? { ...s, tile: 'another' } : 'body' in s ? { ...s, body: s.body.map((t) => other(t, seen)) } : s; // prettier-ignore
    const seen = { n: 0 };
    const twice: Kernel = {
      ...kernel,
      tiles: [...kernel.tiles, { ...kernel.tiles[0]!, name: 'another' }],
      body: kernel.body.map((s) => other(s, seen)),
    };
    expect(facts('EqualTiles', twice)).toEqual([
      { _tag: 'EqualTiles', array: 'a', tiles: [kernel.tiles[0]!.name, 'another'] },
    ]);
  });
});

describe('one block a multiprocessor', () => {
  const kernel = kernelOf(C.contraction({ ...TILE, rowTile: true }));
  it('is said with what limits it, and not where more fit', () => {
    expect(facts('FewBlocks', kernel)).toEqual([]);
    const small = {
      ...machine,
      reservedBytes: 0,
      perMultiprocessor: { ...machine.perMultiprocessor, workgroupBytes: 300 },
    };
    const [fact] = facts('FewBlocks', kernel, small);
    expect(fact).toMatchObject({ residence: { blocks: 1, by: 'workgroup memory' } });
    expect(explainedLine(fact!)).toContain('holds one block, limited by workgroup memory');
  });
});

describe('a file of a device', () => {
  it.each(['h200', 'generic'])('%s is a model', (name) => {
    expect(get(machineFrom(file(name)))).toMatchObject({ name });
  });
  it('is refused with the path of what is wrong', () => {
    const model = file('h200') as Record<string, unknown>;
    expect(machineFrom({ ...model, flops: 0 })).toEqual(E.left('flops'));
    expect(machineFrom({ ...model, perMultiprocessor: { registers: '1' } })).toEqual(
      E.left('perMultiprocessor.registers'),
    );
    expect(machineFrom({ ...model, bandwidth: undefined })).toEqual(E.left('bandwidth'));
  });
});
