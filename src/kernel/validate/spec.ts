/**
 * What every IR must satisfy before it is evaluated: names bound once, arrays and tiles of static size, every axis with one use, numbers and kinds
 * that the text can hold, and the check of workgroup memory. Invariant: looks at every statement. It does not know what the values mean;
 * readback.ts does.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Axis, ofVar, paths, product, sum } from '../../core/index.js';
import { type IrError, attempt, refuse } from './error.js';
import {
  type AxisVar,
  type Grouped,
  type Int,
  type Kernel,
  type Lanes,
  type Stmt,
  type Streamed,
  capacityOf,
  lanesOf,
  variablesOf,
} from '../ir/kernel.js';
import { checkKinds } from './kind.js';
import { checkMemory } from './memory.js';
import { checkShares } from './share.js';
import { everyInt, everyStatement, partsOfInt } from '../ir/walk.js';

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
      if (s._tag === 'Int' || s._tag === 'Let' || s._tag === 'Var' || s._tag === 'Seek') bind(s.name);
      if (s._tag === 'Loop' || s._tag === 'Each' || s._tag === 'Seek') visit(s.body, new Set([...here, s.index]));
      if (s._tag === 'Guard' || s._tag === 'Elect') visit(s.body, here);
    }
  };
  visit(kernel.body, new Set());
}

/** Numbers are what 32 bits hold, and every size that is named is a parameter or a constant of the text. */
function integers(kernel: Kernel): void {
  const known = new Set(kernel.uses.flatMap(variablesOf));
  const scoped = (axis: AxisVar): void => (known.has(axis) ? undefined : refuse('E-SCOPE', axis.name, 'no use'));
  const plain = (e: Int): void => {
    if (e._tag === 'Size') scoped(e.axis);
    if (e._tag === 'Num' && !(Number.isInteger(e.value) && e.value >= 0 && e.value < 2 ** 31))
      refuse('E-SHAPE', 'number', e.value);
  };
  everyInt(kernel.body, plain);
  [...kernel.frame.blocks, ...kernel.frame.lanes]
    .flatMap((d) => [d.divisor, d.modulus])
    .forEach((e) => e && partsOfInt(e).forEach(plain));
  everyStatement(kernel.body, (s) => {
    if (s._tag === 'Loop' || s._tag === 'Seek') scoped(s.axis);
    if (
      s._tag === 'Loop' &&
      s.unroll !== undefined &&
      !(Number.isInteger(s.unroll) && s.unroll >= 1 && s.unroll < 2 ** 31)
    )
      refuse('E-SHAPE', s.index, 'unroll', s.unroll);
    const walks = s._tag === 'Each' ? [s] : s._tag === 'Put' ? s.dims : [];
    for (const w of walks) if (w.over._tag === 'Axis') scoped(w.over.axis);
  });
}

/** Each axis variable has one use; a count beside a head may be 0, so its variable must be possibly empty, or the theorem would not cover it. */
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
    if ((u._tag === 'Held' || u._tag === 'Lanes') && !(Number.isInteger(u.most) && u.most >= 1 && u.most < 2 ** 31))
      refuse('E-SHAPE', u.name, u.most);
    if (u._tag === 'Lanes' && !u.axis.maybeEmpty) refuse('E-SHAPE', u.name, 'a count that may be 0', u.axis);
    if (!('capacity' in u)) continue;
    if (!Number.isInteger(u.capacity) || u.capacity < 1 || u.capacity >= 2 ** 31) refuse('E-SHAPE', u.name, u.capacity);
    if (u._tag === 'Streamed' && !u.head && u.last) refuse('E-SHAPE', u.name, 'a rest with no head');
    if (u._tag === 'Streamed' && !u.head) continue;
    const counts = u._tag === 'Streamed' && u.last ? [u.count, u.last.flag] : [u.count];
    for (const v of counts) if (!v.maybeEmpty) refuse('E-SHAPE', u.name, 'a count that may be 0', v);
  }
}

/** r + t*b, h + t*b or h + t*b + u*r: the axis that a use cuts into tiles; with lanes along it r + m*c or r + c*m, where m is that. */
function axisOf(u: Grouped | Streamed, lanes: Lanes | undefined): Axis | undefined {
  type Made = ReturnType<typeof ofVar>;
  const both = (join: typeof sum, x: Made, y: Made): Made =>
    E.isLeft(x) ? x : E.isLeft(y) ? y : join(x.right, y.right);
  const times = (v: AxisVar, w: AxisVar): Made => both(product, ofVar(v), ofVar(w));
  const head = u._tag === 'Grouped' ? u.rest : u.head;
  const full = head ? both(sum, ofVar(head), times(u.count, u.tile)) : times(u.count, u.tile);
  const own = u._tag === 'Streamed' && u.last ? both(sum, full, times(u.last.flag, u.last.rest)) : full;
  if (!lanes) return E.isRight(own) ? own.right : undefined;
  const of = ofVar(lanes.axis);
  const all = lanes.elements === 'apart' ? both(product, own, of) : both(product, of, own);
  const made = both(sum, ofVar(lanes.rest), all);
  return E.isRight(made) ? made.right : undefined;
}

/** The parts of a tiled axis stand in the arrays as the whole axis alone, so that the host's sizes for them are those of the arrays. */
function tiledAxes(kernel: Kernel): void {
  const axes = [...kernel.inputs, ...kernel.outputs].flatMap((a) => a.axes);
  for (const u of kernel.uses) {
    const of = u._tag === 'Lanes' ? kernel.uses.find((s) => s._tag === 'Streamed' && s.name === u.of) : u;
    if (u._tag === 'Lanes' && (!of || lanesOf(kernel, u.of) !== u)) refuse('E-SHAPE', u.name, 'lanes of', u.of);
    if (u._tag === 'Lanes' && of?._tag === 'Streamed' && (!of.head || of.last))
      refuse('E-SHAPE', u.name, 'lanes have a ragged tile first');
    if (!of || !('capacity' in of)) continue;
    const [own, whole] = [new Set<AxisVar>(variablesOf(u)), axisOf(of, lanesOf(kernel, of.name))];
    const holding = axes.filter((e) =>
      paths(e)
        .flat()
        .some((v) => own.has(v)),
    );
    if (!whole || holding.length === 0 || holding.some((e) => e !== whole)) refuse('E-SHAPE', u.name, 'not r + t*b');
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
  for (const t of kernel.tiles) if (t.dims.length === 0) refuse('E-SHAPE', t.name, 'a tile of no dimension');
  kernel.tiles.forEach((t) => t.dims.forEach((d) => capacity(kernel, t.name, d.use, d.capacity)));
  kernel.body.forEach(visit);
}
function capacity(kernel: Kernel, where: string, use: string, found: number): void {
  const known = kernel.uses.find((u) => u.name === use);
  if (!known || capacityOf(known) !== found) refuse('E-SHAPE', where, use, found);
}

/** Well formed, or the first reason why not. */
export function wellFormed(kernel: Kernel): E.Either<IrError, Kernel> {
  return attempt(() => {
    axisUses(kernel);
    tiledAxes(kernel);
    shapes(kernel);
    distinctNames(kernel);
    integers(kernel);
    checkKinds(kernel);
    checkShares(kernel);
    checkMemory(kernel);
    return kernel;
  });
}
