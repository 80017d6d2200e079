/**
 * What was proved, as text: both sides in normal form, so with all definitions unfolded, and shared parts named. Invariant: what is printed
 * comes from the terms that were proved, never from the statement files, but for the names of wires; names cannot leave their place.
 * It does not know how anything was proved.
 */
import { type AxisVar, showAxis, showName } from '../logic/axis.js';
import { own } from '../logic/blocks.js';
import { type Proved } from './certificate.js';
import { formOf, start } from '../logic/equal.js';
import { type Wire } from '../logic/expression.js';
import { type Node } from '../logic/node.js';
import { shape, showObject } from '../logic/object.js';
import { type Index, type Monomial, type Polynomial } from '../logic/polynomial.js';
import { showRational } from '../logic/rational.js';
import { Refusal } from '../logic/refusal.js';
import { type Hypothesis, variablesOf } from '../logic/substitute.js';
import { type MorphismVar, type Term } from '../logic/term.js';

/** What is made here, and so is no name of a file: those have no such sign. */
const MADE = '#';

/** What is longer gets a name and a line of its own, as does what is used twice. */
const LONG = 60;

const showIndex = (i: Index): string => (i.level < 0 ? `first ${showName(i.v.name)}` : `${MADE}i${i.level}`);
const showIndices = (at: readonly Index[]): string => (at.length === 0 ? '' : `[${at.map(showIndex).join(', ')}]`);
const showTurn = (v: AxisVar, level: number): string => `${MADE}i${level}:${showName(v.name)}`;

const showMonomial = ({ factor, unknowns }: Monomial): string => {
  const parts = unknowns.map((u) =>
    u.size ? `size ${showName(u.size.name)}` : u.position ? `position ${showIndex(u.position)}` : '',
  );
  const alone = factor.n === 1n && factor.d === 1n && parts.length > 0;
  return [...(alone ? [] : [showRational(factor)]), ...parts].join(' * ');
};

const showPolynomial = (p: Polynomial): string => p.map(showMonomial).join(' + ') || '0';

const infix: Readonly<{ [name: string]: string }> = { add: '+', mul: '*', lt: '<', and: 'and', or: 'or' };

const showOperator = (name: string, kids: readonly string[]): string => {
  const [a = '', b = '', c = ''] = kids.map((k) => (/ /.test(k.replace(/\[[^\][]*\]$/, '')) ? `(${k})` : k));
  if (Object.hasOwn(infix, name)) return `${a} ${infix[name]} ${b}`;
  if (name === 'select') return `if ${a} then ${b} else ${c}`;
  return name === 'neg' ? `-${a}` : `${name} ${a}`;
};

/** The text of a node, given those of its kids. */
const showNode = (n: Node, kids: readonly string[], inputs: readonly string[]): string => {
  const at = showIndices(n.at);
  switch (n.tag) {
    case 'wire':
      return `${inputs[Number(n.label)]}${at}`;
    case 'state':
      return `${MADE}s${n.level}.${n.label}${at}`;
    case 'final':
      return `${kids[0]}.final${n.label}${at}`;
    case 'output':
      return `${kids[0]}.output(${kids[1]})${at}`;
    case 'result': {
      const [name, axes = []] = [showName(n.source?.variable?.name ?? ''), n.source?.axes];
      const output = n.label.slice(n.label.lastIndexOf(' ') + 1);
      const where = axes.length === 0 ? '' : `[${axes.map(showAxis).join(', ')}]`;
      return `${name}${where}(${kids.join(', ')}).${output}${at}`;
    }
    case 'loop':
      return `loop(${kids.slice(1).join(', ')}; ${kids[0]})`;
    case 'bind':
      return `[${n.v ? showTurn(n.v, n.level) : ''} => ${kids.join(', ')}]`;
    case 'operator':
      return showOperator(n.label, kids);
    case 'polynomial':
      return showPolynomial(n.polynomial ?? []);
    case 'boolean':
      return n.label;
  }
};

/** Every node once, after its parts, with the number of its uses as a part. */
const inOrder = (roots: readonly Node[]): ReadonlyMap<Node, number> => {
  const uses = new Map<Node, number>();
  const order = new Map<Node, number>();
  const seen = new Set<Node>();
  const stack = [...roots].reverse().map((node) => ({ node, open: true }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, open } = top;
    if (!open) order.set(node, 0);
    else if (!seen.has(node)) {
      seen.add(node);
      stack.push({ node, open: false });
      for (const kid of node.kids) uses.set(kid, (uses.get(kid) ?? 0) + 1);
      stack.push(...node.kids.map((kid) => ({ node: kid, open: true })).reverse());
    }
  }
  order.forEach((_, node) => order.set(node, uses.get(node) ?? 0));
  return order;
};

/** The lines of the parts that have a name, and the text of each root. */
const showNodes = (
  roots: readonly Node[],
  inputs: readonly string[],
): { lines: string[]; text: (n: Node) => string } => {
  const texts = new Map<Node, string>();
  const lines: string[] = [];
  const text = (n: Node): string => texts.get(n) ?? '';
  inOrder(roots).forEach((uses, n) => {
    const whole = showNode(n, n.kids.map(text), inputs);
    const named = n.tag === 'loop' || (n.kids.length > 0 && (uses > 1 || (uses > 0 && whole.length > LONG)));
    const name = `${MADE}t${lines.length}${n.free.length === 0 ? '' : `[${n.free.map((l) => `${MADE}i${l}`).join(', ')}]`}`;
    if (named) lines.push(`${name} = ${whole}`);
    texts.set(n, named ? name : whole);
  });
  return { lines, text };
};

/** The inputs, one name for each block; both sides share the named parts. */
const showEquation = (lhs: Term, rhs: Term, wires: readonly Wire[] | undefined): string[] => {
  start();
  const [f, g] = [formOf({ _tag: 'Diagram', term: lhs }), formOf({ _tag: 'Diagram', term: rhs })];
  const given = !wires || wires[0]?.name === '#' ? [{ name: 'x', object: lhs.dom }] : wires;
  const inputs = given.flatMap(({ name, object }) =>
    shape(object).map((_, n, all) => `${showName(name)}${all.length === 1 ? '' : `.${n}`}`),
  );
  const { lines, text } = showNodes([...f.x, ...g.x], inputs);
  const side = (x: readonly Node[]): string[] =>
    x.map((n, k) => {
      const at = own(shape(lhs.cod)[k] ?? [], 0).map((i) => showTurn(i.v, i.level));
      return `    out${x.length === 1 ? '' : `.${k}`}${at.length === 0 ? '' : `[${at.join(', ')}]`} = ${text(n)}`;
    });
  return [
    `  (${given.map((w) => `${showName(w.name)} : ${showObject(w.object)}`).join(', ')}) -> ${showObject(lhs.cod)}`,
    ...(lines.length > 0 ? ['  with', ...lines.map((line) => `    ${line}`)] : []),
    '  lhs',
    ...side(f.x),
    '  rhs',
    ...side(g.x),
  ];
};

/** What a kernel computes where the conditions of its theorem are met, over the first of the inputs. */
const showBranch = (branch: Term): string[] => {
  start();
  const { x } = formOf({ _tag: 'Diagram', term: branch });
  const inputs = shape(branch.dom).map((_, n, all) => `x${all.length === 1 ? '' : `.${n}`}`);
  const { lines, text } = showNodes(x, inputs);
  return ['  computed where the conditions are met', ...lines, ...x.map((n, k) => `out.${k} = ${text(n)}`)].map(
    (line, n) => (n === 0 ? line : `    ${line}`),
  );
};

const showVar = (v: AxisVar): string =>
  `${showName(v.name)}${v.maybeEmpty ? '?' : ''}${v.sort === undefined ? '' : ` : ${showName(v.sort)}`}`;

const showMorphism = ({ name, binders, dom, cod }: MorphismVar): string => {
  const at = binders.length === 0 ? '' : `[${binders.map(showVar).join(', ')}]`;
  return `${showName(name)}${at} : ${showObject(dom)} -> ${showObject(cod)}`;
};

/** All that is free: the statement is for all of these. */
const showFree = (terms: readonly Term[]): string[] => {
  const all = terms.map(variablesOf);
  const axes = new Set(all.flatMap((vars) => [...vars.axes, ...vars.signature]).filter((v) => !v.bound));
  const objects = new Set(all.flatMap((vars) => [...vars.objects]));
  const morphisms = new Set(all.flatMap((vars) => [...vars.morphisms]));
  return [
    ...[...axes].map((v) => `  axis ${showVar(v)}`),
    ...[...objects].map((x) => `  object ${showName(x)}`),
    ...[...morphisms].map((m) => `  ${showMorphism(m)}`),
  ];
};

const showHypothesis = ({ binders, lhs, rhs }: Hypothesis): string[] => {
  const bound = binders.map(showVar).join(', ');
  return [`  given${bound ? ` for ${bound}` : ''}`, ...showEquation(lhs, rhs, undefined).map((line) => `  ${line}`)];
};

/** What is shown of a theorem, of a schedule, or of an axiom that one rests on. */
export interface Shown extends Pick<Proved, 'name' | 'sequent' | 'schedule'> {
  readonly kind: Proved['kind'] | 'axiom';
  readonly law?: Proved['law'] | undefined;
}

/** The statement in full. */
export const showProved = ({ name, kind, sequent, law, schedule }: Shown): string => {
  const { given, lhs, rhs } = sequent;
  const hypotheses = [...given];
  const wires = law?.lhs._tag === 'Pointful' ? law.lhs.wires : undefined;
  const at = [...(schedule?.axes ?? [])].map(([v, e]) => `${showName(v.name)} := ${showAxis(e)}`);
  try {
    return [
      `${kind} ${showName(name)}`,
      ...(schedule ? [`  at ${at.join(', ')} over ${showAxis(schedule.batch)}`] : []),
      ...showFree([lhs, rhs, ...hypotheses.flatMap((h) => [h.lhs, h.rhs])]),
      ...hypotheses.flatMap(showHypothesis),
      ...showEquation(lhs, rhs, wires),
      ...(schedule?.branch ? showBranch(schedule.branch) : []),
    ].join('\n');
  } catch (error) {
    if (error instanceof Refusal) return `${kind} ${showName(name)}: too long to print (${error.reason})`;
    throw error;
  }
};
