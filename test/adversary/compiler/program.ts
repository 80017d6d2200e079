// Random streams whose laws all have one proof: sums, largest elements, products, affine recurrences and rescaled sums of pointwise expressions.
// Invariant: the specification is the state of all the data followed by `final`, so that the stream's own law is structural; every law is
// proved by the same script. It does not know schedules.
import { type Array_, type Expr, axesNamed, element, free, reads, show } from './expression.js';

export type Component =
  | {
      readonly _tag: 'Sum' | 'Max' | 'Times';
      readonly name: string;
      readonly axes: readonly string[];
      readonly body: Expr;
    }
  | { readonly _tag: 'Count'; readonly name: string }
  | {
      readonly _tag: 'Affine';
      readonly name: string;
      readonly axes: readonly string[];
      readonly factor: Expr;
      readonly body: Expr;
    }
  | {
      readonly _tag: 'Gauge';
      readonly name: string;
      readonly over: readonly string[];
      readonly axes: readonly string[];
      readonly score: Expr;
      readonly body: Expr;
    };

export interface Program {
  readonly name: string;
  /** all axes, as they are declared; the streamed one is n */
  readonly axes: readonly string[];
  readonly result: readonly string[];
  readonly wires: readonly Array_[];
  readonly components: readonly Component[];
  readonly finals: readonly Expr[];
  /** the state written in place in the specification, or bound before it */
  readonly inlined: boolean;
  readonly laws: 'mergeable' | 'foldable' | 'both';
  /** a result of a second pass, with an element for each of the stream: it reads the state and the data */
  readonly kept?: Along | undefined;
  /** outputs along the stream: they read the data and what the sums and products before them, and with them, come to (`so s0`) */
  readonly outputs?: Along | undefined;
}

/** A result that has the streamed axis: its axes in order, and its element. */
export interface Along {
  readonly order: readonly string[];
  readonly body: Expr;
}

// ---- the state ----------------------------------------------------------------------------------------------------------

/** One array of the state: what it is of the data, of a state and more data, and of two states, all at one element. */
interface Part extends Array_ {
  readonly head: string;
  readonly step: string;
  readonly merge: string;
}

const primed = (a: Array_): string => element({ ...a, name: `${a.name}'` });
const JOIN = {
  Sum: { of: (e: string) => `sum n (${e})`, join: (s: string, t: string) => `${s} + ${t}` },
  Max: { of: (e: string) => `max n (${e})`, join: (s: string, t: string) => `max2(${s}, ${t})` },
  Times: { of: (e: string) => `times n (${e})`, join: (s: string, t: string) => `${s} * ${t}` },
} as const;

function simple(a: Array_, kind: keyof typeof JOIN, body: string): Part {
  const { of, join } = JOIN[kind];
  return { ...a, head: of(body), step: join(element(a), `(${of(body)})`), merge: join(element(a), primed(a)) };
}

function affine(c: Component & { readonly _tag: 'Affine' }): readonly Part[] {
  const [p, u] = [`${c.name}p`, `${c.name}u`].map((name) => ({ name, axes: c.axes })) as [Array_, Array_];
  const own = `affine(map n (${show(c.factor)}), map n (${show(c.body)}))`;
  const factor = show(c.factor);
  return [
    simple(p, 'Times', factor),
    {
      ...u,
      head: own,
      step: `times n (${factor}) * ${element(u)} + ${own}`,
      merge: `${primed(p)} * ${element(u)} + ${primed(u)}`,
    },
  ];
}

function gauge(c: Component & { readonly _tag: 'Gauge' }): readonly Part[] {
  const [m, l] = [
    { name: `${c.name}m`, axes: c.over },
    { name: `${c.name}l`, axes: c.axes },
  ] as const;
  const score = show(c.score);
  const sumIn = (at: string): string => `sum n (exp(${score} - ${at}) * ${show(c.body)})`;
  const largest = `(max n (${score}))`;
  const next = `max2(${element(m)}, ${largest})`;
  const both = `max2(${element(m)}, ${primed(m)})`;
  return [
    simple(m, 'Max', score),
    {
      ...l,
      head: sumIn(largest),
      step: `exp(${element(m)} - ${next}) * ${element(l)} + ${sumIn(next)}`,
      merge: `exp(${element(m)} - ${both}) * ${element(l)} + exp(${primed(m)} - ${both}) * ${primed(l)}`,
    },
  ];
}

export function parts(c: Component): readonly Part[] {
  switch (c._tag) {
    case 'Count': {
      const a = { name: c.name, axes: [] };
      return [{ ...a, head: 'size n', step: `${c.name} + size n`, merge: `${c.name} + ${c.name}'` }];
    }
    case 'Affine':
      return affine(c);
    case 'Gauge':
      return gauge(c);
    default:
      return [simple({ name: c.name, axes: c.axes }, c._tag, show(c.body))];
  }
}

// ---- texts --------------------------------------------------------------------------------------------------------------

const mapped = (axes: readonly string[], e: string): string =>
  axes.length === 0 ? e : `map ${axes.join(', ')} (${e})`;
const tuple = (all: readonly string[]): string => (all.length === 1 ? all[0]! : `(${all.join(', ')})`);
const object = ({ name, axes }: Array_): string => `${name} : R${axes.length === 0 ? '' : `[${axes.join(' ')}]`}`;

// ---- along the stream ---------------------------------------------------------------------------------------------------

const runs = (c: Component): c is Component & { readonly _tag: 'Sum' | 'Times' } =>
  c._tag === 'Sum' || c._tag === 'Times';
/** The arrays of what sums and products come to at each element. */
export const running = (components: readonly Component[]): readonly Array_[] =>
  components.filter(runs).map((c) => ({ name: `so${c.name}`, axes: [...c.axes, 'n'] }));

/** The outputs from a state: of no data that of nothing. */
function outputsFrom({ components, outputs }: Program, isFirst: boolean): string {
  const { order, body } = outputs!;
  const used = new Set(reads(body).map((a) => a.name));
  const bound = components.filter(runs).flatMap((c) => {
    const [name, start] = [`so${c.name}`, c._tag === 'Sum' ? '0' : '1'];
    if (!used.has(name)) return [];
    const next = `z ${c._tag === 'Sum' ? '+' : '*'} (${show(c.body)})`;
    const from = isFirst ? start : element({ name: c.name, axes: c.axes });
    return [`let ${name} = ${mapped(c.axes, `let (z, o) = scan n (z = ${from}) (${next}, ${next}) in o`)} in`];
  });
  return [...bound, mapped(order, show(body))].join(' ');
}

/** The statement. */
export function statement(p: Program): string {
  const all = p.components.flatMap(parts);
  const state = (of: (part: Part) => string): string => tuple(all.map((x) => mapped(x.axes, of(x))));
  const heads = new Map(all.map((x) => [x.name, `(${x.head})`]));
  const results = [...p.finals.map((body): Along => ({ order: p.result, body })), ...(p.kept ? [p.kept] : [])];
  const final = tuple(results.map((f) => mapped(f.order, show(f.body))));
  const inlined = tuple(
    results.map(({ order, body }) =>
      mapped(
        order,
        show(body, (a) => heads.get(a.name) ?? element(a)),
      ),
    ),
  );
  const head = state((x) => x.head);
  const names = all.map((x) => x.name);
  const bound = `let ${names.length === 1 ? names[0]! : `(${names.join(', ')})`} = ${head} in ${final}`;
  return [
    `stream ${p.name} [${p.axes.join(', ')}] (${p.wires.map(object).join(', ')}) over n`,
    `  spec ${p.outputs ? `(${p.inlined ? inlined : bound}, ${outputsFrom(p, true)})` : p.inlined ? inlined : bound}`,
    `  state (${all.map(object).join(', ')})`,
    `  head ${head}`,
    `  ${p.kept ? 'pass' : 'final'} ${final}`,
    ...(p.outputs ? [`  outputs ${outputsFrom(p, true)}`] : []),
    ...(p.laws === 'mergeable' ? [] : [`  step ${state((x) => x.step)}`]),
    ...(p.outputs ? [`  output ${outputsFrom(p, false)}`] : []),
    ...(p.laws === 'foldable' ? [] : [`  merge ${state((x) => x.merge)}`]),
    p.laws === 'foldable' ? '  foldable' : '  mergeable',
    '',
  ].join('\n');
}

/** One script for all: what is of two parts together comes apart, and sums in another gauge come into this one. */
export function proof(p: Program): string {
  const steps = [
    '  simp sum-add, max-add, times-add, affine-add',
    ...p.components.flatMap((c) => (c._tag === 'Gauge' ? [regauge] : [])),
  ];
  const laws = p.laws === 'both' ? ['foldable', 'mergeable'] : [p.laws];
  return [
    `proof ${p.name}\n  refl\nqed\n`,
    ...(p.outputs ? [`proof ${p.name}.outputs\n  refl\nqed\n`] : []),
    ...laws.map((l) => `proof ${p.name}.${l}\n${steps.join('\n')}\nqed\n`),
  ].join('');
}
const regauge = '  rewrite <- contraction-regauge in rhs';

// ---- what is one -------------------------------------------------------------------------------------------------------

/** Only what is read. */
export function pruned(p: Program): Program {
  const along = [p.kept, p.outputs].flatMap((a) => (a ? [a.body] : []));
  const used = new Set([...p.finals, ...along].flatMap((f) => reads(f).map((a) => a.name.replace(/^so/, ''))));
  const kept = p.components.filter((c) => parts(c).some((x) => used.has(x.name)));
  const components = kept.length > 0 ? kept : p.components.slice(0, 1);
  const exprs = [...p.finals, ...along, ...components.flatMap(exprsOf)];
  const arrays = new Set(exprs.flatMap((e) => reads(e).map((a) => a.name)));
  const wires = p.wires.filter((w) => arrays.has(w.name));
  const named = new Set([
    'n',
    ...p.result,
    ...exprs.flatMap(axesNamed),
    ...components.flatMap((c) => parts(c).flatMap((x) => x.axes)),
  ]);
  return { ...p, components, wires, axes: p.axes.filter((a) => named.has(a)) };
}
export const exprsOf = (c: Component): readonly Expr[] =>
  c._tag === 'Count'
    ? []
    : c._tag === 'Affine'
      ? [c.factor, c.body]
      : c._tag === 'Gauge'
        ? [c.score, c.body]
        : [c.body];

/** Every axis has a size that some wire tells, and what is summed up is of the stream. */
export const isStream = (p: Program): boolean =>
  p.axes.every((a) => p.wires.some((w) => w.axes.includes(a))) &&
  p.components.flatMap(exprsOf).every((e) => free(e).has('n'));
