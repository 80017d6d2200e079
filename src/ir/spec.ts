/**
 * What every IR must satisfy before it is evaluated: names bound once, barriers that all lanes reach, workgroup memory that is filled and
 * read with a barrier in between. Invariant: decides by looking at every statement, loop bodies twice (a second turn follows the first). It
 * does not know what the values mean; readback.ts does.
 */
import type * as E from 'fp-ts/lib/Either.js';
import { type IrError, attempt, refuse } from './error.js';
import { type AxisVar, type Expr, type Int, type Kernel, type Stmt, laneUses, variablesOf } from './kernel.js';

/** Everything that a text names must be distinct: no binding hides another. */
function distinctNames(kernel: Kernel): void {
  const seen = new Set<string>();
  const fresh = (name: string): void => {
    if (seen.has(name)) refuse('E-SCOPE', name, 'bound twice');
    seen.add(name);
  };
  [...kernel.inputs, ...kernel.outputs, ...kernel.tiles].forEach((a) => fresh(a.name));
  const visit = (body: readonly Stmt[], around: ReadonlySet<string>): void => {
    const here = new Set(around);
    const bind = (name: string): void => {
      if (here.has(name) || seen.has(name)) refuse('E-SCOPE', name, 'bound twice');
      here.add(name);
    };
    for (const s of body) {
      if (s._tag === 'Int' || s._tag === 'Let' || s._tag === 'Var') bind(s.name);
      if (s._tag === 'Loop' || s._tag === 'Each') visit(s.body, new Set([...here, s.index]));
      if (s._tag === 'Guard') visit(s.body, here);
    }
  };
  visit(kernel.body, new Set());
}

function ints(e: Int): readonly Int[] {
  if (e._tag === 'Add' || e._tag === 'Mul') return [e, ...ints(e.left), ...ints(e.right)];
  if (e._tag === 'Block') return [e, ...ints(e.first), ...ints(e.other)];
  return e._tag === 'Within' ? [e, ...ints(e.extent)] : [e];
}

/** Loop bounds are the same for all lanes, and no barrier stands under a guard: so every lane reaches every barrier. */
function uniform(kernel: Kernel): void {
  const varying = new Set(laneUses(kernel).map((u) => u.name));
  const varies = (e: Int): boolean =>
    ints(e).some((i) => ('index' in i && varying.has(i.index)) || (i._tag === 'Name' && varying.has(i.name)));
  const visit = (body: readonly Stmt[], guarded: boolean): void => {
    for (const s of body) {
      if (s._tag === 'Int' && varies(s.value)) varying.add(s.name);
      if (guarded && (s._tag === 'Barrier' || s._tag === 'Stage' || s._tag === 'Loop'))
        refuse('E-BARRIER', s._tag, 'under a guard');
      if ((s._tag === 'Loop' || s._tag === 'Each') && varies(s.bound))
        refuse('E-BARRIER', s.index, 'the bound differs between lanes');
      if (s._tag === 'Stage')
        s.dims.forEach((d) =>
          varies(d.bound) ? refuse('E-BARRIER', s.tile, 'the bound differs between lanes') : undefined,
        );
      if ('body' in s) visit(s.body, guarded || s._tag === 'Guard');
    }
  };
  visit(kernel.body, false);
}

type Phase = 'filled' | 'ready' | 'read';

function tilesOf(e: Expr): readonly string[] {
  if (e._tag === 'Tile') return [e.name];
  if (e._tag === 'Op') return e.args.flatMap(tilesOf);
  return e._tag === 'Select' ? [e.condition, e.yes, e.no].flatMap(tilesOf) : [];
}

/** filled -> (barrier) -> ready -> read -> (barrier) -> filled */
function phases(kernel: Kernel): void {
  const phase = new Map<string, Phase>();
  const read = (e: Expr | undefined): void =>
    (e ? tilesOf(e) : []).forEach((name) => {
      if (phase.get(name) === 'filled' || !phase.has(name))
        refuse('E-BARRIER', name, 'read with no barrier after it was filled');
      phase.set(name, 'read');
    });
  const visit = (s: Stmt): void => {
    if ('value' in s && s._tag !== 'Int') read(s.value);
    if (s._tag === 'Var') read(s.init);
    if (s._tag === 'Barrier') phase.forEach((_, name) => phase.set(name, 'ready'));
    if (s._tag === 'Stage') {
      if (phase.get(s.tile) === 'read' || phase.get(s.tile) === 'filled')
        refuse('E-BARRIER', s.tile, 'filled with no barrier after it was used');
      phase.set(s.tile, 'filled');
    }
    if (s._tag === 'Guard') s.body.forEach(visit);
    if (s._tag === 'Loop' || s._tag === 'Each') {
      const before = new Map(phase);
      [...s.body, ...s.body].forEach(visit);
      before.forEach((was, name) => phase.set(name, worse(was, phase.get(name)!)));
    }
  };
  kernel.body.forEach(visit);
}
/** After a loop that may have had no turn at all. */
const worse = (a: Phase, b: Phase): Phase => (['filled', 'read', 'ready'] as const).find((p) => a === p || b === p)!;

/** Each axis variable has one use; a count may be 0, so its variable must be possibly empty, or the theorem would not cover it. */
function axisUses(kernel: Kernel): void {
  const names = new Set<string>();
  const axes = new Set<AxisVar>();
  for (const u of kernel.uses) {
    if (names.has(u.name)) refuse('E-SHAPE', u.name, 'two uses of one name');
    names.add(u.name);
    for (const v of variablesOf(u)) {
      if (axes.has(v)) refuse('E-SHAPE', u.name, 'two uses of one variable', v);
      axes.add(v);
    }
    if (!('capacity' in u)) continue;
    if (!Number.isInteger(u.capacity) || u.capacity < 1) refuse('E-SHAPE', u.name, u.capacity);
    const counts = u._tag === 'Streamed' && u.last ? [u.count, u.last.flag] : [u.count];
    for (const v of counts) if (!v.maybeEmpty) refuse('E-SHAPE', u.name, 'a count that may be 0', v);
  }
}

/** Tiles and private arrays are of static size. */
function shapes(kernel: Kernel): void {
  const visit = (s: Stmt): void => {
    if (s._tag === 'Var') s.dims.forEach((d) => capacity(kernel, s.name, d.use, d.capacity));
    if (s._tag === 'Var' && s.dims.length > 0 && s.init)
      refuse('E-SHAPE', s.name, 'an array has no single initial value');
    if ('body' in s) s.body.forEach(visit);
  };
  kernel.tiles.forEach((t) => t.dims.forEach((d) => capacity(kernel, t.name, d.use, d.capacity)));
  kernel.body.forEach(visit);
}
function capacity(kernel: Kernel, where: string, use: string, found: number): void {
  const known = kernel.uses.find((u) => u.name === use);
  if (!known || !('capacity' in known) || known.capacity !== found) refuse('E-SHAPE', where, use, found);
}

/** Well formed, or the first reason why not. */
export function wellFormed(kernel: Kernel): E.Either<IrError, Kernel> {
  return attempt(() => {
    axisUses(kernel);
    shapes(kernel);
    distinctNames(kernel);
    uniform(kernel);
    phases(kernel);
    return kernel;
  });
}
