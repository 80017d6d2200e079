/** The sentences of a page, each with its section. Invariant: blocks, tables, headings and indented lines are no sentences. Knows no meaning. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../support/tree.js';

export interface Sentence {
  readonly page: string;
  /** the headings that it stands under, the outer first */
  readonly sections: readonly string[];
  readonly text: string;
}

/** A paragraph, or one item of a list, on one line. */
function paragraphs(page: string): readonly Sentence[] {
  const found: Sentence[] = [];
  let [open, sections, text]: [boolean, readonly string[], string] = [false, [], ''];
  const close = (): void => {
    if (text !== '') found.push({ page, sections, text });
    text = '';
  };
  for (const line of readFileSync(resolve(root, page), 'utf8').split('\n')) {
    const heading = /^(#+) (.*)$/.exec(line);
    if (line.startsWith('```')) open = !open;
    if (open || line.startsWith('```') || /^(\|| {4}|$)/.test(line) || heading) close();
    else if (line.startsWith('- ')) {
      close();
      text = line.slice(2);
    } else text = `${text} ${line.trim()}`.trim();
    if (heading && !open) sections = [...sections.slice(0, heading[1]!.length - 1), heading[2]!];
  }
  close();
  return found;
}

export const sentencesOf = (page: string): readonly Sentence[] =>
  paragraphs(page).flatMap((p) => p.text.split(/(?<=[.:;!?])\s+(?=[A-Z*`[])/).map((text) => ({ ...p, text })));

/** Without code, targets of links, codes and names of formats, whose digits are no figures. */
const bare = (text: string): string =>
  text.replace(
    /`[^`]*`|\]\([^)]*\)|\b[EFLRT]-?[A-Z]*\d*\b|\b(?:float|binary|bf?|f|u)\d+\b|\bSHA-256\b|U\+[0-9A-F]{4}/gi,
    '',
  );

/** Whether a sentence states a number, or promises what always or never happens. */
export const promises = (text: string): boolean =>
  /\d{2}|\d (?:percent|seconds|times)|\b(?:never|always|cannot|exactly|nothing is|whatever|guarantee\w*)\b/i.test(
    bare(text),
  );
