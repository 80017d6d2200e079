/**
 * A solved result as two texts: a complete `stream` statement with its lemmas, and their proofs. Invariant: the texts are whole files;
 * nothing is claimed by them until they are checked. Knows nothing of files.
 */
import type { AxisVar, Base, Obj } from '../../core/index.js';
import type { Binding } from '../../language/point/point.js';
import type { Lemma } from './lemma.js';
import type { Output } from './read.js';
import { type Component, type Law, type State, firstPrimed, firstState, weakest } from './state.js';
import type { Arr, Symbols } from './sym.js';
import { type Known, type Scope, Writer } from './write.js';

/** What is streamed: a definition of a file, over an axis. */
export interface Subject {
  readonly name: string;
  readonly axes: readonly AxisVar[];
  readonly wires: readonly Binding[];
  readonly over: AxisVar;
}
export interface Found {
  readonly theorems: string;
  readonly proofs: string;
  /** the texts of each theorem's proof, by name, in order */
  readonly parts: readonly { readonly name: string; readonly text: string }[];
  readonly law: Law;
  readonly state: readonly { readonly name: string; readonly object: string }[];
  readonly lines: number;
  /** the state on a whole list */
  readonly heads: readonly Output[];
}

export interface Draft {
  readonly symbols: Symbols;
  readonly known: Known;
  readonly subject: Subject;
  readonly stream: string;
  /** what is streamed, where it is not the definition itself */
  readonly spec: readonly Output[] | undefined;
  readonly state: State;
  readonly finals: readonly Output[];
  readonly lemmas: readonly Lemma[];
  /** theorems that rewrite the definition, in order; after `simp `, wherever they match */
  readonly cites: readonly string[];
  /** steps that close the main equation after the citations */
  readonly closing: readonly string[];
  readonly imports: { readonly theorems: readonly string[]; readonly proofs: readonly string[] };
}

export function emit(draft: Draft): Found {
  const { state, stream, lemmas } = draft;
  const law = weakest(state.components.map((c) => c.law));
  const statements = [...lemmas.map((l) => `theorem ${l.name} ${l.statement}`), streamText(draft, law)];
  const parts = [...lemmas.map((l) => ({ name: l.name, text: l.proof })), ...proofs(draft, law, stream)].map(
    ({ name, text }) => ({
      name,
      text: `proof ${name}\n${text}\nqed\n`,
    }),
  );
  const theorems = `${imported(draft.imports.theorems)}\n${statements.join('\n')}\n`;
  const all = `${imported(draft.imports.proofs)}\n${parts.map((p) => p.text).join('')}`;
  const shown = state.components.map((c) => ({ name: c.name, object: objectText(c.base, c.head.axes) }));
  return {
    theorems,
    proofs: all,
    parts,
    law,
    state: shown,
    heads: state.components.map((c) => ({ ...c.head, boolean: c.base._tag === 'Boolean' })),
    lines: all.split('\n').filter((l) => l.trim() !== '').length,
  };
}
const imported = (paths: readonly string[]): string => paths.map((p) => `import "${p}"\n`).join('');

// ---- the statement ----------------------------------------------------------------------------------------------------------

const axisText = (v: AxisVar): string =>
  `${v.name}${v.maybeEmpty ? '?' : ''}${v.sort === undefined ? '' : ` : ${v.sort}`}`;
const baseText = (b: Base): string => (b._tag === 'Boolean' ? 'B' : b._tag === 'Real' ? 'R' : b.name);
export const objectText = (base: Base, axes: readonly AxisVar[]): string =>
  axes.length === 0 ? baseText(base) : `${baseText(base)}[${axes.map((a) => a.name).join(' ')}]`;
const wireText = (o: Obj): string =>
  o.leaves
    .map((l) =>
      objectText(
        l.base,
        l.axes.map((a) => a.terms[0]!.vars[0]!),
      ),
    )
    .join(' * ');

function streamText(draft: Draft, law: Law): string {
  const { subject, state, stream, finals } = draft;
  const { wires, axes, over } = subject;
  const text = new Texts(draft);
  const parameters = `${axes.length > 0 ? `[${axes.map(axisText).join(', ')}] ` : ''}(${wires.map((w) => `${w.name} : ${wireText(w.object)}`).join(', ')})`;
  const components = state.components;
  const lines = [
    `stream ${stream} ${parameters} over ${over.name}`,
    `  spec ${draft.spec ? text.tuple(draft.spec) : call(subject)}`,
    `  state (${components.map((c) => `${c.name} : ${objectText(c.base, c.head.axes)}`).join(', ')})`,
    `  head ${text.tuple(components.map((c) => c.head))}`,
    `  final ${text.tuple(finals)}`,
    ...(law === 'foldable' ? [`  step ${text.tuple(components.map((c) => c.step))}`] : []),
    ...(law === 'foldable' ? [] : [`  merge ${text.tuple(components.map((c) => c.merge!))}`]),
    `  ${law}`,
  ];
  return lines.join('\n');
}

/** The definition applied to its own wires; its axes where no wire shows them. */
export function call({ name, axes, wires }: Subject): string {
  const shown = new Set(wires.flatMap((w) => w.object.leaves.flatMap((l) => l.axes.map((a) => a.terms[0]?.vars[0]))));
  const explicit = axes.every((a) => shown.has(a)) ? '' : `[${axes.map((a) => a.name).join(', ')}]`;
  return `${name}${explicit}(${wires.map((w) => w.name).join(', ')})`;
}

class Texts {
  private readonly writer: Writer;
  private readonly scope: Scope;
  constructor({ symbols, known, subject, state }: Draft) {
    this.writer = new Writer(symbols, known);
    const names = state.components.map((c) => c.name);
    const wire = (input: number): string =>
      input >= firstPrimed
        ? `${names[input - firstPrimed]!}'`
        : input >= firstState
          ? names[input - firstState]!
          : subject.wires[input]!.name;
    const taken = new Set([...names, ...names.map((n) => `${n}'`), ...subject.wires.map((w) => w.name)]);
    this.scope = { wire, index: new Map(), states: new Map(), taken, named: new Map() };
  }
  tuple(parts: readonly Arr[]): string {
    const texts = parts.map((a) => this.writer.array(a, this.scope));
    if (texts.length === 1) return texts[0]!;
    const line = `(${texts.join(', ')})`;
    return line.length <= 110 ? line : `\n    ( ${texts.join(',\n      ')} )`;
  }
}

// ---- the proofs ----------------------------------------------------------------------------------------------------------------

function proofs(
  { state, cites, closing }: Draft,
  law: Law,
  stream: string,
): readonly { readonly name: string; readonly text: string }[] {
  const steps = [...cites.map((c) => (c.startsWith('simp ') ? c : `rewrite ${c}`)), ...closing];
  const main = { name: stream, text: block(steps.length > 0 ? steps : ['refl']) };
  const joins = [...new Set(state.components.flatMap((c) => c.joins))];
  const [back, on] = [joins.filter((j) => j.startsWith('<-')), joins.filter((j) => !j.startsWith('<-'))];
  const simplified = [on, back].filter((list) => list.length > 0).map((list) => `simp ${list.join(', ')}`);
  const joined = simplified.length > 0 ? simplified : ['refl'];
  if (law === 'foldable') return [main, { name: `${stream}.foldable`, text: block(joined) }];
  const merges = { name: `${stream}.mergeable`, text: block(joined) };
  if (law === 'mergeable') return [main, merges];
  return [main, merges, { name: `${stream}.commutative`, text: block(exchanged(state.components)) }];
}
const block = (steps: readonly string[]): string => steps.map((s) => `  ${s}`).join('\n');

/** Choices and words of booleans are exchanged one by one; sums and products by a ring. */
function exchanged(components: readonly Component[]): readonly string[] {
  const laws: Readonly<Record<string, string>> = {
    max: 'max2-comm',
    min: 'min2-comm',
    all: 'and-comm',
    any: 'or-comm',
  };
  const counts = new Map<string, number>();
  const next = (law: string): string => {
    const at = (counts.get(law) ?? 0) + 1;
    counts.set(law, at);
    return `rewrite ${law}${at > 1 ? ` at ${at}` : ''} in lhs`;
  };
  // sums in a gauge first: they are exchanged together with their own choice of it
  const inGauge = components.filter((c) => c.word === 'gauged').map(() => next('gauge-comm'));
  const steps = [...inGauge, ...components.flatMap((c) => (laws[c.word] ? [next(laws[c.word]!)] : []))];
  return components.some((c) => c.word === 'sum' || c.word === 'product') ? [...steps, 'ring'] : steps;
}
