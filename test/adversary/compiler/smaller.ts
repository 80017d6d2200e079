// Smaller streams in the place of one. Invariant: each is a stream. It does not know why one is wanted.
import { type Expr, ONE, smaller } from './expression.js';
import { type Component, type Program, isStream, parts, pruned } from './program.js';

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

/** Simpler results along the stream. */
const along = (p: Program): readonly Program[] =>
  (['kept', 'outputs'] as const).flatMap((at) => {
    const own = p[at];
    return own ? smaller(own.body, own.order).map((body) => ({ ...p, [at]: { ...own, body } })) : [];
  });

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
            kept: p.kept && { ...p.kept, body: without(p.kept.body, names) },
            outputs: p.outputs && { ...p.outputs, body: without(p.outputs.body, new Set([`so${c.name}`])) },
          };
        });
  const finals = p.finals.flatMap((f, i) =>
    smaller(f, p.result).map((by) => ({ ...p, finals: p.finals.map((x, j) => (i === j ? by : x)) })),
  );
  const bodies = p.components.flatMap((c, i) =>
    smallerComponents(c).map((by) => ({ ...p, components: p.components.map((x, j) => (i === j ? by : x)) })),
  );
  const plain = [
    ...(p.kept ? [{ ...p, kept: undefined }] : []),
    ...(p.outputs ? [{ ...p, outputs: undefined }] : []),
    ...along(p),
    ...(p.laws === 'both' ? [{ ...p, laws: 'mergeable' as const }] : []),
    ...(p.inlined ? [{ ...p, inlined: false }] : []),
  ];
  return [...fewer, ...dropped, ...finals, ...bodies, ...plain].map(pruned).filter(isStream);
}
