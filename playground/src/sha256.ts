// SHA-256 of a text, in place of Node's: a browser's own gives a promise, and the checker waits for none. Invariant: the digest of FIPS 180-4 over UTF-8 (test/page compares it with Node's). Knows
// nothing of what is hashed.

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19] as const;

/** The first 64 primes, from which the constants are made. */
function primes(): readonly number[] {
  const found: number[] = [...PRIMES];
  for (let n = 20; found.length < 64; n += 1) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
/** 32 bits after the point of a root, by whole numbers: floor(2^32 root(p)) mod 2^32. */
function fraction(p: number, degree: 2n | 3n): number {
  const target = BigInt(p) << (32n * degree);
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn) | 0;
}

const START = Int32Array.from(PRIMES, (p) => fraction(p, 2n));
const K = Int32Array.from(primes(), (p) => fraction(p, 3n));
const words = new Int32Array(64);

const turned = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** The words of a block, and those made of them. */
function spread(view: DataView, at: number): void {
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const [a, b] = [words[i - 15]!, words[i - 2]!];
    const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
    const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
  }
}

function block(state: Int32Array, view: DataView, at: number): void {
  spread(view, at);
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!, e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!; // prettier-ignore
  for (let i = 0; i < 64; i += 1) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + words[i]!) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0; // prettier-ignore
  }
  [a, b, c, d, e, f, g, h].forEach((x, i) => (state[i] = (state[i]! + x) | 0));
}

/** In hexadecimal. */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  const state = START.slice();
  for (let at = 0; at < padded.length; at += 64) block(state, view, at);
  return [...state].map((x) => (x >>> 0).toString(16).padStart(8, '0')).join('');
}
