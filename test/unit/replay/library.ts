// The certificates of the library, exported by the first checker, as files for the second; and the statement files.
import * as E from 'fp-ts/lib/Either.js';
import { certificates } from '../../../src/proof/certificate/certificate.js';
import { scheduleOf } from '../../../src/kernel/extract/extract.js';
import { type File } from '../../../src/replay/replay.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { sources } from '../../target/kernels/library.js';

export interface Exported {
  readonly theorems: readonly File[];
  readonly schedules: readonly File[];
  readonly proved: ReadonlySet<string>;
}

/** The whole, or the files of these names (with what they import). */
export const exported = (names?: readonly string[]): Exported => {
  const chosen = (folder: string) =>
    sources(folder).filter(({ path }) => !names || names.some((name) => path.endsWith(`/${name}.weft`)));
  const library = checkLibrary(chosen('theorems'), chosen('proofs'));
  const made = certificates(library);
  const file = (ending: string, of: ReturnType<typeof made.of>): File[] =>
    E.isRight(of) ? [{ path: `${of.right.name}${ending}.cert`, text: of.right.text }] : [];
  const proved = library.theorems.filter((t) => t.status === 'proved').map((t) => t.name);
  // as nobody says, and with a few lanes along the stream where it takes them
  const schedules = [...library.streams].flatMap(([name, { axis }]) =>
    [new Map<string, number>(), new Map([[axis.name, 4]])].flatMap((lanes, i) => {
      const scheduled = scheduleOf(library, name, { tiles: new Map(), ragged: 'first', ...(i === 0 ? {} : { lanes }) });
      return E.isRight(scheduled) ? file(i === 0 ? '.schedule' : '.lanes', made.schedule(scheduled.right)) : [];
    }),
  );
  return { theorems: proved.flatMap((name) => file('', made.of(name))), schedules, proved: new Set(proved) };
};

export const statements = (): readonly File[] => sources('theorems').map(({ path, text }) => ({ path, text }));
