// Random streams. Invariant: the same numbers give the same stream; what is given reads only what it declares. It does not know their texts.
import { type Array_, type Expr, type Pool, expression, pick, read, reads } from './expression.js';
import { type Along, type Component, type Program, isStream, parts, pruned, running } from './program.js';

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
      return {
        _tag,
        name,
        axes,
        over,
        score: small(over),
        body: expression({ ...pool, made: [] }, ['n', ...axes], 0, 'n'),
      };
    }
    default:
      return { _tag, name, axes, body: body() };
  }
}

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
  // a gauge stands alone: where its law does not match at once, the search for it takes half a minute
  while (components.length < (components[0]?._tag === 'Gauge' ? 1 : count)) {
    const kinds = KINDS.filter((k) => k !== 'Gauge' || components.length === 0);
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
  const data = [...wires, ...context];
  // what a part of the data may read of its size means something else
  const along = (arrays: readonly Array_[]): Along => {
    const own: Pool = { ...pool, arrays: [...data, ...arrays, ...arrays], measured: false, made: [] };
    return { order: shuffled(next, ['n', ...result]), body: expression(own, ['n', ...result], 2, 'n') };
  };
  const kept = chance(next, 0.15) ? along(state) : undefined;
  const outputs = chance(next, 0.25) ? along(running(components)) : undefined;
  return pruned({
    kept,
    outputs,
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

/** A random stream; one that reads nothing of the streamed axis is drawn again. */
export function program(next: () => number, name: string): Program {
  let p = drawn(next, name);
  while (!isStream(p)) p = drawn(next, name);
  return p;
}
