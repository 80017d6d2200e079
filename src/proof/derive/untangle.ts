/**
 * Loops taken apart: one with components that the wanted one does not need, and one over an array whose elements do not read each
 * other. Invariant: the simpler loop is equal by a lemma of its own, proved by induction on the axis. Knows nothing of laws.
 */
import { classify, isSum } from './classify.js';
import { Abstraction, type Index } from './lemma.js';
import { sliced } from './read.js';
import type { Tools } from './separate.js';
import { type Arr, type At, type Loop, type LoopSym, type Sym } from './sym.js';

export interface Untangled {
  readonly loop: Loop;
  readonly component: number;
  readonly at: readonly At[];
  readonly cite: string;
}

/** The simpler loop of a component at indices, where there is one. */
export function untangled(tools: Tools, loop: Loop, component: number, at: readonly At[]): Untangled | undefined {
  if (loop.output) return undefined;
  return slice(tools, loop, component, at) ?? elements(tools, loop, at);
}

const induction = '  induction AXIS right\n  { refl }\n  { rewrite ih }';
const proofOver = (loop: Loop): string => induction.replace('AXIS', loop.axis.name);

/** A loop with all parts but its states as wires; sums and negations stay where `opened` asks for it. */
function abstracted(tools: Tools, loop: Loop, opened = false): { readonly abstract: Abstraction; readonly loop: Loop } {
  const { symbols } = tools;
  const cells = [...loop.inits, ...loop.steps].flatMap((a) =>
    a.names.map((name, i): Index => ({ name, axis: a.axes[i]! })),
  );
  const abstract = new Abstraction(symbols, [{ name: loop.turn, axis: loop.axis }, ...cells], tools.booleanInput);
  const free = (s: Sym): boolean => !s.free.has(loop.self) && !(opened && isSum(s));
  const arr = (a: Arr): Arr => ({ ...a, body: abstract.over(a.body, free) });
  return { abstract, loop: { ...loop, inits: loop.inits.map(arr), steps: loop.steps.map(arr) } };
}

/** A step of a loop and what gives it from the one before. */
export interface StepLink {
  readonly step: Sym;
  readonly by: string;
}

/** The lemma that a loop with one component has another step, which is made of parts of its own. */
export function loopLemma(tools: Tools, loop: Loop, links: readonly StepLink[], opened = false): string {
  const { symbols, lemmas, known } = tools;
  const { abstract, loop: whole } = abstracted(tools, loop, opened);
  const [init, step] = [whole.inits[0]!, whole.steps[0]!];
  const names = init.axes.map((a) => symbols.fresh(a));
  const writer = abstract.writer(known);
  const over = (s: Sym): Sym => abstract.over(s, (t) => !t.free.has(loop.self) && abstract.knows(t));
  const text = (body: Sym): string => {
    const value = symbols.loop({ ...whole, steps: [{ ...step, body }] }, 0, names);
    return bracket(writer.array({ names, axes: init.axes, body: value }, abstract.scope(false)));
  };
  const all = [{ step: step.body, by: '' }, ...links.map((l) => ({ ...l, step: over(l.step) }))];
  const kept = all.filter((l, i) => i === 0 || l.step !== all[i - 1]!.step);
  const statement = `${abstract.axes()}(${abstract.parameters(false)}) : ${text(step.body)} = ${text(kept.at(-1)!.step)}`;
  const proof = (): string =>
    kept.length === 2
      ? `  ${kept[1]!.by}`
      : [
          `  calc ${text(step.body)}`,
          ...kept.slice(1).map((l) => `     = ${text(l.step)} by ${l.by.includes(',') ? `{ ${l.by} }` : l.by}`),
        ].join('\n');
  return lemmas.add('loop', statement, proof);
}

/** One component, with a law of its own. */
function simple(symbols: Tools['symbols'], { loop }: LoopSym): boolean {
  if (loop.inits.length !== 1) return false;
  return loop.inits[0]!.names.length > 0 || classify(symbols, symbols.open(symbols.loop(loop, 0, [])))._tag !== 'Other';
}

function slice(tools: Tools, loop: Loop, component: number, at: readonly At[]): Untangled | undefined {
  const { symbols, lemmas, known } = tools;
  const { loop: whole, abstract } = abstracted(tools, loop);
  const cut = sliced(symbols, whole, component, []);
  if (cut.loop.inits.length === loop.inits.length) return undefined;
  // parts that only fold stay together: apart, each would bring the states that it reads
  const apart = (c: number): boolean => simple(symbols, sliced(symbols, loop, c, []));
  if (!apart(component) || !tools.used(symbols.loop(loop, 0, [])).every(apart)) return undefined;
  const init = loop.inits[component]!;
  const names = init.axes.map((a) => symbols.fresh(a));
  const over = (body: Sym): Arr => ({ names, axes: init.axes, body });
  const writer = abstract.writer(known);
  const text = (l: LoopSym): string => writer.array(over(l), abstract.scope(false));
  const [left, right] = [symbols.loop(whole, component, names), sliced(symbols, whole, component, names)];
  const statement = `${abstract.axes()}(${abstract.parameters(false)}) : ${bracket(text(left))} = ${text(right)}`;
  const cite = lemmas.add('part', statement, () => proofOver(loop));
  const made = sliced(symbols, loop, component, []);
  return { loop: symbols.open(made), component: made.component, at, cite };
}

const bracket = (text: string): string => (text.startsWith('let') || text.startsWith('fold') ? `(${text})` : text);

/** An array of loops, where an element reads the states of its own indices alone, at the places where it does. */
function elements(tools: Tools, loop: Loop, at: readonly At[]): Untangled | undefined {
  const { symbols, lemmas, known } = tools;
  const [init, step] = [loop.inits[0]!, loop.steps[0]!];
  if (loop.inits.length !== 1 || init.names.length === 0) return undefined;
  const own = ownPlaces(tools, loop, step);
  if (!own.includes(true)) return undefined;
  const { loop: whole, abstract } = abstracted(tools, loop);
  const names = init.axes.map((a) => symbols.fresh(a));
  const writer = abstract.writer(known);
  const text = (body: Sym): string => writer.array({ names, axes: init.axes, body }, abstract.scope(false));
  const rest = (all: readonly At[]): readonly At[] => all.filter((_, i) => !own[i]);
  const right = symbols.loop(element(tools, whole, own, names), 0, rest(names));
  const statement = `${abstract.axes()}(${abstract.parameters(false)}) : ${text(symbols.loop(whole, 0, names))} = ${text(right)}`;
  const cite = lemmas.add('element', statement, () => proofOver(loop));
  return { loop: element(tools, loop, own, at), component: 0, at: rest(at), cite };
}

/** The loop of the elements at indices, at the places that are their own. */
function element({ symbols }: Tools, loop: Loop, own: readonly boolean[], at: readonly At[]): Loop {
  const named = (a: Arr): Arr => {
    const images = new Map(a.names.flatMap((n, i): [number, At][] => (own[i] ? [[n, at[i]!]] : [])));
    const body = symbols.replace(symbols.rename(a.body, images), (s) =>
      s._tag === 'State' && s.self === loop.self
        ? symbols.state(
            s.self,
            0,
            s.at.filter((_, i) => !own[i]),
          )
        : undefined,
    );
    return { names: a.names.filter((_, i) => !own[i]), axes: a.axes.filter((_, i) => !own[i]), body };
  };
  return { ...loop, inits: [named(loop.inits[0]!)], steps: [named(loop.steps[0]!)] };
}

/** At which places the state is read at the element's own index only. */
function ownPlaces({ symbols }: Tools, loop: Loop, step: Arr): readonly boolean[] {
  const own = step.names.map(() => true);
  const seen = new Set<Sym>();
  const go = (s: Sym): Sym => {
    if (seen.has(s) || !s.free.has(loop.self)) return s;
    seen.add(s);
    if (s._tag === 'State' && s.self === loop.self) s.at.forEach((a, i) => a === step.names[i] || (own[i] = false));
    else symbols.overChildren(s, go);
    return s;
  };
  go(step.body);
  return own;
}
