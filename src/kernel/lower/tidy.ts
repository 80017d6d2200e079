/**
 * Passes from IR to IR that change how it reads, not what it means: neighbouring loops over one register tile become one, what nothing reads
 * goes. Invariant: each is a plain function of statements; validation runs after the last of them.
 */
import type { Expr, Int, Stmt } from '../ir/kernel.js';

type Pass = (body: readonly Stmt[]) => readonly Stmt[];

const deep = (pass: Pass): Pass => {
  const all: Pass = (body) => pass(body.map((s) => ('body' in s ? { ...s, body: all(s.body) } : s)));
  return all;
};

const sameEach = (a: Stmt | undefined, b: Stmt): boolean =>
  a?._tag === 'Each' &&
  b._tag === 'Each' &&
  a.over._tag === 'Register' &&
  b.over._tag === 'Register' &&
  a.index === b.index;

/** each e {A}; each e {B}  =  each e {A; B}, since B reads at its own e alone (or validation refuses); declarations move in front. */
export const fuse: Pass = deep((body) => {
  const out: Stmt[] = [];
  for (const s of body) {
    const declared: Stmt[] = [];
    while (s._tag === 'Each' && out.at(-1)?._tag === 'Var' && (out.at(-1) as { init?: unknown }).init === undefined)
      declared.unshift(out.pop()!);
    const before = out.at(-1);
    if (before?._tag === 'Each' && s._tag === 'Each' && sameEach(before, s)) {
      out.pop();
      out.push(...declared, { ...before, body: fuse([...before.body, ...s.body]) });
    } else out.push(...declared, s);
  }
  return out;
});

// ---- what nothing reads -----------------------------------------------------------------------------------------------

function intNames(e: Int, into: Set<string>): void {
  if (e._tag === 'Name') into.add(e.name);
  for (const part of ['left', 'right', 'extent', 'first', 'other'] as const)
    if (part in e) intNames((e as unknown as Record<string, Int>)[part]!, into);
}
const tileKey = (name: string): string => `tile ${name}`;
function exprNames(e: Expr, into: Set<string>): void {
  if (e._tag === 'Get') into.add(e.name);
  if (e._tag === 'Tile') into.add(tileKey(e.name));
  if (e._tag === 'Real') intNames(e.int, into);
  if (e._tag === 'Load') intNames(e.address, into);
  if (e._tag === 'Op') e.args.forEach((a) => exprNames(a, into));
  if (e._tag === 'Select') [e.condition, e.yes, e.no].forEach((a) => exprNames(a, into));
}
function readNames(body: readonly Stmt[], into: Set<string>): void {
  for (const s of body) {
    if (s._tag === 'Int') intNames(s.value, into);
    else if ('value' in s) exprNames(s.value, into);
    if (s._tag === 'Var' && s.init) exprNames(s.init, into);
    if (s._tag === 'Seek') exprNames(s.place, into);
    if (s._tag === 'Store') intNames(s.address, into);
    if (s._tag === 'Guard') intNames(s.extent, into);
    if (s._tag === 'Stage') [s.bound, ...s.dims.map((d) => d.bound)].forEach((e) => intNames(e, into));
    if ('body' in s) readNames(s.body, into);
  }
}

/** Drops bindings that nothing in their block reads and tiles that nothing reads, until there is none, and a barrier right after another. */
export const drop: Pass = (body) => {
  const read = (b: readonly Stmt[]): ReadonlySet<string> => {
    const used = new Set<string>();
    readNames(b, used);
    return used;
  };
  const tiles = read(body);
  const isUsed = (s: Stmt, used: ReadonlySet<string>): boolean => {
    if (s._tag === 'Stage' || s._tag === 'Put') return tiles.has(tileKey(s.tile));
    return (s._tag !== 'Int' && s._tag !== 'Let') || used.has(s.name);
  };
  const once = (b: readonly Stmt[]): readonly Stmt[] =>
    b.filter((s, i) => s._tag !== 'Barrier' || b[i - 1]?._tag !== 'Barrier');
  const kept = deep((b) => {
    const used = read(b);
    return once(b.filter((s) => isUsed(s, used)));
  })(body);
  return JSON.stringify(kept, plain).length === JSON.stringify(body, plain).length ? kept : drop(kept);
};
/** The tiles that a body fills. */
export const filled = (body: readonly Stmt[]): ReadonlySet<string> =>
  new Set(
    body.flatMap((s) => (s._tag === 'Stage' || s._tag === 'Put' ? [s.tile] : 'body' in s ? [...filled(s.body)] : [])),
  );

const plain = (_: string, v: unknown): unknown => (typeof v === 'bigint' ? `${v}` : v);

// ---- arrays that one loop alone needs ---------------------------------------------------------------------------------

function occurrences(body: readonly Stmt[], name: string): number {
  return (
    JSON.stringify(body, plain).match(
      new RegExp(`"name":${JSON.stringify(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[,}]`, 'g'),
    ) ?? []
  ).length;
}

/** An array over registers that is set and read inside one `Each` is a scalar of its turns. */
export const scalars: Pass = deep((body) => {
  let now = body;
  for (const v of body) {
    if (v._tag !== 'Var' || v.dims.length !== 1) continue;
    const total = occurrences(now, v.name);
    const holder = now.find(
      (s) =>
        s._tag === 'Each' &&
        s.over._tag === 'Register' &&
        s.over.use === v.dims[0]!.use &&
        occurrences([s], v.name) === total - 1,
    );
    if (holder?._tag !== 'Each') continue;
    const set = holder.body.filter((s) => s._tag === 'Set' && s.name === v.name);
    if (set.length !== 1 || set[0]!._tag !== 'Set') continue;
    const asLet: Stmt = { _tag: 'Let', name: v.name, kind: v.kind, value: set[0]!.value };
    const inner = holder.body.map((s) => (s === set[0] ? asLet : s)).map((s) => scalarReads(s, v.name));
    now = now.filter((s) => s !== v).map((s) => (s === holder ? { ...holder, body: inner } : s));
  }
  return now;
});

function scalarReads<T>(value: T, name: string): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map((v) => scalarReads(v as unknown, name)) as T;
  const e = value as unknown as Expr;
  if (e._tag === 'Get' && e.name === name) return { ...e, index: [] } as T;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, scalarReads(v as unknown, name)])) as T;
}

// ---- a loop's variable that an inner loop only continues --------------------------------------------------------------

function renamed<T>(value: T, from: string, to: string): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map((v) => (v === from ? to : renamed(v as unknown, from, to))) as T;
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [k, k === 'name' && v === from ? to : renamed(v as unknown, from, to)]),
  ) as T;
}

/** `into = from`, alone or for every register. */
function copies(s: Stmt | undefined): { readonly into: string; readonly from: string } | undefined {
  if (s?._tag === 'Each' && s.over._tag === 'Register' && s.body.length === 1) return copies(s.body[0]);
  if (s?._tag === 'Set' && s.value._tag === 'Get') return { into: s.name, from: s.value.name };
  return s?._tag === 'Var' && s.init?._tag === 'Get' ? { into: s.name, from: s.init.name } : undefined;
}

/** y = x; …y…; x = y  where x is read nowhere between: x itself. Also  x = y  as x's only start, y dead afterwards. */
export const coalesce: Pass = deep((body) => {
  for (const [i, s] of body.entries()) {
    const copy = copies(s);
    if (!copy || copy.into === copy.from) continue;
    const [before, after] = [body.slice(0, i), body.slice(i + 1)];
    const declared = (name: string): boolean => body.some((b) => b._tag === 'Var' && b.name === name);
    if (!declared(copy.into) || writtenBefore(before, copy.into)) continue;
    const back = after.findIndex((b) => same(copies(b), { into: copy.from, from: copy.into }));
    const between = back < 0 ? after : after.slice(0, back);
    const rest = back < 0 ? [] : after.slice(back + 1);
    if (occurrences(between, copy.from) > 0 || (back >= 0 && occurrences(rest, copy.into) > 0)) continue;
    if (back < 0 && !declared(copy.from)) continue;
    const undeclared = before.filter((b) => !(b._tag === 'Var' && b.name === copy.into));
    const one = renamed([...undeclared, ...between, ...rest], copy.into, copy.from);
    return coalesce(back < 0 && copy.into.length < copy.from.length ? renamed(one, copy.from, copy.into) : one);
  }
  return body;
});
const same = (a: ReturnType<typeof copies>, b: NonNullable<ReturnType<typeof copies>>): boolean =>
  a?.into === b.into && a.from === b.from;
const writtenBefore = (body: readonly Stmt[], name: string): boolean =>
  body.some((s) => !(s._tag === 'Var' && s.name === name && !s.init) && occurrences([s], name) > 0);

/** The passes in order. */
export const tidy: Pass = (body) => drop(coalesce(scalars(fuse(body))));
