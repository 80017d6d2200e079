// What the page and its two Workers say to each other. Invariant: what comes from a Worker is decoded before it is used. Knows no Worker.
import * as t from 'io-ts';

const place = t.type({ line: t.number, character: t.number });
const range = t.type({ start: place, end: place });
const said = t.type({ range, severity: t.number, code: t.string, message: t.string });
export type Place = t.TypeOf<typeof place>;
export type Said = t.TypeOf<typeof said>;

const theorem = t.type({
  name: t.string,
  status: t.keyof({ proved: null, rejected: null, declined: null, open: null }),
  code: t.union([t.string, t.null]),
  axioms: t.number,
  remembered: t.number,
});
export type Theorem = t.TypeOf<typeof theorem>;
const outline = t.type({
  _tag: t.literal('Outline'),
  theorems: t.readonlyArray(theorem),
  streams: t.readonlyArray(t.string),
  definitions: t.readonlyArray(t.type({ name: t.string, axes: t.readonlyArray(t.string) })),
});
export type Outline = t.TypeOf<typeof outline>;

/** A Worker holds its lock (alive.ts). */
const alive = t.type({ _tag: t.literal('Alive') });

/** The replies of src/server/service.ts, and what the page adds to them. */
export const fromChecker = t.union([
  t.type({ _tag: t.literal('Answer'), id: t.number, result: t.unknown }),
  t.type({ _tag: t.literal('Refuse'), id: t.number, code: t.number, message: t.string }),
  t.type({ _tag: t.literal('Diagnostics'), of: t.readonlyArray(t.tuple([t.string, t.readonlyArray(said)])) }),
  t.type({ _tag: t.literal('Checked'), proofs: t.number, isFull: t.boolean, milliseconds: t.number }),
  outline,
  t.type({ _tag: t.literal('Broken'), message: t.string }),
  alive,
]);
export type FromChecker = t.TypeOf<typeof fromChecker>;

const goal = t.type({
  hyps: t.readonlyArray(t.type({ names: t.readonlyArray(t.string), ty: t.string })),
  ty: t.string,
});
export type Goal = t.TypeOf<typeof goal>;
/** Of an answer to proof/goals, what is shown. */
export const goalAnswer = t.type({
  goals: t.union([
    t.type({
      goals: t.readonlyArray(goal),
      stack: t.readonlyArray(t.tuple([t.readonlyArray(goal), t.readonlyArray(goal)])),
    }),
    t.null,
  ]),
  error: t.union([t.string, t.null]),
  name: t.union([t.string, t.null]),
  picture: t.union([t.string, t.null]),
  counterexample: t.union([t.type({ text: t.string }), t.null]),
});
export type GoalAnswer = t.TypeOf<typeof goalAnswer>;
/** What is drawn of a statement. */
export const drawn = t.union([t.type({ name: t.string, svg: t.string }), t.null]);
export const hovered = t.union([t.type({ contents: t.type({ value: t.string }) }), t.null]);
export const completions = t.union([
  t.readonlyArray(t.intersection([t.type({ label: t.string }), t.partial({ detail: t.string })])),
  t.null,
]);

// ---- the workshop -------------------------------------------------------------------------------------------------------

export interface Texts {
  readonly theorems: string;
  readonly proofs: string;
}
const numbers = t.record(t.string, t.number);
export type ToWorkshop =
  | {
      readonly _tag: 'Extract';
      readonly id: number;
      readonly texts: Texts;
      readonly name: string;
      readonly tiles: Readonly<Record<string, number>>;
    }
  | {
      readonly _tag: 'Run';
      readonly id: number;
      readonly sizes: Readonly<Record<string, number>>;
      readonly seed: number;
    }
  | { readonly _tag: 'Find'; readonly id: number; readonly texts: Texts; readonly name: string; readonly axis: string };

const extracted = t.type({
  _tag: t.literal('Extracted'),
  id: t.number,
  name: t.string,
  text: t.string,
  /** what was chosen or taken, by axis */
  tiles: numbers,
  /** axes that a run has to give sizes of */
  axes: t.readonlyArray(t.string),
  proofs: t.number,
});
export type ExtractedReply = t.TypeOf<typeof extracted>;
const ran = t.type({
  _tag: t.literal('Ran'),
  id: t.number,
  device: t.string,
  /** of one launch, with what goes in and comes back */
  milliseconds: t.number,
  elements: t.number,
  error: t.number,
  bound: t.number,
  ratio: t.number,
  unjudged: t.number,
  /** the first elements of the first output */
  first: t.readonlyArray(t.number),
});
export type RanReply = t.TypeOf<typeof ran>;
const found = t.type({
  _tag: t.literal('Found'),
  id: t.number,
  lines: t.readonlyArray(t.string),
  script: t.union([t.type({ theorems: t.string, proofs: t.string }), t.null]),
});
export type FoundReply = t.TypeOf<typeof found>;
const failed = t.type({
  _tag: t.literal('Failed'),
  id: t.number,
  kind: t.keyof({ said: null, 'no-webgpu': null, 'no-adapter': null, lost: null, broken: null }),
  text: t.string,
});
export type FailedReply = t.TypeOf<typeof failed>;
const progress = t.type({ _tag: t.literal('Progress'), id: t.number, text: t.string });
export const fromWorkshop = t.union([extracted, ran, found, failed, progress, alive]);
export type FromWorkshop = t.TypeOf<typeof fromWorkshop>;

// ---- files that lie beside the page -------------------------------------------------------------------------------------

export const libraryFile = t.type({ files: t.readonlyArray(t.type({ path: t.string, text: t.string })) });
export const verdictsFile = t.type({
  format: t.literal(1),
  weft: t.string,
  verdicts: t.record(
    t.string,
    t.type({ uses: t.readonlyArray(t.type({ name: t.string, key: t.string })), axioms: t.readonlyArray(t.string) }),
  ),
});

/** Where the two texts stand in the project that the checker sees. */
export const PATHS = { theorems: 'theorems/mine.weft', proofs: 'proofs/mine.weft' } as const;
export type Part = keyof typeof PATHS;
export const PARTS: readonly Part[] = ['theorems', 'proofs'];
