// True statements at the edges of float64: an expression, and what laws of the reals make of it; and statements whose hypothesis fails at a place that is
// seldom tried. Invariant: each rewrite holds at every real, recip 0 = 0, log x = 0 for x <= 0 and sqrt x = 0 for x < 0 included; the same seed gives the
// same statements.
import { type Random, below, pick } from '../../../../src/proof/refute/random.js';
import { edges } from './edges.js';

/** An expression as a text that stands for itself anywhere. */
type Text = string;

const literal = (x: number): Text => String(x).replace('e+', 'e');
const positive = (random: Random): Text =>
  literal(
    pick(
      random,
      edges.filter((x) => x > 0),
    ),
  );
const constant = (random: Random): Text => (random() < 0.2 ? `(-${positive(random)})` : positive(random));

/** An expression as a tree of texts, so that a rewrite sees its parts. */
type Tree = Text | Application;
/** The operator, then its arguments. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an alias would refer to itself
interface Application extends ReadonlyArray<Tree> {}
export function written(t: Tree): Text {
  if (typeof t === 'string') return t;
  const [operator, ...parts] = t;
  const [x, y, z, w] = parts.map(written);
  if (operator === 'if') return `(if ${x} < ${y} then ${z} else ${w})`;
  if (parts.length === 1) return operator === '-' ? `(-(${x}))` : `(${operator}(${x}))`;
  return `(${x} ${operator} ${y})`;
}

export function expression(random: Random, depth: number): Tree {
  if (depth === 0) return random() < 0.5 ? pick(random, ['x', 'y']) : constant(random);
  const part = (): Tree => expression(random, depth - 1 - below(random, 2 > depth ? 1 : 2));
  const operator = pick(random, ['+', '*', '+', '*', '-', 'recip', 'exp', 'exp', 'log', 'sqrt', 'if'] as const);
  if (operator === 'if') return ['if', part(), part(), part(), part()];
  if (operator === '+' || operator === '*') return [operator, part(), part()];
  return [operator, part()];
}

type Rewrite = (t: Tree, random: Random) => Tree | undefined;
const binary = (t: Tree, operator: string): readonly [Tree, Tree] | undefined =>
  typeof t !== 'string' && t[0] === operator && t.length === 3 ? [t[1]!, t[2]!] : undefined;
const unary = (t: Tree, operator: string): Tree | undefined =>
  typeof t !== 'string' && t[0] === operator && t.length === 2 ? t[1] : undefined;

const shifted: Rewrite = (t, random) => {
  const c = constant(random);
  return ['+', ['+', t, c], ['-', c]];
};
const scaled: Rewrite = (t, random) => {
  const c = positive(random);
  return ['*', ['*', t, c], ['recip', c]];
};
const turned =
  (operator: string): Rewrite =>
  (t) => {
    const parts = binary(t, operator);
    return parts && [operator, parts[1], parts[0]];
  };
const regrouped =
  (operator: string): Rewrite =>
  (t) => {
    const [left, z] = binary(t, operator) ?? [undefined, undefined];
    const [x, y] = (left && binary(left, operator)) ?? [undefined, undefined];
    return x && y && z && [operator, x, [operator, y, z]];
  };
const distributed: Rewrite = (t) => {
  const [sum, z] = binary(t, '*') ?? [undefined, undefined];
  const [x, y] = (sum && binary(sum, '+')) ?? [undefined, undefined];
  return x && y && z && ['+', ['*', x, z], ['*', y, z]];
};
const expOfSum: Rewrite = (t) => {
  const x = unary(t, 'exp');
  const [a, b] = (x && binary(x, '+')) ?? [undefined, undefined];
  return a && b && ['*', ['exp', a], ['exp', b]];
};
const halves: Rewrite = (t) => {
  const x = unary(t, 'exp');
  return x && ['*', ['exp', ['*', x, '0.5']], ['exp', ['*', '0.5', x]]];
};
const recipOfProduct: Rewrite = (t) => {
  const x = unary(t, 'recip');
  const [a, b] = (x && binary(x, '*')) ?? [undefined, undefined];
  return a && b && ['*', ['recip', a], ['recip', b]];
};
const recipOfExp: Rewrite = (t) => {
  const x = unary(t, 'recip');
  const y = x && unary(x, 'exp');
  return y && ['exp', ['-', y]];
};
const compared: Rewrite = (t, random) => {
  if (typeof t === 'string' || t[0] !== 'if') return undefined;
  const [x, y, z, w] = t.slice(1) as [Tree, Tree, Tree, Tree];
  const [c, scale] = [constant(random), positive(random)];
  const ways: readonly Tree[] = [
    ['if', ['+', x, c], ['+', y, c], z, w],
    ['if', ['exp', x], ['exp', y], z, w],
    ['if', ['-', y], ['-', x], z, w],
    ['if', ['*', x, scale], ['*', y, scale], z, w],
  ];
  return pick(random, ways);
};
const sqrtOfSquare: Rewrite = (t) => {
  const x = unary(t, 'sqrt');
  const [a, b] = (x && binary(x, '*')) ?? [undefined, undefined];
  return a && b && written(a) === written(b) ? ['if', a, '0', ['-', a], a] : undefined;
};

/** Each takes a tree to another that is equal at every real, where it applies. */
const rewrites: readonly Rewrite[] = [
  ...[shifted, shifted, shifted, scaled, scaled],
  ...[turned('+'), turned('*'), regrouped('+'), regrouped('*'), distributed],
  ...[expOfSum, halves, recipOfProduct, recipOfExp, compared, compared, sqrtOfSquare],
  (t) => ['log', ['exp', t]],
  (t) => ['-', ['-', t]],
  (t) => ['recip', ['recip', t]],
  (t, random) => ['if', t, t, constant(random), t],
  (t, random) => ['if', '0', ['exp', constant(random)], t, constant(random)],
  (t) => ['*', ['if', t, '0', ['-', '1'], '1'], ['sqrt', ['*', t, t]]],
  (t) => ['*', t, ['*', t, ['recip', t]]],
];

/** The tree with a rewrite somewhere in it. */
function rewritten(t: Tree, random: Random): Tree {
  if (typeof t !== 'string' && random() < 0.7) {
    const at = 1 + below(random, t.length - 1);
    return t.map((part, i) => (i === at ? rewritten(part, random) : part));
  }
  return pick(random, rewrites)(t, random) ?? t;
}

/** Two sides that are equal at all reals x and y. */
export function truth(random: Random): Text {
  const left = expression(random, 1 + below(random, 4));
  let right: Tree = left;
  for (let i = 1 + below(random, 4); i > 0; i--) right = rewritten(right, random);
  return `theorem t (x y : R) : ${written(left)} = ${written(right)}\n`;
}

/** False in a place: each is a hypothesis that some real x breaks, so that anything follows. */
export function vacuous(random: Random): Text {
  const [c, d] = [positive(random), positive(random)];
  const broken = pick(random, [
    `(if x == ${c} then 1 else 0) = 0`,
    `(if ${c} < x then 1 + f(x) else f(x)) = f(x)`,
    `(if x < -${c} then f(x) - 1 else f(x)) = f(x)`,
    `(if x + ${d} == ${c} then 1 else 0) = 0`,
    `(if ${d} * x == ${c} then x + 1 else f(x)) = f(x)`,
    `(if x * x == ${c} * ${c} then f(x) + 1 else f(x)) = f(x)`,
    `(if ${c} < exp x then 1 else 0) = 0`,
    `(if recip x == ${c} then f(x) else f(x) + 1) = f(x) + 1`,
    `(x == ${c} and not (x == ${c} + 1)) = false`,
  ]);
  return `theorem t {f : R -> R} (y : R) given p : (x : R) : ${broken} : f(y) = f(y) + 1\n`;
}
