// The sugar of scalars: a - b is a + neg b, a / b is a * recip b, comparisons from `lt`, exact constants folded.
import {
  type Obj,
  type Operator,
  type Rational,
  boolean,
  constant,
  operator,
  rational,
  real,
  select,
} from '../point/build.js';
import { type Expr, apply, letIn, tuple, wire } from '../point/point.js';
import { type Local, type Typed } from './scope.js';
import { expectObject, typed } from './type.js';
import type { BinaryWord, Decimal, ExprTree, UnaryWord } from '../syntax/tree.js';

const R = real();
const B = boolean();

export const op = (name: Operator, ...args: readonly Expr[]): Expr => apply(operator(name), ...args);

export function exact({ digits, exponent }: Decimal): Rational {
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? rational(digits, power) : rational(digits * power);
}
export const literal = (value: Rational): Expr => apply(constant(value));

const literalOf = (e: Expr): Rational | undefined =>
  e._tag === 'Call' && e.term._tag === 'Constant' ? e.term.value : undefined;

function negated(e: Expr): Expr {
  const value = literalOf(e);
  return value ? literal(rational(-value.num, value.den)) : op('neg', e);
}

function divided(a: Expr, b: Expr): Expr {
  const [x, y] = [literalOf(a), literalOf(b)];
  if (!y || y.num === 0n) return op('mul', a, op('recip', b));
  return x ? literal(rational(x.num * y.den, x.den * y.num)) : op('mul', a, literal(rational(y.den, y.num)));
}

/** not (a < b) and not (b < a), each computed once */
function equals(a: Expr, b: Expr): Expr {
  const [l, r] = [wire('·l'), wire('·r')];
  const names = [
    { name: '·l', object: R },
    { name: '·r', object: R },
  ];
  return letIn(names, tuple(a, b), op('and', op('not', op('lt', l, r)), op('not', op('lt', r, l))));
}

type Scalar = Exclude<BinaryWord, '++'>;
// prettier-ignore
const binary: Readonly<Record<Scalar, readonly [of: Obj, to: Obj, make: (a: Expr, b: Expr) => Expr]>> = {
  "+":  [R, R, (a, b) => op("add", a, b)],
  "-":  [R, R, (a, b) => op("add", a, negated(b))],
  "*":  [R, R, (a, b) => op("mul", a, b)],
  "/":  [R, R, divided],
  "<":  [R, B, (a, b) => op("lt", a, b)],
  ">":  [R, B, (a, b) => op("lt", b, a)],
  "<=": [R, B, (a, b) => op("not", op("lt", b, a))],
  ">=": [R, B, (a, b) => op("not", op("lt", a, b))],
  "==": [R, B, equals],
  and:  [B, B, (a, b) => op("and", a, b)],
  or:   [B, B, (a, b) => op("or", a, b)],
};

export function scalars(local: Local, tree: ExprTree & { _tag: 'Binary' }): Typed {
  const [of, to, make] = binary[tree.word as Scalar];
  const operand = (side: ExprTree): Expr => {
    const value = local.knot.expression(local, side);
    expectObject(of, value.object, side.span);
    return value.expr;
  };
  return typed(make(operand(tree.left), operand(tree.right)), to);
}

// prettier-ignore
const unary: Readonly<Record<UnaryWord, readonly [of: Obj, make: (e: Expr) => Expr]>> = {
  "-":   [R, negated],
  neg:   [R, (e) => op("neg", e)],
  exp:   [R, (e) => op("exp", e)],
  log:   [R, (e) => op("log", e)],
  sqrt:  [R, (e) => op("sqrt", e)],
  recip: [R, (e) => op("recip", e)],
  not:   [B, (e) => op("not", e)],
};

export function unaryScalar(local: Local, tree: ExprTree & { _tag: 'Unary' }): Typed {
  const [of, make] = unary[tree.word];
  const value = local.knot.expression(local, tree.value);
  expectObject(of, value.object, tree.value.span);
  return typed(make(value.expr), of);
}

export function conditional(local: Local, tree: ExprTree & { _tag: 'If' }): Typed {
  const [condition, then, otherwise] = [tree.condition, tree.then, tree.otherwise].map((t) =>
    local.knot.expression(local, t),
  );
  expectObject(B, condition!.object, tree.condition.span);
  expectObject(then!.object, otherwise!.object, tree.otherwise.span);
  return typed(apply(select(then!.object), condition!.expr, then!.expr, otherwise!.expr), then!.object, then!.parts);
}

export const truth = (value: boolean): Typed => typed(op(value ? 'true' : 'false'), B);
