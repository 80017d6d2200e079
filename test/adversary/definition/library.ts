// The definitions of this folder with what they import, checked once in a process.
import { readFileSync } from 'node:fs';
import { scheduleOf } from '../../../src/kernel/extract/extract.js';
import type { AxisUse } from '../../../src/kernel/ir/kernel.js';
import type { Scheduled } from '../../../src/kernel/ir/scheduled.js';
import { get } from '../../support/ir/dsl.js';
import { type Library, checkLibrary } from '../../../src/proof/script/check.js';
import type { SourceFile } from '../../../src/proof/script/result.js';

const root = new URL('../../../', import.meta.url);
const path = 'test/adversary/definition/definitions.weft';
const read = (p: string): SourceFile => ({ path: p, text: readFileSync(new URL(p, root), 'utf8') });

const imported = ['axioms', 'order', 'reductions', 'ring'].map((f) => `theorems/${f}.weft`);

/** A text in the place of the definitions, with the library's reductions. */
export const libraryOf = (text: string): Library => checkLibrary([...imported.map(read), { path, text }], []);

export const statements = (): readonly SourceFile[] => [...imported, path].map(read);

let known: Library | undefined;
export const library = (): Library => (known ??= libraryOf(read(path).text));

/** All of them that are of arrays. */
export const names = (): readonly string[] =>
  [...read(path).text.matchAll(/^def ([\w-]+)/gm)].map(([, n]) => n!).filter((n) => n !== 'of-objects');

/** The kernel of one of them, with tiles of a few elements. */
export function inSmall(name: string, tile: number): Scheduled {
  const { scheduled } = get(scheduleOf(library(), `def:${name}`, { tiles: new Map(), ragged: 'first' }));
  const small = (u: AxisUse): AxisUse =>
    u._tag === 'Grouped' ? { ...u, capacity: tile } : u._tag === 'Held' ? { ...u, most: 12 } : u;
  return { ...scheduled, uses: scheduled.uses.map(small) };
}
