// Changes of the expressions, diagrams, axes and objects in a text, of a statement or of the phrases of a proof. Each family is a
// function from a subject to mutants. Knows no checker and no theorem.
import type { BinaryWord, ExprTree } from '../../../../src/language/syntax/tree.js';
import { type Subject, between, edited, exchanged, pairs, replaced, textAt, trees } from './text.js';

export type Family = (s: Subject) => readonly string[];

type Binary = ExprTree & { readonly _tag: 'Binary' };
const binaries = (s: Subject, ...words: readonly BinaryWord[]): readonly Binary[] =>
  trees(s, 'Binary').filter((b) => words.includes(b.word));
/** One operand in place of the two. */
const operand = (s: Subject, b: Binary, side: 'left' | 'right'): string => replaced(s, b, `(${textAt(s, b[side])})`);
const otherWord = (s: Subject, b: Binary, word: string): readonly string[] => between(s, b.left, b.right, b.word, word);

// ---- axes -------------------------------------------------------------------------------------------------------------

export const swapAxes: Family = (s) =>
  [
    ...trees(s, 'ObjectArray').map((t) => t.axes),
    ...trees(s, 'Index').map((t) => t.indices),
    ...trees(s, 'Map', 'Reduce').map((t) => t.binders),
    ...trees(s, 'Call', 'Named').map((t) => t.explicit.axes ?? []),
    ...trees(s, 'Reshape').map((t) => t.axes ?? []),
    ...trees(s, 'OnAxes').map((t) => t.axes),
  ].flatMap((list) => pairs<(typeof list)[number]>(list).map(([a, b]) => exchanged(s, a, b)));

/** Two axes made one, then exchanged in one place, where the types do not see it; not the streamed axis, which some wire has to mention. */
export const swapEqualAxes: Family = (s) => {
  const declared = trees(s, 'AxisGroup').flatMap((g) => g.axes.map((a) => a.name));
  const bare = new Set(
    [...trees(s, 'Map', 'Reduce').flatMap((t) => t.binders), ...trees(s, 'Loop').map((t) => t.binder)].map(
      (b) => b.span.start,
    ),
  );
  const lists = trees(s, 'Index').filter((t) => t.indices.length > 1);
  const over = s.statement?._tag === 'Stream' ? s.statement.over.name : undefined;
  const merged = declared
    .filter((m) => m !== over)
    .flatMap((m) => declared.filter((n) => n !== m).map((n) => [m, n] as const));
  return merged.slice(0, 12).flatMap(([m, n]) => {
    const renamed = trees(s, 'AxisName')
      .filter((a) => a.name === m)
      .map((a) => ({ span: a.span, by: bare.has(a.span.start) ? `${m}:${n}` : n }));
    return lists.flatMap(({ indices }) =>
      pairs(indices).map(([a, b]) =>
        edited(s, [...renamed, { span: a.span, by: b.name }, { span: b.span, by: a.name }]),
      ),
    );
  });
};

/** Names of axes that occur in the text. */
const axisNames = (s: Subject): readonly string[] => [
  ...new Set([
    ...trees(s, 'AxisName').map((a) => a.name),
    ...trees(s, 'AxisGroup').flatMap((g) => g.axes.map((a) => a.name)),
  ]),
];

export const anotherBoundAxis: Family = (s) => {
  const names = axisNames(s);
  const binders = [...trees(s, 'Map', 'Reduce').flatMap((t) => t.binders), ...trees(s, 'Loop').map((t) => t.binder)];
  return binders.flatMap((b) =>
    names
      .filter((n) => n !== textAt(s, b.axis))
      .slice(0, 3)
      .map((n) => replaced(s, b, `${b.index}:${n}`)),
  );
};

export const anotherAxis: Family = (s) => {
  const names = axisNames(s);
  return trees(s, 'AxisName').flatMap((a) =>
    names
      .filter((n) => n !== a.name)
      .slice(0, 2)
      .map((n) => replaced(s, a, n)),
  );
};

export const axisByOne: Family = (s) => [
  ...trees(s, 'AxisName').flatMap((a) => [`(${a.name}+1)`, `(1+${a.name})`].map((by) => replaced(s, a, by))),
  ...trees(s, 'AxisNumber').map((a) => replaced(s, a, String(1 - a.value))),
];

export const exchangeAxisSum: Family = (s) =>
  trees(s, 'AxisSum', 'AxisProduct').map((a) => exchanged(s, a.left, a.right));

export const removeTail: Family = (s) => [
  ...trees(s, 'AxisSum').flatMap((a) => [a.left, a.right].map((by) => replaced(s, a, `(${textAt(s, by)})`))),
  ...binaries(s, '++').flatMap((b) => [operand(s, b, 'left'), operand(s, b, 'right')]),
];

export const exchangeParts: Family = (s) => binaries(s, '++').map((b) => exchanged(s, b.left, b.right));

// ---- arithmetic -------------------------------------------------------------------------------------------------------

const arithmetic: readonly BinaryWord[] = ['+', '-', '*', '/'];
export const wrongSign: Family = (s) => [
  ...binaries(s, ...arithmetic).flatMap((b) => [b.left, b.right].map((e) => replaced(s, e, `(-(${textAt(s, e)}))`))),
  ...trees(s, 'Unary').flatMap((u) =>
    u.word === '-' || u.word === 'neg' ? [replaced(s, u, `(${textAt(s, u.value)})`)] : [],
  ),
  ...binaries(s, '+').flatMap((b) => otherWord(s, b, '-')),
  ...binaries(s, '-').flatMap((b) => otherWord(s, b, '+')),
];

export const dropRescale: Family = (s) => [
  ...binaries(s, '*').flatMap((b) => [operand(s, b, 'left'), operand(s, b, 'right')]),
  ...binaries(s, '/').map((b) => operand(s, b, 'left')),
];

export const dropSummand: Family = (s) =>
  binaries(s, '+', '-').flatMap((b) => [operand(s, b, 'left'), operand(s, b, 'right')]);

/** a b for a a b, exp(x) squared, a square for its root. */
export const changePower: Family = (s) => [
  ...binaries(s, '*').flatMap((b) =>
    [b.left, b.right].map((e) => replaced(s, e, `(${textAt(s, e)} * ${textAt(s, e)})`)),
  ),
  ...trees(s, 'Unary').flatMap((u) =>
    u.word === 'exp' ? [replaced(s, u.value, `((${textAt(s, u.value)}) + (${textAt(s, u.value)}))`)] : [],
  ),
  ...trees(s, 'Call').flatMap((c) => (c.args.length === 1 ? [replaced(s, c, `(${textAt(s, c.args[0]!)})`)] : [])),
];

const otherOperator: Readonly<Record<BinaryWord, readonly string[]>> = {
  '+': ['*', '-'],
  '-': ['+', '/'],
  '*': ['+', '/'],
  '/': ['*', '-'],
  '<': ['>', '<=', '=='],
  '>': ['<', '>='],
  '<=': ['<', '>='],
  '>=': ['>', '<='],
  '==': ['<', '<='],
  and: ['or'],
  or: ['and'],
  '++': ['+'],
};
const otherUnary: Readonly<Record<string, string>> = {
  exp: 'log',
  log: 'exp',
  sqrt: 'exp',
  recip: 'neg',
  not: '',
  neg: 'recip',
};

export const otherOperators: Family = (s) => [
  ...trees(s, 'Binary').flatMap((b) => otherOperator[b.word].flatMap((word) => otherWord(s, b, word))),
  ...trees(s, 'Unary').flatMap((u) => {
    const by = otherUnary[u.word];
    return by === undefined ? [] : [replaced(s, u, `(${by} (${textAt(s, u.value)}))`)];
  }),
];

export const exchangeOperands: Family = (s) =>
  binaries(s, '-', '/', '<', '>', '<=', '>=', '*', '+').map((b) => exchanged(s, b.left, b.right));

// ---- constants --------------------------------------------------------------------------------------------------------

export const numberByOne: Family = (s) =>
  trees(s, 'Number').flatMap((n) =>
    n.value.exponent === 0
      ? [n.value.digits + 1n, n.value.digits - 1n].map((v) => replaced(s, n, v < 0n ? `(${v})` : `${v}`))
      : [],
  );
export const anotherConstant: Family = (s) => [
  ...trees(s, 'Number').flatMap((n) =>
    ['0', '2', '1/2'].filter((v) => v !== textAt(s, n)).map((v) => replaced(s, n, `(${v})`)),
  ),
  ...trees(s, 'Truth').map((t) => replaced(s, t, String(!t.value))),
  ...trees(s, 'Size').map((t) => replaced(s, t, '1')),
];
export const startByZero: Family = (s) => [
  ...trees(s, 'Loop').flatMap((l) => l.state.map((i) => replaced(s, i.value, '0'))),
  ...trees(s, 'If').map((t) => replaced(s, t.otherwise, '0')),
  ...trees(s, 'First').map((t) => replaced(s, t, '0')),
];

// ---- decisions --------------------------------------------------------------------------------------------------------

export const dropCondition: Family = (s) => [
  ...trees(s, 'If').flatMap((t) => [t.then, t.otherwise].map((by) => replaced(s, t, `(${textAt(s, by)})`))),
  ...binaries(s, 'and', 'or').flatMap((b) => [operand(s, b, 'left'), operand(s, b, 'right')]),
  ...trees(s, 'If').map((t) => replaced(s, t.condition, 'true')),
];
export const swapBranches: Family = (s) => trees(s, 'If').map((t) => exchanged(s, t.then, t.otherwise));

// ---- names and arguments ----------------------------------------------------------------------------------------------

export const swapArguments: Family = (s) =>
  [...trees(s, 'Call').map((c) => c.args), ...trees(s, 'Tuple').map((t) => t.parts)].flatMap((args) =>
    pairs(args).map(([a, b]) => exchanged(s, a, b)),
  );

/** A wire onto another one, an index onto another one: what was free may be caught. */
export const capture: Family = (s) => {
  const wires = trees(s, 'Wire');
  const indices = trees(s, 'Index').flatMap((t) => t.indices);
  const names = [...new Set(wires.map((w) => w.name))];
  const indexNames = [...new Set(indices.map((i) => i.name))];
  const next = (list: readonly string[], name: string): readonly string[] =>
    list.length < 2 ? [] : [list[(list.indexOf(name) + 1) % list.length]!];
  return [
    ...wires.flatMap((w) => next(names, w.name).map((by) => replaced(s, w, by))),
    ...indices.flatMap((i) => next(indexNames, i.name).map((by) => replaced(s, i, by))),
    ...trees(s, 'Map', 'Reduce').flatMap((t) =>
      t.binders.flatMap((b) => next(indexNames, b.index).map((by) => replaced(s, b, `${by}:${textAt(s, b.axis)}`))),
    ),
    ...trees(s, 'Let').flatMap((t) => t.names.flatMap((n) => next(names, n.name).map((by) => replaced(s, n, by)))),
  ];
};

/** x for x' and x' for x, one at a time and all at once. */
export const swapMerge: Family = (s) => {
  const wires = trees(s, 'Wire');
  const names = new Set(wires.map((w) => w.name));
  const twin = (name: string): string => (name.endsWith("'") ? name.slice(0, -1) : `${name}'`);
  const paired = wires.filter((w) => names.has(twin(w.name)));
  const calls = trees(s, 'Call').filter(
    (c) => c.args.length === 2 && /^(merge|join|meet|plus|max2)$/.test(c.callee.name),
  );
  const flip = (list: typeof wires): readonly string[] =>
    list.length === 0
      ? []
      : [
          edited(
            s,
            list.map((w) => ({ span: w.span, by: twin(w.name) })),
          ),
        ];
  return [
    ...paired.flatMap((w) => flip([w])),
    ...[...new Set(paired.map((w) => w.name))].flatMap((n) => flip(paired.filter((w) => w.name === n))),
    ...flip(paired),
    ...calls.map((c) => exchanged(s, c.args[0]!, c.args[1]!)),
  ];
};

// ---- diagrams ---------------------------------------------------------------------------------------------------------

export const changeDiagram: Family = (s) => [
  ...trees(s, 'Compose', 'Tensor').flatMap((t) => [
    exchanged(s, t.first, t.second),
    replaced(s, t, `(${textAt(s, t.first)})`),
    replaced(s, t, `(${textAt(s, t.second)})`),
  ]),
  ...trees(s, 'OperatorDiagram').flatMap((t) =>
    t.word === 'add' ? [replaced(s, t, 'mul')] : t.word === 'exp' ? [replaced(s, t, 'log')] : [],
  ),
  ...trees(s, 'BraceObject').flatMap((t) => [replaced(s, t, 'R')]),
];
