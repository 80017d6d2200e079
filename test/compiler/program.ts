// Random streams whose laws all have one proof: sums, largest elements, products, affine recurrences and rescaled sums of pointwise expressions.
// Invariant: the specification is the state of all the data followed by `final`, so that the stream's own law is structural; every law is
// proved by the same script. It does not know schedules.
import {
  type Array_,
  type Expr,
  type Pool,
  ONE,
  axesNamed,
  element,
  expression,
  free,
  pick,
  read,
  reads,
  show,
  smaller,
} from './expression.js';

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

/** The statement. */
export function statement(p: Program): string {
  const all = p.components.flatMap(parts);
  const state = (of: (part: Part) => string): string => tuple(all.map((x) => mapped(x.axes, of(x))));
  const heads = new Map(all.map((x) => [x.name, `(${x.head})`]));
  const final = tuple(p.finals.map((f) => mapped(p.result, show(f))));
  const inlined = tuple(
    p.finals.map((f) =>
      mapped(
        p.result,
        show(f, (a) => heads.get(a.name) ?? element(a)),
      ),
    ),
  );
  const head = state((x) => x.head);
  const names = all.map((x) => x.name);
  const bound = `let ${names.length === 1 ? names[0]! : `(${names.join(', ')})`} = ${head} in ${final}`;
  return [
    `stream ${p.name} [${p.axes.join(', ')}] (${p.wires.map(object).join(', ')}) over n`,
    `  spec ${p.inlined ? inlined : bound}`,
    `  state (${all.map(object).join(', ')})`,
    `  head ${head}`,
    `  final ${final}`,
    ...(p.laws === 'mergeable' ? [] : [`  step ${state((x) => x.step)}`]),
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
    ...laws.map((l) => `proof ${p.name}.${l}\n${steps.join('\n')}\nqed\n`),
  ].join('');
}
const regauge = '  rewrite <- contraction-regauge in rhs';

// ---- random ones --------------------------------------------------------------------------------------------------------

const chance = (next: () => number, p: number): boolean => next() < p;
const some = (next: () => number, all: readonly string[], p: number): string[] => all.filter(() => chance(next, p));
function shuffled(next: () => number, all: readonly string[]): string[] {
  const out = [...all];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

const KINDS: readonly Component['_tag'][] = [
  'Sum',
  'Sum',
  'Sum',
  'Max',
  'Max',
  'Times',
  'Count',
  'Affine',
  'Gauge',
  'Gauge',
];

function component(
  pool: Pool,
  name: string,
  result: readonly string[],
  kinds: readonly Component['_tag'][],
): Component {
  const { next } = pool;
  const _tag = pick(next, kinds);
  const own = some(next, result, 0.7);
  // rarely a state over an axis that is summed over at the end
  const axes = shuffled(next, chance(next, 0.03) ? [...own, ...pool.inner.slice(0, 1)] : own);
  const body = (over = axes): Expr => expression(pool, ['n', ...over], 3, 'n');
  switch (_tag) {
    case 'Count':
      return { _tag, name };
    case 'Affine':
      return { _tag, name, axes, factor: body(), body: body() };
    case 'Gauge': {
      // simple ones: the matching of the general law against two large expressions takes minutes
      const over = axes.filter(() => chance(next, 0.7));
      const small = (on: readonly string[]): Expr => expression({ ...pool, made: [] }, ['n', ...on], 1, 'n');
      return { _tag, name, axes, over, score: small(over), body: small(axes) };
    }
    default:
      return { _tag, name, axes, body: body() };
  }
}

/** Only what is read. */
export function pruned(p: Program): Program {
  const used = new Set(p.finals.flatMap((f) => reads(f).map((a) => a.name)));
  const kept = p.components.filter((c) => parts(c).some((x) => used.has(x.name)));
  const components = kept.length > 0 ? kept : p.components.slice(0, 1);
  const exprs = [...p.finals, ...components.flatMap(exprsOf)];
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

function drawn(next: () => number, name: string): Program {
  const result = shuffled(next, some(next, ['q', 'e'], 0.65));
  const inner = some(next, ['d', 'f'], 0.5);
  const axes = shuffled(next, ['n', ...result, ...inner]);
  const outer = [...result, ...inner];
  const array = (n: boolean, i: number): Array_ => ({
    name: `${n ? 'x' : 'c'}${i}`,
    axes: shuffled(next, [...(n ? ['n'] : []), ...some(next, outer, 0.4)]),
  });
  const wires = [0, 1, 2, 3].slice(0, 2 + Math.floor(next() * 3)).map((i) => array(true, i));
  const context = [0, 1, 2].slice(0, 1 + Math.floor(next() * 3)).map((i) => array(false, i));
  // rarely an axis of the result is summed over inside as well
  const pool: Pool = {
    next,
    arrays: [...wires, ...context],
    inner: chance(next, 0.04) ? outer : inner,
    measured: false,
    made: [],
  };
  const components: Component[] = [];
  const count = 1 + Math.floor(next() * 3);
  // one gauge at most: the matching of two in one goal takes minutes
  while (components.length < count) {
    const kinds = KINDS.filter((k) => k !== 'Gauge' || !components.some((c) => c._tag === 'Gauge'));
    components.push(component(pool, `s${components.length}`, result, kinds));
  }
  const state = components.flatMap(parts).map(({ name: n, axes: a }): Array_ => ({ name: n, axes: a }));
  const after: Pool = { ...pool, arrays: [...context, ...state, ...state, ...state], measured: true, made: [] };
  const all = expression(after, result, 2);
  const missing = state.filter(
    (s) => s.axes.every((a) => result.includes(a)) && !reads(all).some((a) => a.name === s.name),
  );
  const final = missing.reduce(
    (e: Expr, s): Expr => ({ _tag: 'Binary', form: pick(next, ['add', 'mul', 'sub']), left: e, right: read(s) }),
    all,
  );
  const finals = chance(next, 0.12) ? [final, expression(after, result, 1)] : [final];
  const gauged = components.some((c) => c._tag === 'Gauge');
  const laws = gauged ? 'foldable' : pick(next, ['mergeable', 'mergeable', 'foldable', 'both'] as const);
  return pruned({
    name,
    axes,
    result,
    wires: [...shuffledArrays(next, [...wires, ...context])],
    components,
    finals,
    inlined: chance(next, 0.5),
    laws,
  });
}
const shuffledArrays = (next: () => number, all: readonly Array_[]): readonly Array_[] =>
  shuffled(
    next,
    all.map((a) => a.name),
  ).map((n) => all.find((a) => a.name === n)!);

/** Every axis has a size that some wire tells, and what is summed up is of the stream. */
export const isStream = (p: Program): boolean =>
  p.axes.every((a) => p.wires.some((w) => w.axes.includes(a))) &&
  p.components.flatMap(exprsOf).every((e) => free(e).has('n'));

/** A random stream; one that reads nothing of the streamed axis is drawn again. */
export function program(next: () => number, name: string): Program {
  let p = drawn(next, name);
  while (!isStream(p)) p = drawn(next, name);
  return p;
}

// ---- smaller ones -------------------------------------------------------------------------------------------------------

const withExpr = (c: Component, at: 'body' | 'factor' | 'score', by: Expr): Component =>
  ({ ...c, [at]: by }) as Component;

function smallerComponents(c: Component): readonly Component[] {
  if (c._tag === 'Count') return [];
  const of = (at: 'body' | 'factor' | 'score', e: Expr, over: readonly string[]): readonly Component[] =>
    smaller(e, ['n', ...over]).map((by) => withExpr(c, at, by));
  const own = of('body', c.body, c.axes);
  if (c._tag === 'Affine') return [...own, ...of('factor', c.factor, c.axes)];
  return c._tag === 'Gauge' ? [...own, ...of('score', c.score, c.over)] : own;
}

const without = (e: Expr, names: ReadonlySet<string>): Expr => {
  if (e._tag === 'Read') return names.has(e.array.name) ? ONE : e;
  if (e._tag === 'Unary') return { ...e, of: without(e.of, names) };
  if (e._tag === 'Binary') return { ...e, left: without(e.left, names), right: without(e.right, names) };
  if (e._tag === 'Inner') return { ...e, body: without(e.body, names) };
  if (e._tag === 'Select')
    return { ...e, parts: e.parts.map((x) => without(x, names)) as unknown as readonly [Expr, Expr, Expr, Expr] };
  return e;
};

/** Smaller programs: fewer results and components first, then simpler expressions. */
export function smallerPrograms(p: Program): readonly Program[] {
  const fewer = p.finals.length > 1 ? p.finals.map((f) => ({ ...p, finals: [f] })) : [];
  const dropped =
    p.components.length < 2
      ? []
      : p.components.map((c) => {
          const names = new Set(parts(c).map((x) => x.name));
          return {
            ...p,
            components: p.components.filter((x) => x !== c),
            finals: p.finals.map((f) => without(f, names)),
          };
        });
  const finals = p.finals.flatMap((f, i) =>
    smaller(f, p.result).map((by) => ({ ...p, finals: p.finals.map((x, j) => (i === j ? by : x)) })),
  );
  const bodies = p.components.flatMap((c, i) =>
    smallerComponents(c).map((by) => ({ ...p, components: p.components.map((x, j) => (i === j ? by : x)) })),
  );
  const plain = [
    ...(p.laws === 'both' ? [{ ...p, laws: 'mergeable' as const }] : []),
    ...(p.inlined ? [{ ...p, inlined: false }] : []),
  ];
  return [...fewer, ...dropped, ...finals, ...bodies, ...plain].map(pruned).filter(isStream);
}
