// Second pass of compilation, for local arrays that are read at an index bound outside their let: such a let moves out of that
// binder, as an array over it where its value depends on the index (map i (let y = v in … y[i] …) is
// let y = map i (v) in map i (… y[i][i] …)). Invariant: afterwards no let-bound name is read at an index from outside its let.
// Expects unique names and views (prepare.ts). What depends on a loop's state cannot leave the loop: E-SCOPE.
import { weave } from './build.js';
import { descend, fail } from './error.js';
import { type Binding, type Expr, type Of, at, children, letIn, mapOver, withChildren } from './point.js';

interface Pending {
  readonly names: readonly Binding[];
  readonly value: Expr;
  /** the indices whose binders it still has to leave */
  readonly leaves: ReadonlySet<string>;
}
interface Lifted {
  readonly expr: Expr;
  /** outermost first: a later one may mention an earlier one */
  readonly pending: readonly Pending[];
}

export const hoist = (expr: Expr): Expr => {
  const { expr: lifted, pending } = lift(expr);
  return bound(pending, lifted);
};

const bound = (lets: readonly Pending[], body: Expr): Expr =>
  lets.reduceRight((e, p) => letIn(p.names, p.value, e), body);

const lift = (e: Expr): Lifted => descend(() => lifted(e));

function lifted(e: Expr): Lifted {
  switch (e._tag) {
    case 'Wire':
    case 'At':
      return { expr: e, pending: [] };
    case 'First':
    case 'Call':
    case 'Tuple': {
      const parts = children(e).map(lift);
      return {
        expr: withChildren(
          e,
          parts.map((p) => p.expr),
        ),
        pending: parts.flatMap((p) => p.pending),
      };
    }
    case 'Let':
      return liftLet(e);
    case 'Map': {
      const { pending, body } = outOf(
        e.index,
        (value) => mapOver(e.index, e.axis, value),
        (o) => weave(e.axis, o),
        lift(e.body),
      );
      return placed(pending, { ...e, body });
    }
    case 'Scan':
      return liftScan(e);
  }
}

function liftLet(e: Of<'Let'>): Lifted {
  const value = lift(e.value);
  const body = lift(e.body);
  const names = new Set(e.names.map((n) => n.name));
  const leaves = outerReads(names, body.expr);
  for (const p of body.pending) {
    outerReads(names, p.value).forEach((i) => leaves.add(i));
    if (mentions(names, p.value)) p.leaves.forEach((i) => leaves.add(i));
  }
  if (leaves.size === 0)
    return { expr: letIn(e.names, value.expr, body.expr), pending: [...value.pending, ...body.pending] };
  const self: Pending = { names: e.names, value: value.expr, leaves };
  return { expr: body.expr, pending: together([...value.pending, self, ...body.pending]) };
}

/** What a later one mentions leaves at least as far as it does: else it would be bound inside of what mentions it. */
function together(pending: readonly Pending[]): readonly Pending[] {
  const made = [...pending];
  for (let i = made.length - 1; i > 0; i -= 1) {
    const { value, leaves } = made[i]!;
    for (let j = 0; j < i; j += 1) {
      const q = made[j]!;
      if (mentions(new Set(q.names.map((n) => n.name)), value))
        made[j] = { ...q, leaves: new Set([...q.leaves, ...leaves]) };
    }
  }
  return made;
}

function liftScan(e: Of<'Scan'>): Lifted {
  const inits = e.state.map((s) => lift(s.init));
  const inner = lift(e.body);
  const state = new Set(e.state.map((s) => s.name));
  for (const p of inner.pending)
    if (mentions(state, p.value)) fail({ _tag: 'LocalArray', name: p.names[0]!.name, index: [...p.leaves][0]! });
  const { pending, body } = outOf(
    e.index,
    (value) => mapOver(e.index, e.axis, value),
    (o) => weave(e.axis, o),
    inner,
  );
  const made = placed(pending, { ...e, state: e.state.map((s, i) => ({ ...s, init: inits[i]!.expr })), body });
  return { expr: made.expr, pending: [...inits.flatMap((i) => i.pending), ...made.pending] };
}

/** What is pending leaves the binder of an index: what depends on it becomes an array, and is read at the index. */
function outOf(
  index: string,
  array: (value: Expr) => Expr,
  over: (o: Binding['object']) => Binding['object'],
  inner: Lifted,
) {
  const widened = new Set<string>();
  const pending = inner.pending.map((p): Pending => {
    const value = readAt(widened, index, p.value);
    const leaves = new Set([...p.leaves].filter((i) => i !== index));
    if (!reads(index, value)) return { names: p.names, value, leaves };
    p.names.forEach((n) => widened.add(n.name));
    return { names: p.names.map((n) => ({ name: n.name, object: over(n.object) })), value: array(value), leaves };
  });
  return { pending, body: readAt(widened, index, inner.expr) };
}

/** Lets that have left every binder they had to leave stay here. */
function placed(pending: readonly Pending[], expr: Expr): Lifted {
  const here = pending.filter((p) => p.leaves.size === 0);
  return { expr: bound(here, expr), pending: pending.filter((p) => p.leaves.size > 0) };
}

// ---- occurrences ------------------------------------------------------------------------------------------------------

/** A view as its wire and its indices. */
export function viewOf(e: Expr): { readonly name: string; readonly indices: readonly string[] } | undefined {
  const indices: string[] = [];
  let base = e;
  for (; base._tag === 'At'; base = base.array) indices.unshift(base.index);
  return base._tag === 'Wire' ? { name: base.name, indices } : undefined;
}

/** The indices, bound outside e, at which the names are read in e. */
function outerReads(names: ReadonlySet<string>, e: Expr): Set<string> {
  const found = new Set<string>();
  const walk = (part: Expr, inside: ReadonlySet<string>): void => {
    const view = viewOf(part);
    if (view) {
      if (names.has(view.name)) view.indices.filter((i) => !inside.has(i)).forEach((i) => found.add(i));
      return;
    }
    const binds = part._tag === 'Map' || part._tag === 'Scan';
    const within = binds ? new Set(inside).add(part.index) : inside;
    descend(() => children(part).forEach((c) => walk(c, within)));
  };
  walk(e, new Set());
  return found;
}

/** Whether one of the names is read in e, where names are unique. */
export const mentions = (names: ReadonlySet<string>, e: Expr): boolean => {
  const view = viewOf(e);
  return view ? names.has(view.name) : descend(() => children(e).some((c) => mentions(names, c)));
};

/** Is e an expression of the index, bound outside e? */
const reads = (index: string, e: Expr): boolean => {
  if ((e._tag === 'Map' || e._tag === 'Scan') && e.index === index) return false;
  const view = viewOf(e);
  return view ? view.indices.includes(index) : descend(() => children(e).some((c) => reads(index, c)));
};

/** Each of the names, an array now, read at the index. */
function readAt(names: ReadonlySet<string>, index: string, e: Expr): Expr {
  if (names.size === 0) return e;
  if (e._tag === 'Wire') return names.has(e.name) ? at(e, index) : e;
  return withChildren(
    e,
    descend(() => children(e).map((c) => readAt(names, index, c))),
  );
}
