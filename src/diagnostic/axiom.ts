/** What is believed, in words: an axiom with its place, and how many are not the library's. Knows no files. */
import type { AxiomReport } from '../proof/certificate/axiom.js';
import type { TheoremReport } from '../proof/script/result.js';
import { clean, plural } from '../language/print/clean.js';
import { placeOf } from './place.js';

export type TextOf = (file: string) => string;

export const lineIn = (texts: TextOf, file: string, start: number): number => placeOf(texts(file), start).line;

/** `axiom add-zero (x : R) : x + 0 = x -- FILE:LINE, the library's`; of another axiom the hash as well. */
export function axiomLine(a: AxiomReport, texts: TextOf): string {
  const place = `${clean(a.file)}:${lineIn(texts, a.file, a.start)}`;
  return `${clean(a.statement)} -- ${place}, ${a.library ? "the library's" : `not the library's, ${a.hash}`}`;
}

/** What `weft check` ends with. */
export function believed(foreign: readonly AxiomReport[], texts: TextOf): readonly string[] {
  if (foreign.length === 0) return ["axioms that are not the library's: none"];
  return [`axioms that are not the library's: ${foreign.length}`, ...foreign.map((a) => axiomLine(a, texts))];
}

/** `2 axioms, 1 not the library's` */
export const counted = (all: number, foreign: number): string =>
  `${plural(all, 'axiom')}${foreign === 0 ? '' : `, ${foreign} not the library's`}`;

/** `, 100 remembered`: so many of the theorems under one, itself among them, an earlier check proved and not this one. */
export const rememberedUnder = (count: number): string => (count === 0 ? '' : `, ${count} remembered`);

/** What a check says that took verdicts from an earlier one. */
export function rememberedOf(theorems: readonly TheoremReport[]): readonly string[] {
  const resting = theorems.filter((t) => t.remembered > 0).length;
  if (resting === 0) return [];
  return [
    `remembered: ${resting} of ${plural(theorems.length, 'theorem')} rest on an earlier check; \`weft check --fresh\` proves all anew`,
  ];
}

export const hidden = (file: string): string => `${clean(file)} is this project's own file, and hides the library's`;

/** What a line about a theorem ends with, where it rests on axioms that Weft does not ship. */
export const onOthers = (foreign: readonly AxiomReport[]): string =>
  foreign.length === 0 ? '' : `, on axioms that are not the library's: ${foreign.map((a) => clean(a.name)).join(', ')}`;
