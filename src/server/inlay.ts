// What a rewrite found out for itself, shown where `with` would say it. Invariant: of variables for axes and objects that the step does not name; a proof that fails shows it of the steps that were taken. Knows no texts.
import { type InlayHint, InlayHintKind } from 'vscode-languageserver';
import { showAxis, showObject } from '../language/print/algebra.js';
import { clean } from '../language/print/clean.js';
import type { Span } from '../language/syntax/span.js';
import type { StepTree } from '../language/syntax/tree.js';
import { stepsIn } from '../proof/script/insert.js';
import { shown } from '../proof/script/scope.js';
import type { Run, Visit } from '../proof/script/trace.js';
import type { Lines } from './lines.js';

/** By name: the order in which they are found says nothing. */
const parts = ({ axes = [], objects = [] }: NonNullable<Visit['inferred']>): readonly string[] =>
  [
    ...axes.map(([v, axis]) => `${clean(shown(v.name))} := ${showAxis(axis)}`),
    ...objects.map(([name, object]) => `${clean(shown(name))} := ${showObject(object)}`),
  ].sort();

/** Where what is not said would stand, and whether something is. */
function placeIn({ tactic }: StepTree): { readonly at: number; readonly isGiven: boolean } | undefined {
  if (tactic._tag !== 'Rewrite') return undefined;
  const last = tactic.insts.at(-1);
  return { at: last ? last.value.span.end : tactic.rule.name.span.end, isGiven: last !== undefined };
}

export function inlayHints(run: Run, lines: Lines, within: Span): readonly InlayHint[] {
  const steps = new Map([...stepsIn(run.tree.steps)].map((s) => [s.span.start, s]));
  return run.visits.flatMap(({ span, inferred }) => {
    const step = steps.get(span.start);
    const place = step && placeIn(step);
    const found = inferred ? parts(inferred) : [];
    if (!place || found.length === 0 || place.at < within.start || place.at > within.end) return [];
    const label = `${place.isGiven ? ',' : ' with'} ${found.join(', ')}`;
    return [{ position: lines.position(place.at), label, kind: InlayHintKind.Type }];
  });
}
