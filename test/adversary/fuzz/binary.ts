/**
 * Array files and certificates, random and changed. Invariant: what is changed was valid. Knows nothing of what readers expect.
 */
import * as E from 'fp-ts/lib/Either.js';
import { certificates } from '../../../src/proof/certificate/certificate.js';
import { encodeNpy } from '../../../src/run/npy/npy.js';
import { small, smallTexts } from '../../unit/proof/certificate/small.js';
import { changed } from './noise.js';
import type { Case } from './outcome.js';
import type { Random } from './random.js';

const base64 = (bytes: Uint8Array): Case => ({ _tag: 'Npy', base64: Buffer.from(bytes).toString('base64') });
const bytesOf = (r: Random, most: number): Uint8Array => Uint8Array.from(r.times(r.below(most), () => r.below(256)));

const shapes = ['(3,)', '(2, 2)', '()', '(3)', '(0,)', '(-1,)', '(1e3,)', '(4294967296, 4294967296, 4294967296)', '(99999999999999999999,)', '(3,', '((3,),)', '[3]', '(3L,)', '(True,)', '(2, , 2)', '(1,)*99', `(${'1, '.repeat(9000)})`]; // prettier-ignore
const kinds = ["'<f4'", "'<f8'", "'>f4'", "'|O'", "'<U9'", "[('a', '<f4')]", "'__import__(\"os\")'", "'<f4', 'descr': '<f8'", '"<f4"', "'\\x3cf4'", 'None', "'constructor'", "'__proto__'"]; // prettier-ignore
const orders = ['False', 'True', 'false', '0', "'False'", 'not False'];

/** A header that says what it likes, with a length that may lie. */
function header(r: Random): Uint8Array {
  const key = r.pick(["'shape'", "'shape'", "'shape'", "'__proto__'", "'shapes'"]);
  const text = `{'descr': ${r.pick(r.chance(0.6) ? kinds.slice(0, 2) : kinds)}, 'fortran_order': ${r.pick(r.chance(0.7) ? ['False'] : orders)}, ${key}: ${r.pick(shapes)}, }${' '.repeat(r.below(64))}\n`;
  const version = r.pick([1, 1, 1, 2, 3, 0, 4, 255]);
  const said = r.chance(0.7) ? text.length : r.pick([0, 1, text.length - 1, text.length + 1, 65535, 0xffffffff]);
  const length =
    version === 1
      ? [said & 255, (said >> 8) & 255]
      : [said & 255, (said >> 8) & 255, (said >> 16) & 255, (said >>> 24) & 255];
  const data = r.pick([0, 4, 12, 16, 24, 13, 400]);
  return Uint8Array.from([
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    version,
    r.chance(0.95) ? 0 : 7,
    ...length,
    ...Buffer.from(text, 'latin1'),
    ...r.times(data, () => r.below(256)),
  ]);
}

export function arrayFile(r: Random): Case {
  if (r.chance(0.1)) return base64(bytesOf(r, 300));
  if (r.chance(0.5)) return base64(header(r));
  const bytes = encodeNpy({ dtype: 'f4', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  for (let n = 1 + r.below(4); n > 0; n -= 1) bytes[r.below(bytes.length)] = r.below(256);
  return base64(r.chance(0.3) ? bytes.slice(0, r.below(bytes.length)) : bytes);
}

// ---- certificates -------------------------------------------------------------------------------------------------------

let written: readonly { readonly path: string; readonly text: string }[] | undefined;
/** The certificates of a library of a few lines. */
function valid(): readonly { readonly path: string; readonly text: string }[] {
  const library = small();
  const names = library.theorems.map((t) => t.name);
  return (written ??= names.flatMap((name) => {
    const made = certificates(library).of(name);
    return E.isRight(made) ? [{ path: `${name}.cert`, text: made.right.text }] : [];
  }));
}

const lies = [
  '999999999999',
  '-1',
  '0',
  '1e9',
  'NaN',
  '""',
  '(',
  '))',
  '(((((((((((((((',
  '"__proto__"',
  '"\u0430dd-zero"',
  '9'.repeat(5000),
  '1/0',
  '0/0',
];

function lied(r: Random, text: string): string {
  const words = text.split(/(\s+|[()])/);
  const at = r.below(words.length);
  return words.map((w, i) => (i === at ? r.pick(lies) : w)).join('');
}

export function certificate(r: Random): Case {
  const all = valid();
  const which = r.below(all.length);
  const garbage = r.chance(0.08) ? Buffer.from(bytesOf(r, 500)).toString('latin1') : undefined;
  const change = (text: string): string => (r.chance(0.4) ? lied(r, text) : changed(r, text, r.pick(all).text));
  let { text } = all[which]!;
  for (let n = r.below(4); n > 0; n -= 1) text = change(text);
  const files = all.map((f, i) => (i === which ? { ...f, text: garbage ?? text } : f));
  const statements = r.chance(0.1)
    ? smallTexts.statements.map((f) => ({ ...f, text: changed(r, f.text, f.text) }))
    : smallTexts.statements;
  return { _tag: 'Certificate', certificates: files, statements };
}
