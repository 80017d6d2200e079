// How long each kernel takes to extract: schedule, domain, lowering, validation and text, for every target, once each after the library is checked.
import * as E from 'fp-ts/lib/Either.js';
import type { Target } from '../../../src/kernel/emit/emit.js';
import { extract } from '../../../src/kernel/extract/extract.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { type Figure, report, sources, timed } from './report.js';

const library = checkLibrary(sources('theorems'), sources('proofs'));
const options = { tiles: new Map<string, number>(), ragged: 'first' } as const;

const one = (name: string, target: Target): readonly Figure[] => {
  const { seconds, value } = timed(() => extract(library, name, target, options));
  return E.isRight(value) ? [{ what: `${name}, ${target}`, value: seconds, unit: 's', aim: 1 }] : [];
};
const figures = [...library.streams.keys()].flatMap((n) =>
  (['wgsl', 'cuda', 'host'] as const).flatMap((target) => one(n, target)),
);
const wgsl = figures.filter((f) => f.what.endsWith('wgsl'));
if (wgsl.length === 0) throw new Error('no stream gave a kernel');

report('extracting kernels', [
  ...figures,
  { what: 'the slowest', value: Math.max(...figures.map((f) => f.value)), unit: 's', aim: 1 },
]);
