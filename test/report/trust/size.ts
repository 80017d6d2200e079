/** What an auditor has to read, and how fast it is checked: words of the core and of the second checker, axioms, theorems, replay against check. */
import * as E from 'fp-ts/lib/Either.js';
import fs from 'node:fs';
import path from 'node:path';
import { certificates } from '../../../src/proof/certificate/certificate.js';
import { replay } from '../../../src/replay/replay.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { TRUSTED, sizeOf } from '../../architecture/budget.js';
import { readSources } from '../../support/tree.js';
import { root } from '../../support/corpus.js';
import type { Part } from './part.js';

const filesIn = (folder: string, end: string): readonly { readonly path: string; readonly text: string }[] =>
  fs
    .readdirSync(path.join(root, folder))
    .filter((f) => f.endsWith(end))
    .sort()
    .map((f) => ({ path: `${folder}/${f}`, text: fs.readFileSync(path.join(root, folder, f), 'utf8') }));

const timed = <A>(run: () => A): readonly [A, number] => {
  const start = performance.now();
  const value = run();
  return [value, Math.round(performance.now() - start) / 1000];
};

export function part(): Promise<Part> {
  const [statements, proofs] = [filesIn('theorems', '.weft'), filesIn('proofs', '.weft')];
  const sources = readSources(root, 'src');
  const [library, checking] = timed(() => checkLibrary(statements, proofs));
  const written = certificates(library);
  const all = [...library.proved.keys()].flatMap((name) => {
    const made = written.of(name);
    return E.isRight(made) ? [{ path: `${name}.cert`, text: made.right.text }] : [];
  });
  const [verdicts, replaying] = timed(() => replay(all, statements, { quiet: true }));
  const unproved = library.theorems.filter((t) => t.status !== 'proved');
  const refused = verdicts.filter((v) => v.status !== 'proved');
  const steps = verdicts.reduce((n, v) => n + v.steps, 0);
  return Promise.resolve({
    title: 'size',
    figures: [
      ...TRUSTED.map((t) => ({ name: `words, ${t.part}`, value: sizeOf(t, sources) })),
      { name: 'axioms', value: library.statements.axioms.size },
      { name: 'theorems proved', value: library.theorems.length - unproved.length },
      { name: 'theorems not proved', value: unproved.length },
      { name: 'certificates replayed', value: verdicts.length - refused.length },
      { name: 'certificates refused', value: refused.length },
      { name: 'seconds to check the library', value: checking },
      { name: 'seconds to replay it', value: replaying },
      { name: 'steps replayed a second', value: Math.round(steps / replaying) },
      { name: 'replaying over checking, in percent', value: Math.round((100 * replaying) / checking) },
    ],
    failures: [...unproved.map((t) => `${t.name}: ${t.status}`), ...refused.map((v) => `${v.path}: ${v.reason}`)],
  });
}
