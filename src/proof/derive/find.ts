/**
 * From a definition and an axis to a state with its laws: read, solve, emit, check. Invariant: what is returned as found is proved.
 */
import type { AxisVar, Definition } from '../../core/index.js';
import type { Binding } from '../../language/point/point.js';
import { type Draft, type Found, emit } from './emit.js';
import { regauged } from './gauge.js';
import { Lemmas } from './lemma.js';
import type { Output, Read } from './read.js';
import { Blocked, type Tools } from './separate.js';
import { Solver } from './solve.js';
import { State } from './state.js';
import type { LoopSym, Sym, Symbols } from './sym.js';
import { type Ground, type Verified, verify } from './verify.js';

export interface Question {
  readonly name: string;
  readonly definition: Definition;
  readonly wires: readonly Binding[];
  readonly over: AxisVar;
  readonly stream: string;
  readonly imports: Draft['imports'];
}
/** What is found for some outputs: of the definition, or of a part of it that is then written out as the stream's left side. */
export type Answer =
  | { readonly _tag: 'Found'; readonly found: Found }
  | { readonly _tag: 'Blocked'; readonly blocked: Blocked }
  | { readonly _tag: 'Unproved'; readonly found: Found; readonly verified: Verified };

export interface Target {
  readonly symbols: Symbols;
  readonly read: Read;
  readonly outputs: readonly Output[];
  readonly whole: boolean;
}

const allWords = ['sum', 'product', 'max', 'min', 'all', 'any'] as const;

/** How a state is looked for: in coordinates for floats, and with loops of several states taken as parts that join. */
interface Way {
  readonly stable: boolean;
  readonly composing: boolean;
}
const ways: readonly Way[] = [
  { stable: true, composing: true },
  { stable: false, composing: true },
  { stable: false, composing: false },
];

/** The first way in which a state is proved; else what the first of those without coordinates for floats says. */
export function find(ground: Ground, question: Question, target: Target): Answer {
  const [stable, plain, folding] = ways as [Way, Way, Way];
  const first = attempt(ground, question, target, stable);
  if (first?._tag === 'Found') return first;
  const second = attempt(ground, question, target, plain)!;
  if (second._tag !== 'Unproved') return second;
  const third = attempt(ground, question, target, folding)!;
  return third._tag === 'Found' ? third : second;
}

function attempt(ground: Ground, question: Question, target: Target, way: Way): Answer | undefined {
  try {
    const found = draft(ground, question, target, way);
    if (!found) return undefined;
    const verified = verify(ground, found);
    if (verified.proved) return { _tag: 'Found', found };
    // a lemma that is cited for several loops may have met another of them first
    const again = verified.failed === question.stream ? draft(ground, question, target, way, everywhere) : undefined;
    if (again && verify(ground, again).proved) return { _tag: 'Found', found: again };
    return { _tag: 'Unproved', found, verified };
  } catch (error) {
    if (error instanceof Blocked) return { _tag: 'Blocked', blocked: error };
    throw error;
  }
}

/** The reductions that the file knows by the library's names. */
const knownWords = (ground: Ground): ReadonlySet<string> => new Set(allWords.filter((w) => ground.words.has(w)));

/** The components that are read of each loop, over all outputs. */
function uses(symbols: Symbols, outputs: readonly Output[]): Tools['used'] {
  const table = new Map<string, Set<number>>();
  const seen = new Set<Sym>();
  const go = (s: Sym): Sym => {
    if (seen.has(s)) return s;
    seen.add(s);
    if (s._tag === 'Loop') table.set(shapeKey(s), (table.get(shapeKey(s)) ?? new Set()).add(s.component));
    symbols.overChildren(s, go);
    return s;
  };
  outputs.forEach((o) => go(o.body));
  return (loop) => [...(table.get(shapeKey(loop)) ?? [])];
}
/** A loop up to what is free in it. */
const shapeKey = ({ loop }: LoopSym): string =>
  `${loop.axis.id}:${loop.inits.length}:${loop.steps.map((a) => a.axes.length).join()}`;

export function toolsFor(ground: Ground, question: Question, { symbols, read, outputs }: Target): Tools {
  const booleanInput = (s: Sym): boolean => s._tag === 'Read' && read.inputs[s.input]?.base._tag === 'Boolean';
  return {
    symbols,
    lemmas: new Lemmas(question.stream),
    known: knownWords(ground),
    axis: question.over,
    stable: false,
    composing: true,
    compositions: new Map(),
    booleanInput,
    used: uses(symbols, outputs),
  };
}

/** What is cited more than once is used wherever it matches, at its first turn. */
function everywhere(cites: readonly string[]): readonly string[] {
  const turns = (c: string): number => cites.filter((d) => d === c).length;
  return cites.flatMap((c, i) => (turns(c) === 1 ? [c] : cites.indexOf(c) === i ? [`simp ${c}`] : []));
}

/** The texts; nothing where coordinates for floats are asked for and there are none. */
function draft(
  ground: Ground,
  question: Question,
  target: Target,
  way: Way,
  order = (cites: readonly string[]): readonly string[] => cites,
): Found | undefined {
  const { definition, wires, over, name, stream, imports } = question;
  const { symbols, outputs } = target;
  const tools: Tools = { ...toolsFor(ground, question, target), ...way };
  const { stable } = way;
  const solver = new Solver(tools);
  const solved = outputs.map((o) => ({ ...o, body: solver.solve(o.body) }));
  const moved = stable ? solved.map((o) => regauged(tools, o.body)) : [];
  const results = solved.map((o, i) => ({ ...o, body: moved[i]?.result ?? o.body }));
  const back = moved.flatMap((m) => m?.cites ?? []);
  const state = new State(symbols, over, new Set(wires.map((w) => w.name)), tools.compositions);
  const finals = results.map((o) => ({ ...o, body: state.final(o.body) }));
  if (stable && !state.components.some((c) => c.word === 'gauged')) return undefined;
  return emit({
    symbols,
    known: tools.known,
    subject: { name, axes: definition.parameters.axes, wires, over },
    stream,
    spec: target.whole ? undefined : outputs,
    state,
    finals,
    lemmas: tools.lemmas.list,
    cites: order(solver.cites),
    closing: back.length > 0 ? [...back.map((t) => `rewrite ${t} in rhs`), 'ring'] : [],
    imports,
  });
}
