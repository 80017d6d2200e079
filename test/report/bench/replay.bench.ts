// How long the second checker takes for the whole library beside the first, in one process, alternated; and the size of certificates.
import * as E from 'fp-ts/lib/Either.js';
import { certificates } from '../../../src/proof/certificate/certificate.js';
import { replay } from '../../../src/replay/replay.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { measure } from '../../unit/proof/certificate/measure.js';
import { median, report, sources, timed } from './report.js';

const [statements, proofs] = [sources('theorems'), sources('proofs')];
const first = timed(() => checkLibrary(statements, proofs));
const written = certificates(first.value);
const made = [...first.value.proved.keys()].flatMap((name) => {
  const certificate = written.of(name);
  return E.isRight(certificate) ? [certificate.right] : [];
});
const files = made.map((c) => ({ path: `${c.name}.cert`, text: c.text }));
const again = [1, 2, 3].map(() => ({
  check: timed(() => checkLibrary(statements, proofs)).seconds,
  replay: timed(() => replay(files, statements, { quiet: true })),
}));
const [checking, replaying] = [median(again.map((t) => t.check)), median(again.map((t) => t.replay.seconds))];
const refused = again[0]!.replay.value.filter((v) => v.status !== 'proved');
const size = measure(made);

report('replaying the library', [
  { what: 'certificates', value: files.length, unit: '' },
  { what: 'certificates not accepted', value: refused.length, unit: '', aim: 0 },
  { what: 'steps', value: size.steps, unit: '' },
  { what: 'the whole library, second checker', value: replaying, unit: 's' },
  { what: 'the whole library, first checker', value: checking, unit: 's' },
  { what: 'second over first', value: replaying / checking, unit: '', aim: 1 },
  { what: 'steps replayed a second', value: size.steps / replaying, unit: '1/s' },
  { what: 'bytes a theorem', value: size.bytes / files.length, unit: 'B' },
  { what: 'bytes a step, compressed file by file', value: size.compressed / size.steps, unit: 'B', aim: 100 },
  { what: 'bytes a step, compressed in one', value: size.together / size.steps, unit: 'B', aim: 100 },
]);
