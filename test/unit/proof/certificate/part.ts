// The figures of certificates: how many, how large, and whether each replays through the core to the theorem that it is of. The sample is a
// library of a few lines with every rule; the whole is the library with its schedules. Seconds: about ten for the whole, one for the sample.
import * as E from 'fp-ts/lib/Either.js';
import { scheduleOf } from '../../../../src/kernel/extract/extract.js';
import { checkLibrary } from '../../../../src/proof/script/check.js';
import { sources } from '../../../target/kernels/library.js';
import type { Options, Part } from '../../../report/trust/part.js';
import { measure } from './measure.js';
import { Replay } from './replayed.js';
import { everyRule } from './rules.js';

export async function part({ full }: Options): Promise<Part> {
  const library = full ? checkLibrary(sources('theorems'), sources('proofs')) : everyRule();
  const replay = new Replay(library);
  replay.theorems();
  const theorems = replay.all.length;
  for (const name of full ? library.streams.keys() : []) {
    const scheduled = scheduleOf(library, name, { tiles: new Map(), ragged: 'first' });
    if (E.isRight(scheduled)) replay.schedule(scheduled.right);
  }
  const { steps, terms, bytes, compressed, together } = measure(replay.all);
  const figures = [
    { name: 'certificates of theorems', value: theorems },
    { name: 'certificates of schedules', value: replay.all.length - theorems },
    { name: 'certificates that replay through the core to their theorem', value: replay.done.size },
    { name: 'steps', value: steps },
    { name: 'terms', value: terms },
    { name: 'bytes', value: bytes },
    { name: 'bytes a certificate', value: Math.round(bytes / Math.max(1, replay.all.length)) },
    { name: 'bytes a step', value: round(bytes / steps) },
    { name: 'compressed bytes a step', value: round(compressed / steps) },
    { name: 'compressed bytes a step, all in one', value: round(together / steps) },
  ];
  return Promise.resolve({ title: 'certificates', figures, failures: replay.problems });
}

const round = (x: number): number => Math.round(x * 10) / 10;
