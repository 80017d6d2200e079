/**
 * Numbers and truth values: every expression has the kind that its place asks for, and every declaration the kind of what it holds, since a
 * target's text takes its types from there. Invariant: looks at every expression. It knows no values.
 */
import { refuse } from './error.js';
import { type Arithmetic, type Expr, type Kernel, type Kind, type Stmt, sought } from '../ir/kernel.js';

const R = 'real';
const B = 'boolean';

// prettier-ignore
const SIGNATURES: Readonly<Record<Arithmetic, readonly [args: readonly Kind[], result: Kind]>> = {
  add: [[R, R], R], sub: [[R, R], R], mul: [[R, R], R], div: [[R, R], R], max: [[R, R], R], min: [[R, R], R],
  neg: [[R], R], recip: [[R], R], exp: [[R], R], log: [[R], R], sqrt: [[R], R],
  lt:  [[R, R], B], not: [[B], B], and: [[B, B], B], or: [[B, B], B], true: [[], B], false: [[], B],
};

type Kinds = Map<string, Kind>;
const arrayKey = (name: string): string => `array ${name}`;
type Fixed = ReadonlySet<string>;

function kindOf(e: Expr, of: Kinds): Kind {
  switch (e._tag) {
    case 'Bool':
      return B;
    case 'Get':
      return of.get(e.name) ?? refuse('E-SCOPE', e.name);
    case 'Op': {
      const [args, result] = SIGNATURES[e.operator] ?? refuse('E-SHAPE', e.operator);
      if (args.length !== e.args.length) refuse('E-SHAPE', e.operator, e.args.length);
      args.forEach((k, i) => expect(e.args[i]!, k, e.operator, of));
      return result;
    }
    case 'Select': {
      expect(e.condition, B, 'select', of);
      const kind = kindOf(e.yes, of);
      expect(e.no, kind, 'select', of);
      return kind;
    }
    case 'Load':
      return of.get(arrayKey(e.array)) ?? R;
    case 'Const':
    case 'Real':
    case 'Tile':
      return R;
  }
}

function expect(e: Expr, kind: Kind, where: string, of: Kinds): void {
  const found = kindOf(e, of);
  if (found !== kind) refuse('E-SHAPE', where, 'kind', found, kind);
}

/** `fixed` are the names that hold one value for good. */
function visit(body: readonly Stmt[], around: Kinds, fixed: Fixed): void {
  const of = new Map(around);
  const lets = new Set(fixed);
  for (const s of body) {
    if (s._tag === 'Let') expect(s.value, s.kind, s.name, of);
    if (s._tag === 'Var' && s.init) expect(s.init, s.kind, s.name, of);
    if (s._tag === 'Let') lets.add(s.name);
    if (s._tag === 'Var') lets.delete(s.name);
    if (s._tag === 'Set' && lets.has(s.name)) refuse('E-SHAPE', s.name, 'a value that is assigned');
    if (s._tag === 'Set') expect(s.value, of.get(s.name) ?? refuse('E-SCOPE', s.name), s.name, of);
    if (s._tag === 'Store') expect(s.value, of.get(arrayKey(s.array)) ?? R, s.array, of);
    if (s._tag === 'Stage' || s._tag === 'Put') expect(s.value, R, s.tile, of);
    if (s._tag === 'Let' || s._tag === 'Var') of.set(s.name, s.kind);
    if (s._tag === 'Seek') {
      expect(s.place, R, s.name, of);
      visit(sought(s), of, lets);
      of.set(s.name, R);
      lets.add(s.name);
    } else if ('body' in s) visit(s.body, of, lets);
  }
}

/** Refuses, or says nothing. */
export function checkKinds(kernel: Kernel): void {
  const arrays = [...kernel.inputs, ...kernel.outputs].map((a) => [arrayKey(a.name), a.kind ?? R] as const);
  visit(kernel.body, new Map(arrays), new Set());
}
