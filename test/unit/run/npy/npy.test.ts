// The .npy codec: round trips, files as NumPy writes them, and every way in which a file can be wrong beside its accepted twin.
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeNpy,
  encodeNpy,
  firstNaN,
  firstNonFinite,
  npyPieces,
  readNpy,
  type NpyArray,
} from '../../../../src/run/npy/npy.js';

const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 4 });
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

const arrays: fc.Arbitrary<NpyArray> = shapes.chain((shape) => {
  const n = { minLength: sizeOf(shape), maxLength: sizeOf(shape) };
  return fc.oneof(
    fc.float32Array(n).map((data): NpyArray => ({ dtype: 'f4', shape, data })),
    fc.float64Array(n).map((data): NpyArray => ({ dtype: 'f8', shape, data })),
  );
});

type Spec = { version?: [number, number]; header?: string; data?: Uint8Array };

/** A file with exactly this header, as another writer might make it. */
const file = ({ version = [1, 0], header, data = new Uint8Array(24) }: Spec): Uint8Array => {
  const text = new TextEncoder().encode(header ?? `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n`);
  const length = version[0] === 1 ? new Uint8Array(2) : new Uint8Array(4);
  new DataView(length.buffer)[version[0] === 1 ? 'setUint16' : 'setUint32'](0, text.length, true);
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), ...version, ...length, ...text, ...data]);
};

const tag = (bytes: Uint8Array): string => {
  const result = decodeNpy(bytes);
  return E.isLeft(result) ? result.left._tag : 'accepted';
};

const dict = (descr: string, order: string, shape: string) =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

describe('round trip', () => {
  it('decodes what it encodes, bit for bit', () => {
    fc.assert(fc.property(arrays, (array) => void expect(decodeNpy(encodeNpy(array))).toEqual(E.right(array))));
  });

  it('starts the data at a multiple of 64 bytes', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const bytes = encodeNpy(array);
        expect((bytes.length - array.data.byteLength) % 64).toBe(0);
      }),
    );
  });

  it('reads an array that does not start its memory', () => {
    const array: NpyArray = { dtype: 'f8', shape: [3], data: Float64Array.of(1, -2, 0.1) };
    const shifted = Uint8Array.from([0, 0, 0, ...encodeNpy(array)]).subarray(3);
    expect(decodeNpy(shifted)).toEqual(E.right(array));
  });

  it('uses version 2 where the header is too long for version 1', () => {
    const array: NpyArray = { dtype: 'f4', shape: Array.from({ length: 25_000 }, () => 1), data: Float32Array.of(4) };
    const bytes = encodeNpy(array);
    expect(bytes[6]).toBe(2);
    expect(decodeNpy(bytes)).toEqual(E.right(array));
  });
});

describe('files of other writers', () => {
  it.each([
    ['golub-3051x38.npy', [3051, 38]],
    ['glove-gpl3-700x100.npy', [700, 100]],
  ])('%s, as NumPy wrote it', (name, shape) => {
    const bytes = readFileSync(new URL(`../../../../examples/data/${name}`, import.meta.url));
    const result = decodeNpy(bytes);
    expect(result).toMatchObject({ right: { dtype: 'f4', shape } });
    if (E.isLeft(result)) return;
    expect(firstNonFinite(result.right.data)).toBe(-1);
    expect(new Set(result.right.data).size).toBeGreaterThan(10_000);
    expect(decodeNpy(encodeNpy(result.right))).toEqual(result);
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 0],
  ] as const)('version %i.%i', (...version) => {
    expect(tag(file({ version: [...version] }))).toBe('accepted');
  });

  it.each([
    `{"descr": "<f4", "fortran_order": False, "shape": (2, 3)}`,
    `{'shape':(2,3,),'fortran_order':False,'descr':'<f4'}   \n`,
    `{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }`,
    `{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }`,
  ])('header %s', (header) => {
    expect(tag(file({ header }))).toBe('accepted');
  });

  it('a scalar has the empty shape', () => {
    const header = dict("'<f8'", 'False', '()');
    expect(decodeNpy(file({ header, data: new Uint8Array(8) }))).toMatchObject({ right: { shape: [], dtype: 'f8' } });
  });
});

/** Every name that numpy reads, and the bytes of 1 and of -2 or 2 in it. */
describe('other types', () => {
  const read = (descr: string, data: readonly number[], shape = `(${data.length / 2},)`) =>
    decodeNpy(file({ header: dict(descr, 'False', shape), data: Uint8Array.from(data) }));
  const one = [0, 0, 0x80, 0x3f];
  const minusTwo = [0, 0, 0, 0xc0];
  it.each(["'<f4'", "'=f4'", "'|f4'", "'f4'", "u'<f4'", "'float32'", "'f'", '"<f4"'])('%s is float32', (descr) => {
    const data = Float32Array.of(1, -2);
    expect(read(descr, [...one, ...minusTwo], '(2,)')).toEqual(E.right({ dtype: 'f4', shape: [2], data }));
  });
  it.each([
    ["'>f4'", [...[...one].reverse(), ...[...minusTwo].reverse()]],
    ["'<f2'", [0, 0x3c, 0, 0xc0]],
    ["'>f2'", [0x3c, 0, 0xc0, 0]],
    ["'|i1'", [1, 254]],
    ["'<i2'", [1, 0, 254, 255]],
    ["'<i4'", [1, 0, 0, 0, 254, 255, 255, 255]],
    ["'>i4'", [0, 0, 0, 1, 255, 255, 255, 254]],
    ["'int64'", [1, 0, 0, 0, 0, 0, 0, 0, 254, ...Array<number>(7).fill(255)]],
  ] as const)('%s becomes float32', (descr, data) => {
    expect(read(descr, data, '(2,)')).toEqual(E.right({ dtype: 'f4', shape: [2], data: Float32Array.of(1, -2) }));
  });
  it.each([
    ["'|u1'", [1, 255], [1, 255]],
    ["'>u2'", [0, 1, 255, 255], [1, 65535]],
    ["'<u4'", [0, 0, 0, 1, 0, 0, 0, 255], [2 ** 24, 255 * 2 ** 24]],
    ["'|b1'", [0, 1], [0, 1]],
    ["'<f2'", [1, 0, 255, 0x7b], [2 ** -24, 65504]],
  ] as const)('%s keeps its extremes', (descr, data, values) => {
    expect(read(descr, data, '(2,)')).toEqual(E.right({ dtype: 'f4', shape: [2], data: Float32Array.from(values) }));
  });
  it('takes one axis in either order', () => {
    const bytes = (shape: string): Uint8Array => file({ header: dict("'<f4'", 'True', shape) });
    expect(['(6,)', '(1, 6)', '(6, 1, 1)'].map((s) => tag(bytes(s)))).toEqual(['accepted', 'accepted', 'accepted']);
  });
  it('keeps the infinity and the NaN of a half, for its caller to refuse', () => {
    const found = read("'<f2'", [0, 0x7c, 1, 0x7c], '(2,)');
    expect(E.isRight(found) && [...found.right.data]).toEqual([Infinity, NaN]);
  });
});

describe('in pieces', () => {
  /** A source that hands over `bytes`, whose length it may not know. */
  const source = (bytes: Uint8Array, size: number | undefined) => {
    let at = 0;
    const read = (into: Uint8Array): number => {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    };
    return { size, read };
  };
  it('reads what it does not know the length of', () => {
    fc.assert(
      fc.property(arrays, (array) => void expect(readNpy(source(encodeNpy(array), undefined))).toEqual(E.right(array))),
    );
  });
  it.each([
    [23, 'TruncatedData'],
    [25, 'TrailingBytes'],
  ] as const)('%i bytes of 24: %s', (length, expected) => {
    const found = readNpy(source(file({ data: new Uint8Array(length) }), undefined));
    expect(E.isLeft(found) && found.left._tag).toBe(expected);
  });
  it('converts across the seams of pieces', () => {
    const n = (1 << 24) / 2 + 3; // more than one piece of halves
    const data = new Uint8Array(2 * n);
    for (let i = 0; i < n; i++) data[2 * i + 1] = i % 7 === 0 ? 0x3c : 0xc0;
    const found = decodeNpy(file({ header: dict("'<f2'", 'False', `(${n},)`), data }));
    const wrong = E.isRight(found) ? found.right.data.findIndex((v, i) => v !== (i % 7 === 0 ? 1 : -2)) : 0;
    expect(wrong).toBe(-1);
  });
  const kinds = [
    ["'<f4'", 4],
    ["'<f8'", 8],
    ["'<f2'", 2],
    ["'<i2'", 2],
    ["'>f8'", 8],
  ] as const;
  it.each(kinds)('reads %s in small pieces as in one, and says where the data ends', (descr, bytes) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 41 }), fc.constantFrom(8, 16, 24, 1 << 24), fc.nat(), (n, piece, seed) => {
        const data = Uint8Array.from({ length: n * bytes }, (_, i) => (i % bytes === 0 ? (seed + i) % 61 : 0));
        const whole = file({ header: dict(descr, 'False', `(${n},)`), data });
        const read = readNpy(source(whole, undefined), piece);
        expect(E.isRight(read)).toBe(true);
        expect(read).toEqual(decodeNpy(whole));
        const cut = readNpy(source(whole.subarray(0, whole.length - 1), undefined), piece);
        expect(cut).toEqual(E.left({ _tag: 'TruncatedData', expected: n * bytes, found: n * bytes - 1 }));
      }),
    );
  });
  it('writes small pieces that are the file together, each no longer than asked', () => {
    fc.assert(
      fc.property(arrays, fc.integer({ min: 1, max: 9 }), (array, piece) => {
        const pieces = [...npyPieces(array, piece)];
        expect(Buffer.concat(pieces)).toEqual(Buffer.from(encodeNpy(array)));
        expect(pieces).toHaveLength(1 + Math.ceil(array.data.length / piece));
        for (const p of pieces.slice(1)) expect(p.length).toBeLessThanOrEqual(piece * array.data.BYTES_PER_ELEMENT);
      }),
    );
  });
  it('writes the pieces that it would write as one', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        expect(Buffer.concat([...npyPieces(array)])).toEqual(Buffer.from(encodeNpy(array)));
      }),
    );
  });
});

describe('wrong files', () => {
  it.each([
    ['BadMagic', Uint8Array.of()],
    ['BadMagic', file({}).subarray(1)],
    ['BadVersion', file({ version: [4, 0] })],
    ['BadVersion', file({ version: [1, 1] })],
    ['BrokenHeader', file({}).subarray(0, 9)],
    ['BrokenHeader', file({}).subarray(0, 40)],
    ['BrokenHeader', file({ header: '' })],
    ['BrokenHeader', file({ header: "{'descr': '<f4', 'shape': (2, 3)}" })],
    ['BrokenHeader', file({ header: `${dict("'<f4'", 'False', '(2, 3)')} {}` })],
    ['BrokenHeader', file({ header: dict("'<f4'", '0', '(2, 3)') })],
    ['BrokenHeader', file({ header: dict("'<f4'", 'False', '(6)') })],
    ['BadSize', file({ header: dict("'<f4'", 'False', '(2, -3)') })],
    ['BadSize', file({ header: dict("'<f4'", 'False', '(6.0,)') })],
    ['BadSize', file({ header: dict("'<f4'", 'False', '(2, 3e0)') })],
    ['BadSize', file({ header: dict("'<f4'", 'False', '(2, -3.5)') })],
    ['BrokenHeader', file({ header: dict("'<f4'", 'False', '(2, nan)') })],
    [
      'BrokenHeader',
      file({ header: '{'.repeat(70000), version: [2, 0], data: new Uint8Array(1 << 20) }).map((b, i) =>
        i === 10 ? 255 : b,
      ),
    ],
    ['BrokenHeader', file({ header: dict("'<f4'", 'False', '(2 3)') })],
    ['BrokenHeader', file({ header: dict("'<f4', 'descr': '<f4'", 'False', '(2, 3)') })],
    ['FortranOrder', file({ header: dict("'<f4'", 'True', '(2, 3)') })],
    ['FortranOrder', file({ header: dict("'<f4'", 'True', '(1, 2, 3)') })],
    ['UnsupportedDtype', file({ header: dict("'<c8'", 'False', '(1, 3)') })],
    ['UnsupportedDtype', file({ header: dict("'<f16'", 'False', '(2, 3)') })],
    ['UnsupportedDtype', file({ header: dict("'<U1'", 'False', '(2, 3)') })],
    ['UnsupportedDtype', file({ header: dict("'constructor'", 'False', '(2, 3)') })],
    [
      'NotExact',
      file({ header: dict("'<i4'", 'False', '(6,)'), data: Uint8Array.from([1, 0, 0, 1, ...Array(20).fill(0)]) }),
    ],
    ['NotExact', file({ header: dict("'<u8'", 'False', '(3,)'), data: new Uint8Array(24).fill(255) })],
    ['UnsupportedDtype', file({ header: dict("[('a', '<f4')]", 'False', '(2, 3)') })],
    ['ZeroSize', file({ header: dict("'<f4'", 'False', '(2, 0)'), data: new Uint8Array(0) })],
    ['TooLarge', file({ header: dict("'<f4'", 'False', `(${'9'.repeat(400)}, 3)`) })],
    ['TooLarge', file({ header: dict("'<f8'", 'False', '(94906267, 94906267)') })],
    ['TruncatedData', file({ data: new Uint8Array(23) })],
    ['TrailingBytes', file({ data: new Uint8Array(25) })],
  ] as const)('%s %#', (expected, bytes) => {
    expect(tag(file({}))).toBe('accepted');
    expect(tag(bytes)).toBe(expected);
  });

  it('says how many bytes were expected and found', () => {
    const left = { _tag: 'TruncatedData', expected: 24, found: 20 };
    expect(decodeNpy(file({ data: new Uint8Array(20) }))).toEqual(E.left(left));
  });

  it('never throws, whatever the bytes', () => {
    const total = (bytes: Uint8Array) => void expect(['Left', 'Right']).toContain(decodeNpy(bytes)._tag);
    const magic = file({}).subarray(0, 6);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), total));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (b) => total(Uint8Array.from([...magic, ...b]))));
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (header) => total(file({ header }))));
  });

  it('never throws, and never misreads a size, when bytes of a right file change', () => {
    const edits = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(arrays, edits, (array, changes) => {
        const bytes = encodeNpy(array);
        changes.forEach(([at, value]) => (bytes[at % bytes.length] = value));
        const result = decodeNpy(bytes);
        if (E.isRight(result)) expect(sizeOf(result.right.shape)).toBe(result.right.data.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('values that a caller may refuse', () => {
  it('finds the first NaN, and the first value that is not finite', () => {
    expect(firstNaN(Float32Array.of(1, Infinity, NaN, NaN))).toBe(2);
    expect(firstNonFinite(Float64Array.of(1, -Infinity, NaN))).toBe(1);
    expect(firstNaN(Float64Array.of(1, Infinity))).toBe(-1);
    expect(firstNonFinite(Float32Array.of(0, -0, 1e38))).toBe(-1);
  });
});
