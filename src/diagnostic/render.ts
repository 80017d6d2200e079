/**
 * A diagnostic as text for a terminal, and as a record for a machine. Invariant: plain text unless colours are asked for; no
 * character that was not written for a terminal. The only place that joins prose, place and colour.
 */
import pc from 'picocolors';
import type { Diagnostic } from '../proof/script/result.js';
import type { Suggestions } from '../proof/script/suggest.js';
import type { Illustration } from '../proof/refute/diagnose.js';
import { clean } from '../language/print/clean.js';
import {
  type CounterexampleRecord,
  counterexampleRecord,
  counterexampleText,
  isConditional,
} from './counterexample.js';
import { type Find, nowhere } from './elsewhere.js';
import type { Message } from './message.js';
import { codeFrame, placeOf } from './place.js';
import { diagnosticMessage } from './script.js';
import { type SuggestionRecord, suggestionLines, suggestionRecords } from './suggest.js';

export interface Style {
  readonly color: boolean;
}

export interface DiagnosticRecord {
  readonly severity: Diagnostic['severity'];
  readonly code: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly details: readonly string[];
  readonly hint: string;
  /** numbers at which the equation is false, where some were looked for and found */
  readonly counterexample: (CounterexampleRecord & { readonly of: Illustration['of'] }) | null;
  /** of a hole: steps for its goal, those that finish it first */
  readonly suggestions: readonly SuggestionRecord[] | null;
}

export function recordOf(
  d: Diagnostic,
  text: string,
  shown?: Illustration,
  find: Find = nowhere,
  steps?: Suggestions,
): DiagnosticRecord {
  const { headline, details, hint } = diagnosticMessage(d, find);
  return {
    severity: d.severity,
    code: d.code ?? null,
    file: clean(d.file),
    ...placeOf(text, d.span.start),
    message: headline,
    details,
    hint,
    counterexample: shown ? { of: shown.of, ...counterexampleRecord(shown.counterexample) } : null,
    suggestions: steps ? suggestionRecords(steps, few) : null,
  };
}

const labelOf = (d: Diagnostic): string => d.code ?? (d.severity === 'open' ? 'open' : 'error');

/** `file:line:column CODE message`, the frame, what was expected and found, and one hint. */
export function render(
  d: Diagnostic,
  text: string | undefined,
  style: Style,
  shown?: Illustration,
  find: Find = nowhere,
  steps?: Suggestions,
): string {
  const c = pc.createColors(style.color);
  const paint = d.severity === 'error' ? c.red : d.severity === 'warning' ? c.yellow : c.cyan;
  const m = diagnosticMessage(d, find);
  const place = text === undefined ? undefined : placeOf(text, d.span.start);
  const at = place === undefined ? clean(d.file) : `${clean(d.file)}:${place.line}:${place.column}`;
  const head = `${c.bold(at)} ${paint(labelOf(d))} ${c.bold(m.headline)}`;
  const frame = text === undefined ? [] : codeFrame(text, d.span, paint);
  const numbers = shown ? [`  ${falseAt(shown)}`] : [];
  const advice = steps ? suggestionLines(steps, few).map((l) => `  ${l}`) : [];
  return [head, ...frame, ...body(m), ...numbers, ...advice, `  ${c.cyan('hint:')} ${m.hint}`].join('\n');
}

/** What a check shows of each hole. */
const few = { finishing: 3, matching: 8 } as const;

const falseAt = ({ of, counterexample }: Illustration): string =>
  `counterexample${of === 'goal' ? '' : ' to the statement'}${given(counterexample)}: ${counterexampleText(counterexample)}`;
const given = (c: Illustration['counterexample']): string => (isConditional(c) ? ' if its hypotheses hold' : '');

const body = (m: Message): readonly string[] => m.details.map((line) => `  ${line}`);

/** A message without a place, for errors that are not about a script. */
export function renderMessage(m: Message, style: Style): string {
  const c = pc.createColors(style.color);
  return [`${c.red('weft:')} ${c.bold(m.headline)}`, ...body(m), `  ${c.cyan('hint:')} ${m.hint}`].join('\n');
}
