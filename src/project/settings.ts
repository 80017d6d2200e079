// What a project says of itself in weft.json. Invariant: a key or a value that is not known is refused, so that a misspelt one does not pass for none.
// Knows no command.
import { join } from 'node:path';
import { lstatSync, readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { quoted } from '../language/print/clean.js';
import { nearest } from '../diagnostic/message.js';
import { near } from '../language/elaborate/scope.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';

const codec = t.partial({
  /** which axioms a theorem may rest on */
  axioms: t.literal('library'),
  /** the streams and definitions that `weft kernels` writes; every stream where nothing is said */
  kernels: t.readonlyArray(t.string),
});
export type Settings = t.TypeOf<typeof codec>;

const file = 'weft.json';
const example = 'for example { "axioms": "library", "kernels": ["NAME"] }';

function textOf(path: string): string | undefined {
  try {
    // a link that leads nowhere is a file that cannot be read, not a project without settings
    if (!lstatSync(path, { throwIfNoEntry: false })) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) return refuse(`${quoted(file)} is not UTF-8 text`, 'save the file as UTF-8');
    return refuse(`${quoted(file)} cannot be read: ${reasonOf(error)}`, 'check its name and its permissions');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(`${quoted(file)} is not JSON`, example);
  }
}

/** The settings of a project's folder; none where it has no weft.json. */
export function settingsOf(folder: string): Settings {
  const text = textOf(join(folder, file));
  if (text === undefined) return {};
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(`${quoted(file)} is not an object`, example);
  const known = Object.keys(codec.props);
  const other = Object.keys(value).find((key) => !known.includes(key));
  if (other !== undefined)
    refuse(`${quoted(file)} has a key ${quoted(other)}, which means nothing`, nearest(near(other, known), example));
  const decoded = codec.decode(value);
  if (E.isRight(decoded)) return decoded.right;
  const wrong = decoded.left[0]?.context[1]?.key ?? known.find((key) => Object.hasOwn(value, key)) ?? file;
  return refuse(`${quoted(file)} gives ${quoted(wrong)} a value that means nothing`, example);
}
