// A link that carries the two texts: the part of an address after #. Invariant: what is read is what was written, or nothing; it is deflated text in base64url, with a mark of its form in front. Knows no page.
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import type { Texts } from './message.js';

const MARK = 'w1.';
/** Bytes that a link may unpack to: more is not what a person wrote. */
const MOST = 400_000;
const carried = t.tuple([t.string, t.string]);

/** Gives up where more comes than a link may hold. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  by: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const reader = new Blob([bytes]).stream().pipeThrough(by).getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST) throw new RangeError('too long for a link');
    parts.push(value);
  }
  const all = new Uint8Array(length);
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const b of bytes) binary += String.fromCharCode(b);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

/** What stands after the #. */
export async function written({ theorems, proofs }: Texts): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([theorems, proofs]));
  return `${MARK}${toBase64(await through(new Uint8Array(bytes), new CompressionStream('deflate-raw')))}`;
}

/** The texts; undefined where they cannot be read. */
export async function read(hash: string): Promise<Texts | undefined> {
  try {
    if (!hash.startsWith(MARK)) return undefined;
    const bytes = await through(fromBase64(hash.slice(MARK.length)), new DecompressionStream('deflate-raw'));
    const decoded = carried.decode(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return E.isRight(decoded) ? { theorems: decoded.right[0], proofs: decoded.right[1] } : undefined;
  } catch {
    return undefined;
  }
}
