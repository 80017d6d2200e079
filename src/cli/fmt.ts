// `weft fmt [FILES]`: files as they are laid out. Invariant: a file that does not parse is left as it is, and said; a file is written whole or not at all, and only where it changes. Knows no layout.
import { resolve } from 'node:path';
import { quoted } from '../language/print/clean.js';
import { formatted } from '../language/format/format.js';
import { unmarked } from '../language/syntax/character.js';
import { render } from '../diagnostic/render.js';
import { refuse } from '../diagnostic/refused.js';
import { groundOf } from '../project/project.js';
import { kindOf, proofsOf, statementsOf } from '../proof/script/file.js';
import { out, say, style } from './output.js';
import { placeOf } from './place.js';
import { writeWhole } from './write.js';

export interface FmtOptions {
  readonly check?: boolean;
}
export type FmtExit = 0 | 1;

/** A text laid out; undefined where it does not parse, which is said. */
function laidOut(path: string, text: string): string | undefined {
  const file = { path, text };
  const { trees, failures } = kindOf(file) === 'proofs' ? proofsOf(file) : statementsOf(file);
  const [failure] = failures;
  if (!failure) return formatted(text, trees);
  const { span, code } = failure;
  const fact = { _tag: 'Syntax', failure } as const;
  say(`${render({ severity: 'error', code, file: path, span, fact }, text, style())}\n`);
  return undefined;
}

export function fmtCommand(folder: string, files: readonly string[], { check }: FmtOptions): FmtExit {
  const ground = groundOf(folder, files);
  const paths = [...new Set(ground.asked?.() ?? [])];
  if (paths.length === 0) refuse('there is no file to lay out', 'name files, or make theorems/ and proofs/');
  const texts = paths.map((path) => {
    const text = ground.read(path);
    return { path, text: text ?? refuse(`${quoted(path)} cannot be read`, 'check the name') };
  });
  const found = texts.map(({ path, text }) => ({ path, before: text, after: laidOut(path, unmarked(text)) }));
  const changed = found.filter((f) => f.after !== undefined && f.after !== f.before);
  for (const { path, after } of changed) {
    if (!check) writeWhole(placeOf(resolve(folder, path), '-C'), after!);
    out(`${check ? 'differs  ' : 'laid out'} ${path}`);
  }
  const unread = found.some((f) => f.after === undefined);
  return unread || (check && changed.length > 0) ? 1 : 0;
}
