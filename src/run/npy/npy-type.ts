// The types of elements that an .npy file may have, and their values. Invariant: what is converted is exact; the first element that no
// float32 equals is reported, not rounded (float64, which every theorem's inputs may be, stays float64). It does not know headers.

/** `order` is how the bytes stand; `f4` and `f8` are kept, everything else becomes float32. */
export type Kind = {
  readonly type: 'f' | 'i' | 'u' | 'b';
  readonly bytes: 1 | 2 | 4 | 8;
  readonly littleEndian: boolean;
};

/** The names that numpy reads besides those with a letter and a number of bytes. */
const NAMES: Readonly<Record<string, string>> = {
  half: 'f2',
  single: 'f4',
  double: 'f8',
  float: 'f8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
  int8: 'i1',
  int16: 'i2',
  int32: 'i4',
  int64: 'i8',
  uint8: 'u1',
  uint16: 'u2',
  uint32: 'u4',
  uint64: 'u8',
  bool: 'b1',
  '?': 'b1',
  e: 'f2',
  f: 'f4',
  d: 'f8',
};
const KINDS = /^(?:f[248]|[iu][1248]|b1)$/;

export const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** `<f4`, `=f4`, `|f4`, `f4`, `float32`: one type. */
export function kindOf(descr: string): Kind | undefined {
  const [, order, text] = /^([<>=|]?)(.*)$/s.exec(descr)!;
  const short = Object.hasOwn(NAMES, text!) ? NAMES[text!]! : text!;
  if (!KINDS.test(short)) return undefined;
  const littleEndian = order === '<' || (order !== '>' && isLittleEndian);
  return { type: short[0] as Kind['type'], bytes: Number(short[1]) as Kind['bytes'], littleEndian };
}

/** Whether the file's bytes are those of a typed array of this machine. */
export const isPlain = ({ type, bytes, littleEndian }: Kind): boolean =>
  type === 'f' && bytes >= 4 && littleEndian === isLittleEndian;

/** IEEE 754 binary16. */
export function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

function reader({ type, bytes, littleEndian: le }: Kind, view: DataView): (at: number) => number | bigint {
  if (type === 'b') return (at) => (view.getUint8(at) === 0 ? 0 : 1);
  if (type === 'f') {
    if (bytes === 2) return (at) => half(view.getUint16(at, le));
    return bytes === 4 ? (at) => view.getFloat32(at, le) : (at) => view.getFloat64(at, le);
  }
  const isSigned = type === 'i';
  switch (bytes) {
    case 1:
      return isSigned ? (at) => view.getInt8(at) : (at) => view.getUint8(at);
    case 2:
      return isSigned ? (at) => view.getInt16(at, le) : (at) => view.getUint16(at, le);
    case 4:
      return isSigned ? (at) => view.getInt32(at, le) : (at) => view.getUint32(at, le);
    case 8:
      return isSigned ? (at) => view.getBigInt64(at, le) : (at) => view.getBigUint64(at, le);
  }
}

/** Converts elements into `out` from `from` on; the first that no float32 equals, if there is one. */
export function convert(
  kind: Kind,
  bytes: Uint8Array,
  out: Float32Array | Float64Array,
  from: number,
): { readonly index: number; readonly value: string } | undefined {
  const read = reader(kind, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const isWhole = kind.type === 'i' || kind.type === 'u';
  for (let i = 0; i * kind.bytes < bytes.length; i++) {
    const value = read(i * kind.bytes);
    out[from + i] = Number(value);
    if (isWhole && !isSame(value, out[from + i]!)) return { index: from + i, value: String(value) };
  }
  return undefined;
}

const isSame = (value: number | bigint, kept: number): boolean =>
  typeof value === 'bigint' ? BigInt(kept) === value : value === kept;
