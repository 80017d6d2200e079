// What extraction refuses, each with its reason, and the nearest thing that it accepts.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../../../src/kernel/emit/emit.js';
import { type ExtractError, extract } from '../../../../src/kernel/extract/extract.js';
import type { Library } from '../../../../src/proof/script/check.js';
import { type Edit, edit, world } from './world.js';

interface Asked {
  readonly name?: string;
  readonly target?: Target;
  readonly tiles?: Readonly<Record<string, number>>;
  readonly ragged?: 'first' | 'last';
  readonly lanes?: Readonly<Record<string, number>>;
}
const asked = (
  library: Library,
  { name = 'matmul', target = 'wgsl', tiles = {}, ragged = 'first', lanes = {} }: Asked,
) =>
  extract(library, name, target, {
    tiles: new Map(Object.entries(tiles)),
    lanes: new Map(Object.entries(lanes)),
    ragged,
  });

function refused(library: Library, a: Asked): ExtractError {
  const made = asked(library, a);
  if (E.isRight(made)) throw new Error(`extracted: ${JSON.stringify(a)}`);
  return made.left;
}
function accepted(library: Library, a: Asked): string {
  const made = asked(library, a);
  if (E.isLeft(made)) throw new Error(`refused: ${made.left._tag}`);
  return made.right.text;
}
const whole = (): Library => world('linear');
const both =
  (...edits: readonly Edit[]): Edit =>
  (text) =>
    edits.reduce((t, e) => e(t), text);
/** matmul has no proof; the final of mean is stated wrongly. */
const unproved = (): Library =>
  world('linear', edit(/proof matmul\n[^]*?\nqed\n/, ''), edit('final s / count', 'final count / s'));
/** Of matmul one law is open; of mean one is rejected, which no schedule uses. */
const lawless = (): Library =>
  world(
    'linear',
    both(
      edit(/(proof matmul.mergeable\n)[^]*?(\nqed\n)/, '$1  ?$2'),
      edit(/(proof mean.commutative\n)[^]*?(\nqed\n)/, '$1  assumption$2'),
    ),
  );

describe('no theorem, no kernel', () => {
  it('takes what is proved', () => {
    expect(accepted(whole(), {})).toContain('fn matmul');
    expect(accepted(whole(), { name: 'mean' })).toContain('fn mean');
  });
  it('refuses a stream whose theorem has no proof', () => {
    expect(refused(unproved(), {})).toEqual({ _tag: 'NotProved', name: 'matmul', status: 'open' });
  });
  it('refuses a stream whose proof is rejected', () => {
    expect(refused(unproved(), { name: 'mean' })).toEqual({ _tag: 'NotProved', name: 'mean', status: 'rejected' });
  });
  it('refuses a stream whose law of merging has a hole', () => {
    expect(refused(lawless(), {})).toEqual({ _tag: 'NotProved', name: 'matmul.mergeable', status: 'open' });
  });
  it('refuses a stream with a rejected law, though no schedule uses it', () => {
    expect(refused(lawless(), { name: 'mean' })).toEqual({
      _tag: 'NotProved',
      name: 'mean.commutative',
      status: 'rejected',
    });
  });
  it('refuses a name that is no stream, and names the nearest', () => {
    expect(refused(whole(), { name: 'matmull' })).toEqual({
      _tag: 'NoStream',
      name: 'matmull',
      candidates: expect.arrayContaining(['matmul']),
    });
    expect(refused(whole(), { name: 'sum-add' })._tag).toBe('NoStream');
  });
});

describe('tiles', () => {
  it.each([0, -1, 1.5, 1025, NaN])('refuses a tile of %s', (size) => {
    expect(refused(whole(), { tiles: { k: size } })).toEqual({ _tag: 'Tile', axis: 'k', size });
  });
  it.each([1, 3, 64])('takes a tile of %s', (size) => {
    expect(accepted(whole(), { tiles: { k: size } })).toContain(`K_TILE = ${size}u`);
  });
  it('refuses an axis that the stream does not have, and names those that it has', () => {
    expect(refused(whole(), { tiles: { q: 8 } })).toEqual({
      _tag: 'TileAxis',
      axis: 'q',
      name: 'matmul',
      axes: ['m', 'k', 'n', 'batch'],
    });
    expect(accepted(whole(), { tiles: { n: 8 } })).toContain('N_TILE = 8u');
  });
});

describe('memory', () => {
  const level = (a: Asked) => {
    const error = refused(whole(), a);
    return error._tag === 'Memory' ? error.error : error;
  };
  it('refuses tiles beyond the workgroup memory of the target; another target may have more', () => {
    const tiles = { k: 64, n: 100 };
    expect(level({ tiles })).toMatchObject({ level: 'workgroup', needed: 4 * 64 * 100, limit: 16_384 });
    expect(accepted(whole(), { tiles: { k: 40, n: 100 } })).toContain('16000 bytes of workgroup memory');
    expect(accepted(whole(), { tiles, target: 'cuda' })).toContain('25600 bytes of workgroup memory');
    expect(accepted(whole(), { tiles: { k: 1000, n: 1000 }, target: 'host' })).toContain('N_TILE = 1000');
  });
  it('refuses more lanes than a block has', () => {
    expect(level({ tiles: { m: 257 } })).toMatchObject({ level: 'lanes', needed: 257, limit: 256 });
    expect(accepted(whole(), { tiles: { m: 256 } })).toContain('@workgroup_size(256)');
    expect(accepted(whole(), { tiles: { m: 257 }, target: 'cuda' })).toContain('257');
  });
  it('refuses register tiles beyond the private memory of a lane', () => {
    const tiles = { n: 1024, k: 1 };
    expect(level({ tiles, ragged: 'last' })).toMatchObject({ level: 'private', limit: 8192 });
    expect(accepted(whole(), { tiles })).toContain('N_TILE = 1024u');
  });
});

describe('the ragged tile', () => {
  it.each(['matmul', 'mean'])('of %s, which only merges, stands first or last', (name) => {
    const [first, last] = (['first', 'last'] as const).map((ragged) => accepted(whole(), { name, ragged }));
    expect(first).toContain('the ragged one first');
    expect(last).toContain('the ragged one last');
    expect(last).not.toBe(first);
  });
});

describe('how a kernel reads', () => {
  it('one loop over tiles carries all that is independent', () => {
    const text = accepted(whole(), { name: 'mean', lanes: { n: 1 } });
    expect(text.match(/the full tiles of n/g)).toHaveLength(1);
  });
  it.each(['matmul', 'mean'])('%s binds nothing that it does not read', (name) => {
    const lines = accepted(whole(), { name }).split('\n');
    const unread = lines.flatMap((line, i) => {
      const [, indent, bound] = /^( *)(?:let|const|var) (\w+)/.exec(line) ?? [];
      if (bound === undefined || line.includes('var<')) return [];
      const end = lines.findIndex((l, j) => j > i && l.startsWith('}'.padStart(indent!.length - 1)));
      const block = lines.slice(i + 1, indent === '' || end < 0 ? undefined : end).join('\n');
      return new RegExp(`\\b${bound}\\b`).test(block) ? [] : [bound];
    });
    expect(unread).toEqual([]);
  });
});
