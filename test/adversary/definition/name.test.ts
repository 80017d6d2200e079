// What a name means to extraction, what is refused and why, and that both checkers agree on the theorem of a definition.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { launch } from '../../../src/run/launch/device.js';
import { certificates } from '../../../src/proof/certificate/certificate.js';
import { type ExtractError, extract, scheduleOf } from '../../../src/kernel/extract/extract.js';
import { program } from '../../../src/kernel/extract/program.js';
import { sizesOf } from '../../../src/kernel/extract/shapes.js';
import { replay } from '../../../src/replay/replay.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { get } from '../../support/ir/dsl.js';
import { library, libraryOf, names, statements } from './library.js';

const options = { tiles: new Map<string, number>(), ragged: 'first' } as const;
function refused(name: string, from = library(), more: object = {}): ExtractError {
  const made = extract(from, name, 'wgsl', { ...options, ...more });
  if (E.isRight(made)) throw new Error(`extracted: ${name}`);
  return made.left;
}
const text = (name: string, from = library()): string => get(extract(from, name, 'wgsl', options)).text;

describe('names', () => {
  it('means a definition by def:NAME, or by its name alone where no theorem has it', () => {
    expect(text('def:mat-product')).toBe(text('mat-product'));
    expect(get(extract(library(), 'mat-product', 'wgsl', options)).name).toBe('def:mat-product');
  });
  it('an ordinary theorem is neither, though a definition could have its name', () => {
    expect(refused('sum-add')._tag).toBe('NoStream');
    const both = libraryOf(
      'def sum-twice [n] (x : R[n]) : R := fold n (s = 0) (s + 2 * x[n])\ntheorem sum-twice (x : R) : x = x\n',
    );
    expect(refused('sum-twice', both)._tag).toBe('NoStream');
    expect(text('def:sum-twice', both)).toContain('computes the definition sum-twice');
  });
  it('an unknown name is refused with the nearest, of definitions too', () => {
    expect(refused('def:mat-produkt')).toMatchObject({ _tag: 'NoStream', candidates: ['mat-product'] });
    expect(refused('mat-produkt')).toMatchObject({ _tag: 'NoStream', candidates: ['mat-product'] });
  });
  it('two files that define a name alike mean one thing, otherwise none', () => {
    const file = (path: string, body: string): { readonly path: string; readonly text: string } => ({
      path: `theorems/${path}.weft`,
      text: `def twice (x : R) : R := ${body}\n`,
    });
    expect(refused('def:twice', checkLibrary([file('a', 'x + x'), file('b', '2 * x')], []))._tag).toBe(
      'TwoDefinitions',
    );
    expect(text('def:twice', checkLibrary([file('a', 'x + x')], []))).toContain('twice');
  });
  it('a definition over objects or diagrams is refused; its instance is not', () => {
    expect(refused('def:of-objects')._tag).toBe('NoArrays');
    const instance = libraryOf(
      'def of-objects {A, f : A -> A} := f ; f\ndef instance (x : R) : R := { of-objects{exp} }(x)\n',
    );
    expect(text('def:instance', instance)).toContain('exp');
  });
});

describe('options', () => {
  it('lanes that hold several elements, and whole tiles, are for streams', () => {
    expect(refused('def:mat-product', library(), { perLane: new Map([['m', 2]]) })).toMatchObject({
      _tag: 'PerLane',
      axis: 'm',
    });
    expect(refused('def:mat-product', library(), { whole: new Set(['k']) })).toMatchObject({
      _tag: 'Whole',
      axis: 'k',
    });
  });
  it('a tile is for an axis that there is', () => {
    expect(refused('def:mat-product', library(), { tiles: new Map([['z', 2]]) })._tag).toBe('Schedule');
    expect(E.isRight(extract(library(), 'def:mat-product', 'wgsl', { ...options, tiles: new Map([['n', 2]]) }))).toBe(
      true,
    );
  });
});

describe('sizes', () => {
  it('what a lane holds an array of has a most', () => {
    const kernel = get(extract(library(), 'def:recurrent', 'host', { ...options, tiles: new Map([['d', 4]]) }));
    expect(program(kernel.emitted, { t: 3, d: 5, batch: 1 })).toMatchObject(
      E.left({ _tag: 'SizeHeld', axis: 'd', size: 5, most: 4 }),
    );
    expect(E.isRight(program(kernel.emitted, { t: 3, d: 4, batch: 1 }))).toBe(true);
  });
  const shapes = (name: string, arrays: Record<string, readonly number[]>, given: Record<string, number> = {}) =>
    sizesOf(get(extract(library(), `def:${name}`, 'host', options)).info.wires, arrays, given);
  it('parts of an axis are solved for where one is unknown', () => {
    expect(get(shapes('halves', { x: [3, 8] })).axes).toMatchObject({ m: 3, n: 4 });
    expect(shapes('halves', { x: [3, 7] })).toMatchObject(E.left({ _tag: 'SizeNone', wire: 'x', found: 7 }));
    const two = libraryOf('def ends [a, b] (x : R[a+b]) : R[a] := let (u, v) = split[a, b] x in u\n');
    const { wires } = get(extract(two, 'def:ends', 'host', options)).info;
    expect(sizesOf(wires, { x: [7] })).toMatchObject(E.left({ _tag: 'SizeOpen', axis: 'a' }));
    expect(get(sizesOf(wires, { x: [7] }, { a: 3 })).axes).toMatchObject({ a: 3, b: 4 });
    expect(sizesOf(wires, { x: [7] }, { a: 7 })).toMatchObject(E.left({ _tag: 'SizeNone' }));
  });
});

describe('truth values', () => {
  const run = (p: readonly number[]) => {
    const kernel = get(extract(library(), 'def:kept-where', 'host', options));
    const array = (data: readonly number[]) => ({ shape: [data.length], data: Float32Array.from(data) });
    return launch(kernel, { x: array([5, 6, 7]), p: array(p) });
  };
  it('are 0 and 1', async () => {
    expect([...get(await run([1, 0, 1])).outputs[0]!.data]).toEqual([5, 0, 7]);
    expect(await run([1, 0, 2])).toMatchObject(E.left({ _tag: 'NotTruth', wire: 'p', index: 2, value: 2 }));
  });
});

describe('headers', () => {
  it.each([
    ['shifted', 'a map, without loops'],
    ['mat-product', 'its loops run in order, over k'],
    ['recurrent', 'its loops run in order, over t, d'],
  ])('of %s say %s, and that nothing streams', (name, words) => {
    expect(text(`def:${name}`)).toContain(words);
    expect(text(`def:${name}`)).toContain('Nothing says that it streams');
  });
});

describe('the second checker', () => {
  const verdict = (certificate: string, files = statements()) =>
    replay([{ path: 'a.cert', text: certificate }], files)[0]!;
  const schedule = (name: string): string =>
    get(certificates(library()).schedule(get(scheduleOf(library(), `def:${name}`, options)))).text;
  it.each(names())('replays the schedule of %s', (name) => {
    expect(verdict(schedule(name))).toMatchObject({
      status: 'proved',
      kind: 'schedule',
      name: `def:${name}`,
      axioms: [],
    });
  });
  it('refuses it under the name of another definition, of a stream, or where two files define it', () => {
    const right = schedule('shifted');
    expect(verdict(right.replace('"def:shifted"', '"def:transposed"'))).toMatchObject({ status: 'rejected' });
    expect(verdict(right.replace('"def:shifted"', '"shifted"'))).toMatchObject({
      status: 'rejected',
      reason: expect.stringContaining('no stream') as unknown,
    });
    const twice = [...statements(), { path: 'theorems/other.weft', text: 'def shifted (x : R) : R := x\n' }];
    expect(verdict(right, twice)).toMatchObject({
      status: 'rejected',
      reason: expect.stringContaining('no one definition') as unknown,
    });
  });
  it('refuses the schedule of a definition whose text has changed', () => {
    const changed = statements().map((f) => ({ ...f, text: f.text.replace('x[m, n] + b[n]', 'x[m, n] - b[n]') }));
    expect(verdict(schedule('shifted'), changed)).toMatchObject({
      status: 'rejected',
      reason: expect.stringContaining('left side') as unknown,
    });
  });
});
