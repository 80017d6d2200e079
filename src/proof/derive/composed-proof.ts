/**
 * The equations of one element for a loop whose parts join: that a step is its canonical form, that an element starts a part, and that a
 * step goes through a join; each state's by a lemma of its own, in the way of its kind. Invariant: a text that does not prove is refused.
 */
import { type Texts as Found, tupled } from './composed-text.js';
import { type Choice, picked, same } from './choosing.js';
import type { Part } from './compose.js';
import { tried } from './lemma.js';
import type { Sym } from './sym.js';

interface Equation {
  readonly left: string;
  readonly right: string;
  readonly proof: () => string;
}

/** The lemma of the whole tuple: each state's equation is used where its left side stands, those that read others first. */
function whole(found: Found, kind: string, stems: readonly string[], equations: readonly Equation[]): string {
  const { lemmas } = found.tools;
  const order = equations
    .map((e, c) => ({ ...e, last: basic.has(found.parts[c]!.kind._tag) }))
    .sort((x, y) => Number(x.last) - Number(y.last));
  const steps = order
    .filter((e) => e.left !== e.right)
    .map(({ left, right, proof }) => {
      const statement = `(${found.typed([left, right], ['s', 't'])}) : ${bracket(left)} = ${bracket(right)}`;
      const name = lemmas.add(`${kind}-part`, statement, proof);
      return `  rewrite ${name} at "${bracket(left)}" in lhs`;
    });
  const sides = (['left', 'right'] as const).map((s) => tupled(equations.map((e) => e[s])));
  const statement = `(${found.typed(undefined, stems, equations.length)}) : ${bracket(sides[0]!)} = ${bracket(sides[1]!)}`;
  return lemmas.add(kind, statement, () => (steps.length > 0 ? steps.join('\n') : '  refl'));
}
const basic: ReadonlySet<string> = new Set(['Sum', 'Product', 'All', 'Any', 'Last', 'Kept', 'Choice']);
const bracket = (s: string): string => (s.startsWith('(') ? s : `(${s})`);

// ---- canonical steps ----------------------------------------------------------------------------------------------------------

export function spelling(found: Found): string {
  const states = found.names('s', found.own);
  const text = (s: Sym): string => found.text(s, (n) => n, states);
  const equations = found.over.steps.map((a, c): Equation => {
    const part = found.parts[c]!;
    return { left: text(a.body), right: text(part.step), proof: () => spelled(found, text, a.body, part) };
  });
  return whole(found, 'same', ['s'], equations);
}

function spelled(found: Found, text: (s: Sym) => string, raw: Sym, part: Part): string {
  const { symbols } = found.tools;
  if (part.boolean && part.kind._tag !== 'Carried') return `  cases ${atoms(found, raw, text).join(', ')}`;
  const conditions = new Set<Sym>();
  const plain = same(found.algebra, raw, conditions);
  const links = [`  calc ${text(raw)}`];
  if (conditions.size > 0)
    links.push(`     = ${bracket(text(plain))} by { ${tried([...conditions].map(text), 'ring')} }`);
  if (plain._tag === 'Select' && part.step._tag === 'Select') {
    const [stripped, atom] = strip(symbols, plain);
    if (stripped !== plain) links.push(`     = ${bracket(text(stripped))} by cases ${text(atom)}`);
    const wanted = part.step.args[0];
    if (atom !== wanted && atom._tag === 'Op' && wanted._tag === 'Op') {
      const [low, high] = atom.args as [Sym, Sym];
      const by = symbols.op('add', wanted.args[0]!, symbols.op('neg', low));
      const moved = symbols.op('lt', symbols.op('add', low, by), symbols.op('add', high, by));
      const [, yes, no] = (stripped as Sym & { readonly _tag: 'Select' }).args;
      links.push(`     = ${bracket(text(symbols.select(moved, yes, no)))} by { rewrite add-lt in rhs }`);
    }
  }
  return [...links, `     = ${bracket(text(part.step))} by ring`].join('\n');
}
/** A choice without `not`, and its condition. */
function strip(symbols: Found['tools']['symbols'], s: Sym & { readonly _tag: 'Select' }): readonly [Sym, Sym] {
  let [condition, yes, no] = s.args;
  while (condition._tag === 'Op' && condition.word === 'not') [condition, yes, no] = [condition.args[0]!, no, yes];
  return [symbols.select(condition, yes, no), condition];
}

// ---- starts and joins -----------------------------------------------------------------------------------------------------------

const at =
  (found: Found) =>
  (s: Sym, states: readonly Sym[]): Sym =>
    found.tools.symbols.replace(s, (t) =>
      t._tag === 'State' && t.self === found.loop.self ? states[t.component] : undefined,
    );

/** step(s, x) = join(s, step(start(x), x)) */
export function carrying(found: Found): string {
  const put = at(found);
  const left = found.parts.map((_, c) => found.marked('s', c));
  const begun = found.parts.map((p) =>
    put(
      p.step,
      found.parts.map((q) => q.start),
    ),
  );
  const equations = found.parts.map((p): Equation => {
    const [from, to] = [put(p.step, left), p.join(left, begun)];
    const text = (s: Sym): string => found.joinText(s, 's', 't');
    return { left: text(from), right: text(to), proof: () => carried(found, p, text, from, to) };
  });
  return whole(found, 'one', ['s'], equations);
}

function carried(found: Found, p: Part, text: (s: Sym) => string, from: Sym, to: Sym): string {
  const { kind } = p;
  const start = (c: number): string => text(found.parts[c]!.start);
  switch (kind._tag) {
    case 'Choice':
      return `  cases ${text(p.start)} < ${text(p.start)}`;
    case 'Carried': {
      const [key, close] = [start(kind.key), moves(found, p) ? 'ring' : 'refl'];
      return `  cases ${key} < ${key} { ${close} } { ${close} }`;
    }
    case 'Prefix': {
      const [x, y] = [text(p.start), `0 + ${text(p.start)}`];
      return `  cases ${up(kind.choice) ? `${x} < ${y}` : `${y} < ${x}`} { ring } { ring }`;
    }
    case 'Window':
      return kind.word === 'sum' ? '  ring' : [...irreflexive(found, to), cased(found, from, text)].join('\n');
    case 'All':
    case 'Any':
      return cased(found, from, text);
    default:
      return '  ring';
  }
}
const up = (choice: Choice): boolean => choice === 'max-first' || choice === 'min-last';
/** Does what is carried move with sums? */
const moves = (found: Found, p: Part): boolean => {
  const marks = (stem: string): readonly Sym[] => found.parts.map((_, c) => found.marked(stem, c));
  return found.joinText(p.join(marks('s'), marks('t')), 's', 't').includes(' + ');
};
const cased = (found: Found, s: Sym, text: (s: Sym) => string): string => `  cases ${atoms(found, s, text).join(', ')}`;

/** `rewrite lt-irrefl` for each comparison of a thing with itself. */
function irreflexive(found: Found, s: Sym): readonly string[] {
  const all = compared(found, s).filter((t) => t.args[0] === t.args[1]);
  return all.map(() => '  rewrite lt-irrefl in rhs');
}
function compared(found: Found, root: Sym): readonly (Sym & { readonly _tag: 'Op' })[] {
  const out = new Set<Sym & { readonly _tag: 'Op' }>();
  const go = (s: Sym): Sym => {
    if (s._tag === 'Op' && s.word === 'lt') out.add(s);
    return found.tools.symbols.overChildren(s, go);
  };
  go(root);
  return [...out];
}
/** The comparisons and boolean wires and states of an expression. */
function atoms(found: Found, root: Sym, text: (s: Sym) => string): readonly string[] {
  const booleans = new Set([
    ...found.abstract.wires.filter((w) => w.boolean).map((w) => w.name),
    ...['s', 't'].flatMap((stem) => found.names(stem).filter((_, c) => found.parts[c]!.boolean)),
  ]);
  const out = new Set<string>();
  const go = (s: Sym): Sym => {
    if (s._tag === 'Op' && s.word === 'lt') out.add(text(s));
    else if ((s._tag === 'Read' || s._tag === 'State') && booleans.has(text(s))) out.add(text(s));
    return found.tools.symbols.overChildren(s, go);
  };
  go(root);
  return [...out];
}

/** step(join(s, t), x) = join(s, step(t, x)) */
export function joining(found: Found): string {
  const put = at(found);
  const [left, right] = ['s', 't'].map((stem) => found.parts.map((_, c) => found.marked(stem, c))) as [Sym[], Sym[]];
  const both = found.parts.map((p) => p.join(left, right));
  const after = found.parts.map((p) => put(p.step, right));
  const text = (s: Sym): string => found.joinText(s, 's', 't');
  const equations = found.parts.map((p, c): Equation => {
    const [from, to] = [put(p.step, both), p.join(left, after)];
    return { left: text(from), right: text(to), proof: () => joined(found, p, c, text, from) };
  });
  return whole(found, 'more', ['s', 't'], equations);
}

function joined(found: Found, p: Part, c: number, text: (s: Sym) => string, from: Sym): string {
  const { kind } = p;
  switch (kind._tag) {
    case 'Choice':
      return `  rewrite choice-${kind.choice} in lhs`;
    case 'Carried':
      return [`  rewrite choice-${kind.choice} in lhs`, ...(moves(found, p) ? [apart(found, kind, text)] : [])].join(
        '\n',
      );
    case 'Prefix':
      return prefixed(found, kind, c, p, text, from);
    case 'Window':
      return kind.word === 'sum' ? '  ring' : cased(found, from, text);
    case 'All':
    case 'Any':
      return cased(found, from, text);
    default:
      return '  ring';
  }
}

/** The choice between the second part and the element, in both of its cases. */
function apart(
  found: Found,
  { choice, key }: { readonly choice: Choice; readonly key: number },
  text: (s: Sym) => string,
): string {
  const [x, y] = [text(found.marked('t', key)), text(found.parts[key]!.start)];
  return `  cases ${up(choice) ? `${x} < ${y}` : `${y} < ${x}`} { ring } { ring }`;
}

/** The sum so far is taken out of the choice. */
function prefixed(
  found: Found,
  { choice, total }: { readonly choice: Choice; readonly total: number },
  c: number,
  p: Part,
  text: (s: Sym) => string,
  from: Sym,
): string {
  const { symbols } = found.tools;
  const [s, t] = ['s', 't'].map(
    (stem) =>
      (d: number): Sym =>
        found.marked(stem, d),
  ) as [(d: number) => Sym, (d: number) => Sym];
  const add = (x: Sym, y: Sym): Sym => symbols.op('add', x, y);
  const pick = (x: Sym, y: Sym): Sym => picked(symbols, choice, x, y, x, y);
  const [moved, next] = [add(s(total), t(c)), add(t(total), p.start)];
  const outer = pick(pick(s(c), moved), add(s(total), next));
  const inner = pick(s(c), pick(moved, add(s(total), next)));
  const right = pick(s(c), add(s(total), pick(t(c), next)));
  const atom = up(choice) ? symbols.op('lt', t(c), next) : symbols.op('lt', next, t(c));
  return [
    `  calc ${text(from)}`,
    `     = ${bracket(text(outer))} by ring`,
    `     = ${bracket(text(inner))} by rewrite choice-${choice} in lhs`,
    `     = ${bracket(text(right))} by { rewrite lt-shifted in lhs`,
    `         cases ${text(atom)} }`,
  ].join('\n');
}
