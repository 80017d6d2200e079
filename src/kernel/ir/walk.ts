/** The parts of statements and expressions. Invariant: every expression and integer of the IR is reached. It knows no meaning. */
import type { Expr, Int, Stmt } from './kernel.js';

/** An integer and all its parts. */
export function partsOfInt(e: Int): readonly Int[] {
  if (e._tag === 'Add' || e._tag === 'Mul') return [e, ...partsOfInt(e.left), ...partsOfInt(e.right)];
  if (e._tag === 'Block') return [e, ...partsOfInt(e.first), ...partsOfInt(e.other)];
  return e._tag === 'Within' ? [e, ...partsOfInt(e.extent)] : [e];
}

/** An expression and all its parts. */
export function parts(e: Expr): readonly Expr[] {
  if (e._tag === 'Op') return [e, ...e.args.flatMap(parts)];
  return e._tag === 'Select' ? [e, ...[e.condition, e.yes, e.no].flatMap(parts)] : [e];
}

/** The expressions that stand in a statement itself. */
export function exprsOf(s: Stmt): readonly Expr[] {
  if (s._tag === 'Seek') return [s.place, s.value];
  if (s._tag === 'Var') return s.init ? [s.init] : [];
  return s._tag === 'Let' || s._tag === 'Set' || s._tag === 'Store' || s._tag === 'Stage' || s._tag === 'Put'
    ? [s.value]
    : [];
}

/** The integers that stand in a statement itself, those inside its expressions apart. */
export function intsOf(s: Stmt): readonly Int[] {
  switch (s._tag) {
    case 'Int':
      return [s.value];
    case 'Set':
      return s.index;
    case 'Store':
      return [s.address];
    case 'Loop':
    case 'Each':
    case 'Seek':
      return [s.bound];
    case 'Guard':
      return [s.extent];
    case 'Stage':
      return [s.bound, ...s.dims.flatMap((d) => [d.bound, d.divisor, d.modulus])].filter((e) => e !== undefined);
    case 'Put':
      return s.dims.map((d) => d.bound);
    case 'Let':
    case 'Var':
    case 'Barrier':
    case 'Elect':
      return [];
  }
}

/** The integers inside an expression itself, its parts apart. */
export function intsIn(e: Expr): readonly Int[] {
  if (e._tag === 'Real') return [e.int];
  if (e._tag === 'Load') return [e.address];
  return e._tag === 'Get' || e._tag === 'Tile' ? e.index : [];
}

export function everyStatement(body: readonly Stmt[], visit: (s: Stmt) => void): void {
  for (const s of body) {
    visit(s);
    if ('body' in s) everyStatement(s.body, visit);
  }
}

export function everyInt(body: readonly Stmt[], visit: (e: Int) => void): void {
  everyStatement(body, (s) => {
    const inside = exprsOf(s).flatMap(parts).flatMap(intsIn);
    [...intsOf(s), ...inside].flatMap(partsOfInt).forEach(visit);
  });
}
