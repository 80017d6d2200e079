// A statement that was found by its shape, as a line and as a record; and why a pattern is none. Knows no files.
import { Failure } from '../language/point/error.js';
import { clean, quoted } from '../language/print/clean.js';
import { showEquation } from '../language/print/show.js';
import { oneLine } from '../proof/certificate/axiom.js';
import type { Found } from '../proof/script/find.js';
import type { PatternFailure } from '../proof/script/pattern.js';
import { elaborateMessage } from './elaborate.js';
import { placeOf } from './place.js';
import { syntaxMessage } from './syntax.js';

/** As it is written; a law of a stream as what it says. */
function statementOf({ law, kind }: Found, text: string): string {
  const { start, end } = law.span;
  if (law.stream === undefined) return oneLine(text.slice(start, end));
  return `${kind} ${law.name} : ${oneLine(showEquation(law.lhs, law.rhs, law.wires ?? []).join(' '))}`;
}

/** `theorem sum-add … -- FILE:LINE` */
export const foundLine = (found: Found, text: string): string =>
  `${clean(statementOf(found, text))} -- ${clean(found.file)}:${placeOf(text, found.law.span.start).line}`;

export const foundRecord = (found: Found, text: string) => ({
  name: found.law.name,
  kind: found.kind,
  statement: clean(statementOf(found, text)),
  file: found.file,
  line: placeOf(text, found.law.span.start).line,
  whole: found.whole,
});

/** The headline and the hint of a pattern that does not parse, or has no type. */
export function unreadPattern(pattern: string, failure: PatternFailure): [string, string, readonly string[]] {
  const inner = failure instanceof Failure ? elaborateMessage(failure.fact) : syntaxMessage(failure);
  const plain = (t: string): string => t.replace(/any'\d+/g, '_').replace(/\b([nA])'\d+/g, '$1');
  return [
    `${quoted(pattern)} is no pattern: ${plain(inner.headline)}`,
    'write an expression of the language, with `_` for anything, such as "sum k (_ * _)"',
    inner.details.map(plain),
  ];
}
