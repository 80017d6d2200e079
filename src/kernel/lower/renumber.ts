/**
 * Numbers local names afresh: a suffix only where a name of the same base is visible. Invariant: no binding hides another; meaning and order
 * stay. It knows nothing of where names came from.
 */
import type { Expr, Int, Seek, Stage, Stmt } from '../ir/kernel.js';

type Renaming = ReadonlyMap<string, string>;

function int(e: Int, to: Renaming): Int {
  switch (e._tag) {
    case 'Name':
      return { ...e, name: to.get(e.name) ?? e.name };
    case 'Add':
    case 'Mul':
      return { ...e, left: int(e.left, to), right: int(e.right, to) };
    case 'Within':
      return { ...e, extent: int(e.extent, to) };
    case 'Block':
      return { ...e, first: int(e.first, to), other: int(e.other, to) };
    case 'Num':
    case 'Size':
    case 'At':
    case 'Slot':
    case 'Grid':
    case 'Turn':
      return e;
  }
}

function expr(e: Expr, to: Renaming): Expr {
  switch (e._tag) {
    case 'Const':
    case 'Bool':
      return e;
    case 'Real':
      return { ...e, int: int(e.int, to) };
    case 'Get':
      return { ...e, name: to.get(e.name) ?? e.name, index: e.index.map((i) => int(i, to)) };
    case 'Tile':
      return { ...e, index: e.index.map((i) => int(i, to)) };
    case 'Load':
      return { ...e, address: int(e.address, to) };
    case 'Op':
      return { ...e, args: e.args.map((a) => expr(a, to)) };
    case 'Select':
      return { ...e, condition: expr(e.condition, to), yes: expr(e.yes, to), no: expr(e.no, to) };
  }
}

const stage = (s: Stage, to: Renaming): Stage => ({
  ...s,
  bound: int(s.bound, to),
  dims: s.dims.map((d) => ({
    ...d,
    bound: int(d.bound, to),
    divisor: d.divisor && int(d.divisor, to),
    modulus: d.modulus && int(d.modulus, to),
  })),
  value: expr(s.value, to),
});

/** The value stands in the scope of the body. */
function seek(s: Seek, name: string, to: Renaming, visible: ReadonlySet<string>): Seek {
  const own = [...s.body, { _tag: 'Let', name: '', kind: 'real', value: s.value } as const];
  const body = block(own, to, new Set([...visible, name]));
  const { value } = body.at(-1) as Stmt & { readonly _tag: 'Let' };
  return { ...s, name, bound: int(s.bound, to), place: expr(s.place, to), body: body.slice(0, -1), value };
}

function statement(s: Stmt, to: Renaming, visible: ReadonlySet<string>): Stmt {
  const name = (n: string): string => to.get(n) ?? n;
  switch (s._tag) {
    case 'Int':
      return { ...s, name: name(s.name), value: int(s.value, to) };
    case 'Let':
      return { ...s, name: name(s.name), value: expr(s.value, to) };
    case 'Var':
      return { ...s, name: name(s.name), init: s.init && expr(s.init, to) };
    case 'Set':
      return { ...s, name: name(s.name), index: s.index.map((i) => int(i, to)), value: expr(s.value, to) };
    case 'Loop':
      return { ...s, bound: int(s.bound, to), carries: s.carries.map(name), body: block(s.body, to, visible) };
    case 'Each':
      return { ...s, bound: int(s.bound, to), body: block(s.body, to, visible) };
    case 'Seek':
      return seek(s, name(s.name), to, visible);
    case 'Stage':
      return stage(s, to);
    case 'Put':
      return {
        ...s,
        dims: s.dims.map((d) => ({ ...d, bound: int(d.bound, to) })),
        value: expr(s.value, to),
      };
    case 'Guard':
      return { ...s, extent: int(s.extent, to), body: block(s.body, to, visible) };
    case 'Elect':
      return { ...s, body: block(s.body, to, visible) };
    case 'Store':
      return { ...s, address: int(s.address, to), value: expr(s.value, to) };
    case 'Barrier':
      return s;
  }
}

function block(body: readonly Stmt[], around: Renaming, outer: ReadonlySet<string>): readonly Stmt[] {
  const [to, visible] = [new Map(around), new Set(outer)];
  for (const s of body) {
    if (s._tag !== 'Int' && s._tag !== 'Let' && s._tag !== 'Var' && s._tag !== 'Seek') continue;
    if (s.name === '') continue;
    const base = s.name.replace(/_\d+$/, '');
    let made = base;
    for (let i = 2; visible.has(made); i++) made = `${base}_${i}`;
    visible.add(made);
    to.set(s.name, made);
  }
  return body.map((s) => statement(s, to, visible));
}

export const renumber = (body: readonly Stmt[], taken: Iterable<string>): readonly Stmt[] =>
  block(body, new Map(), new Set(taken));
