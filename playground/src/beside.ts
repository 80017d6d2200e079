// The files that lie beside the page: the library's texts, and verdicts that an earlier check of it left. Invariant: what they hold is decoded; verdicts of another build are none. Asks no other host.
import * as E from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import type { SourceFile } from '../../src/proof/script/result.js';
import { type Memory, Verdicts } from '../../src/proof/script/memory.js';
import { libraryFile, verdictsFile } from './message.js';
import { sha256 } from './sha256.js';

async function fetched<A>(name: string, codec: t.Decoder<unknown, A>): Promise<A> {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name} cannot be read: ${answer.status}`);
  const decoded = codec.decode(await answer.json());
  if (E.isLeft(decoded)) throw new Error(`${name} is not what it should be`);
  return decoded.right;
}

export interface Shipped {
  readonly files: readonly SourceFile[];
  readonly read: (path: string) => string | undefined;
}

/** The library as every project sees it, in its folder `weft`. */
export async function library(): Promise<Shipped> {
  const { files } = await fetched('library.json', libraryFile);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return { files, read: (path) => texts.get(path) };
}

/** A library with texts of one's own. */
export const over =
  ({ read }: Shipped, own: Readonly<Record<string, string>>): ((path: string) => string | undefined) =>
  (path) =>
    Object.hasOwn(own, path) ? own[path] : read(path);

/** What an earlier check proved; nothing where there is no such file, or it is of another build. */
export async function remembered(): Promise<Memory> {
  const digest = (text: string): string => sha256(`${WEFT_BUILD}\n${text}`);
  try {
    const { weft, verdicts } = await fetched('verdicts.json', verdictsFile);
    const known = weft === WEFT_BUILD ? Object.entries(verdicts) : [];
    return new Verdicts(digest, new Map(known.map(([key, v]) => [key, { ...v, thm: undefined }])));
  } catch {
    return new Verdicts(digest);
  }
}
