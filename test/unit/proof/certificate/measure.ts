// How large certificates are, as text and compressed file by file. For `npm run bench` and the figures of trust.
import { gzipSync } from 'node:zlib';
import type { Certificate } from '../../../../src/proof/certificate/certificate.js';

export interface Size {
  readonly name: string;
  readonly steps: number;
  readonly terms: number;
  readonly bytes: number;
  /** by gzip -9 */
  readonly compressed: number;
}
export interface Measured {
  readonly steps: number;
  readonly terms: number;
  readonly bytes: number;
  /** each by itself, added up */
  readonly compressed: number;
  /** all in one */
  readonly together: number;
  /** the largest first */
  readonly each: readonly Size[];
}

const packed = (text: string): number => gzipSync(text, { level: 9 }).length;

export function measure(all: readonly Certificate[]): Measured {
  const each = all
    .map(({ name, steps, terms, bytes, text }) => ({ name, steps, terms, bytes, compressed: packed(text) }))
    .sort((a, b) => b.bytes - a.bytes);
  const sum = (of: (s: Size) => number): number => each.reduce((n, s) => n + of(s), 0);
  return {
    steps: sum((s) => s.steps),
    terms: sum((s) => s.terms),
    bytes: sum((s) => s.bytes),
    compressed: sum((s) => s.compressed),
    together: packed(all.map((c) => c.text).join('')),
    each,
  };
}
