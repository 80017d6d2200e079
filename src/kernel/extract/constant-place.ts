/**
 * Where in the statements a constant stands that a target cannot hold. Invariant: the place is of the stream's own statement, or of a definition that it names,
 * directly or in turn; where the constant is nobody's text (a product of two that are held, multiplied by the core) it is the stream's name. It decides
 * nothing: that there is such a constant is constant.ts.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Target } from '../ir/program.js';
import { type Ball, add, exp, log, mul, neg, rational, recip, sqrt, sub } from '../../run/reference/wide.js';
import { parseStatements } from '../../language/syntax/parse.js';
import type { Span } from '../../language/syntax/span.js';
import type { Decimal, DiagramTree, ExprTree, StatementTree } from '../../language/syntax/tree.js';
import { type Unheld, convention, unheld } from './constant.js';

export interface ConstantPlace {
  readonly file: string;
  readonly span: Span;
}
interface Stands {
  readonly file: string;
  readonly tree: StatementTree;
}
type Node = ExprTree | DiagramTree;

function decimal({ digits, exponent }: Decimal): Ball {
  const scale = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? rational(digits, scale) : rational(digits * scale, 1n);
}
const UNARY: Readonly<Record<string, (x: Ball) => Ball>> = { '-': neg, neg, exp, log, sqrt, recip };
const BINARY: Readonly<Record<string, (x: Ball, y: Ball) => Ball>> = {
  '+': add,
  '-': sub,
  '*': mul,
  '/': (x, y) => mul(x, recip(y)),
};

/** The value of a text without names, and what is wrong with it for a target. */
function closed(n: Node, target: Target): { readonly value: Ball; readonly why: Unheld | undefined } | undefined {
  const said = (value: Ball, other?: Unheld) => ({ value, why: other ?? unheld(value, target) });
  switch (n._tag) {
    case 'Number':
      return said(decimal(n.value));
    case 'Const': {
      const value = mul(decimal(n.numerator), n.denominator ? recip(decimal(n.denominator)) : rational(1n, 1n));
      return said(n.negative ? neg(value) : value);
    }
    case 'Unary': {
      const [rule, x] = [UNARY[n.word], closed(n.value, target)];
      return rule !== undefined && x ? said(rule(x.value), convention(n.word, x.value, undefined)) : undefined;
    }
    case 'Binary': {
      const [rule, x, y] = [BINARY[n.word], closed(n.left, target), closed(n.right, target)];
      if (!rule || !y) return undefined;
      const wrong = n.word === '/' ? convention('div', x?.value, y.value) : undefined;
      if (!x) return wrong ? { value: y.value, why: wrong } : undefined;
      return said(rule(x.value, y.value), wrong);
    }
    default:
      return undefined;
  }
}

/** Every part of a tree with a place, inner ones first. */
function* parts(x: unknown): Generator<Node> {
  if (typeof x !== 'object' || x === null) return;
  for (const y of Object.values(x)) yield* parts(y);
  if ('_tag' in x && 'span' in x) yield x as Node;
}
function* namesIn(x: unknown): Generator<string> {
  if (typeof x !== 'object' || x === null) return;
  if ('callee' in x) yield (x.callee as { readonly name: string }).name;
  for (const y of Object.values(x)) yield* namesIn(y);
}

const nameOf = (tree: StatementTree): string | undefined => ('name' in tree ? tree.name.name : undefined);

/** The statement of the stream, then the definitions that it names, nearest first. */
function reached(all: ReadonlyMap<string, Stands>, name: string): readonly Stands[] {
  const names = new Set([name]);
  for (const n of names) for (const other of namesIn(all.get(n)?.tree)) names.add(other);
  return [...names].flatMap((n) => (all.has(n) ? [all.get(n)!] : []));
}

/** The place for a reason: of that reason where there is one, else of any. */
export function constantPlace(
  files: ReadonlyMap<string, string>,
  name: string,
  why: Unheld,
  target: Target,
): ConstantPlace | undefined {
  const all = new Map<string, Stands>();
  for (const [file, text] of files) {
    const trees = parseStatements(text);
    if (E.isLeft(trees)) continue;
    for (const tree of trees.right) if (nameOf(tree) !== undefined) all.set(nameOf(tree)!, { file, tree });
  }
  const found = reached(all, name).flatMap(({ file, tree }) =>
    [...parts(tree)].flatMap((n) => {
      const wrong = closed(n, target)?.why;
      return wrong === undefined ? [] : [{ file, span: n.span, wrong }];
    }),
  );
  const own = all.get(name);
  const best = found.find((f) => f.wrong === why) ?? found[0];
  if (best) return { file: best.file, span: best.span };
  return own && 'name' in own.tree ? { file: own.file, span: own.tree.name.span } : undefined;
}
