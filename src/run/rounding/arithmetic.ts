/**
 * What each target promises of its arithmetic, as numbers: the table that forward error bounds are made of. Invariant: every figure is the
 * worst that the target's own specification allows, with the source beside it, never what a device was seen to do. It knows no kernel.
 *
 *   wgsl  WGSL, W3C, section 15.7 (Floating Point Evaluation). 15.7.2: no rounding mode is specified, an intermediate result may be rounded up or
 *         down, subnormal inputs and outputs of an operation may be flushed to zero. 15.7.4.1: +, -, * and conversions correctly rounded, that is
 *         to either neighbour; x / y 2.5 ULP for |y| in [2^-126, 2^126]; exp(x) 3 + 2 |x| ULP; log(x) 2^-21 absolute in [0.5, 2] and 3 ULP
 *         outside; inverseSqrt 2 ULP, sqrt(x) inherited from 1 / inverseSqrt(x). Fusing and reassociating are allowed only where at least as
 *         accurate (15.7.3), so a fused multiply-add is covered.
 *   cuda  CUDA C++ Programming Guide, Mathematical Functions, without -use_fast_math: +, -, *, / and sqrtf rounded to nearest (-prec-div=true,
 *         -prec-sqrt=true), subnormals kept (-ftz=false), contraction to fma allowed; expf 2 ulp (1 in newer editions) and logf 1 ulp from the correctly
 *         rounded result, so half an ulp more from the exact one. The guide says of these two that they come from extensive tests and are
 *         not guaranteed. On the CPU, glibc's expf and logf are below 1 ulp.
 *   host  ECMAScript: binary64 to nearest; Math.exp, log and sqrt are implementation-approximated: V8 uses fdlibm, below 1 ulp. Outputs are
 *         stored in f32, to nearest.
 *
 * ULP(x) <= 2^-23 |x| for normal x (2^-52 in binary64): figures stand here relative to the result.
 */
import type { Target } from '../../kernel/ir/program.js';

export interface Storage {
  /** what is stored is off by at most relative * |x| + absolute, up to the largest */
  readonly relative: number;
  readonly absolute: number;
  readonly largest: number;
}

export interface Arithmetic {
  /** of +, -, * and conversions, relative to the result */
  readonly unit: number;
  readonly quotient: number;
  readonly sqrt: number;
  /** exp(x): exp + expSlope * |x| */
  readonly exp: number;
  readonly expSlope: number;
  readonly log: number;
  /** log's absolute error for an argument in [0.5, 2]; 0: none stated beside the relative one */
  readonly logNearOne: number;
  /** the smallest normal number; below it a result is off by at most `underflow` more */
  readonly smallest: number;
  readonly underflow: number;
  /** whether what is loaded may be flushed too */
  readonly flushes: boolean;
  readonly largest: number;
  /** a denominator outside [least, most] has no stated accuracy */
  readonly divisor: readonly [least: number, most: number];
  /** integers up to here are exact; 2^53 is also what binary64 makes of 2^53 + 1 */
  readonly exact: number;
}

const ULP = 2 ** -23;
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

// prettier-ignore
export const ARITHMETIC: Readonly<Record<Target, Arithmetic>> = {
  wgsl: {
    unit: ULP, quotient: 2.5 * ULP, sqrt: 4.5 * ULP * (1 + 8 * ULP), exp: 3 * ULP, expSlope: 2 * ULP, log: 3 * ULP, logNearOne: 2 ** -21,
    smallest: 2 ** -126, underflow: 2 ** -126, flushes: true, largest: LARGEST, divisor: [2 ** -126, 2 ** 126], exact: 2 ** 24,
  },
  cuda: {
    unit: ULP / 2, quotient: ULP / 2, sqrt: ULP / 2, exp: 2.5 * ULP, expSlope: 0, log: 1.5 * ULP, logNearOne: 0,
    smallest: 2 ** -126, underflow: 2 ** -147, flushes: false, largest: LARGEST, divisor: [0, Infinity], exact: 2 ** 24,
  },
  host: {
    unit: 2 ** -53, quotient: 2 ** -53, sqrt: 2 ** -53, exp: 2 ** -52, expSlope: 0, log: 2 ** -52, logNearOne: 0,
    smallest: 2 ** -1022, underflow: 2 ** -1072, flushes: false, largest: Number.MAX_VALUE, divisor: [0, Infinity], exact: 2 ** 53 - 1,
  },
};

/** How arrays are stored. f32 is exact for what is already f32, so it only rounds what the host computes in binary64. */
export type Format = 'f32' | 'f16' | 'bf16';

// IEEE 754 binary16: 11 significant bits, smallest normal 2^-14, largest 65504; bfloat16: 8 significant bits and the range of binary32
export const STORAGE: Readonly<Record<Format, Storage>> = {
  f32: { relative: 2 ** -24, absolute: 2 ** -149, largest: LARGEST },
  f16: { relative: 2 ** -11, absolute: 2 ** -25, largest: 65504 },
  bf16: { relative: 2 ** -8, absolute: 2 ** -134, largest: (2 - 2 ** -7) * 2 ** 127 },
};

/** x rounded to nearest, ties to even, in a format; infinite where it is too large. */
export function rounded(x: number, format: Format): number {
  if (format === 'f32' || x === 0 || !Number.isFinite(x)) return Math.fround(x);
  const [bits, least] = format === 'f16' ? [10, -14] : [7, -126];
  const exponent = Math.max(least, Math.floor(Math.log2(Math.abs(x))));
  const step = 2 ** (exponent - bits);
  const y = even(x / step) * step;
  return Math.abs(y) > STORAGE[format].largest ? Math.sign(x) * Infinity : y;
}

function even(x: number): number {
  const low = Math.floor(x);
  const over = x - low;
  return over > 0.5 || (over === 0.5 && low % 2 !== 0) ? low + 1 : low;
}
