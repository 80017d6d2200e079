/**
 * Trees as text in the notation of the language. Invariant: parentheses follow the grammar's precedence; what occurs twice is shown
 * once, by a `let` in front of the body in which its indices are bound; bound names are fresh. Knows nothing of terms.
 */
import type { Axis } from '../../core/index.js';
import { showAxis, showAxisAtom, showNumber, tight } from './algebra.js';
import { clean } from './clean.js';
import { fresh, widest } from './naming.js';
import { type FirstOf, isOperator, reductionOf } from './reduction.js';
import { type Head, type Tree, childrenOf } from './tree.js';

// loosest first, as in the language reference
const [LOOSE, OR, AND, NOT, COMPARE, CONCAT, ADD, MUL, NEG, APPLY, ATOM] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const [textLimit, shareFrom, lineLimit] = [6_000, 5, 90];

interface Scope {
  readonly bound: ReadonlyMap<Tree, readonly string[]>;
  readonly indices: ReadonlyMap<number, string>;
  readonly loops: ReadonlyMap<number, readonly string[]>;
}
type Written = readonly [text: string, level: number];

export class Writer {
  private length = 0;

  constructor(
    /** names of wires, which bound names avoid */
    private readonly taken: ReadonlySet<string>,
    private readonly firstOf: FirstOf,
    /** names that are not written for what has their shape: their bodies are asked for */
    private readonly unfolded: ReadonlySet<string> = new Set(),
  ) {}

  /** Lets, one a line, then the outputs; `indices` are those already bound around them. */
  lines(outputs: readonly Tree[], indices: ReadonlyMap<number, string> = new Map()): readonly string[] {
    const { lets, scope } = this.shared(outputs, [], { bound: new Map(), indices, loops: new Map() });
    const whole = this.tuple(outputs, scope);
    if (outputs.length < 2 || whole.length <= lineLimit) return [...lets, whole];
    const parts = outputs.map((o) => this.write(o, LOOSE, scope));
    const last = parts.length - 1;
    return [...lets, ...parts.map((p, i) => `${i === 0 ? '( ' : '  '}${p}${i === last ? ' )' : ','}`)];
  }

  private tuple(parts: readonly Tree[], scope: Scope): string {
    if (parts.length === 1) return this.write(parts[0]!, LOOSE, scope);
    return `(${parts.map((p) => this.write(p, LOOSE, scope)).join(', ')})`;
  }

  // ---- sharing --------------------------------------------------------------------------------------------------------

  /** What a body uses twice, or takes apart, and can be named here: it reads a name bound here, and none bound further in. */
  private candidates(roots: readonly Tree[], own: readonly number[], scope: Scope): readonly Tree[] {
    const uses = new Map<Tree, number>();
    const forced = new Set<Tree>();
    const pending = [...roots];
    for (let t = pending.pop(); t; t = pending.pop()) {
      const before = uses.get(t) ?? 0;
      uses.set(t, before + 1);
      if (t._tag === 'Component') forced.add(t.of);
      if (before === 0 && !scope.bound.has(t)) pending.push(...childrenOf(t));
    }
    const inScope = (b: number): boolean => own.includes(b) || scope.indices.has(b) || scope.loops.has(b);
    const here = (t: Tree): boolean =>
      (own.length === 0 || own.some((b) => t.free.has(b))) && [...t.free].every(inScope);
    const plain = (t: Tree): boolean => t.size < shareFrom || t._tag === 'Element' || t._tag === 'Component';
    return [...uses]
      .filter(([t, n]) => !scope.bound.has(t) && here(t) && (forced.has(t) || (n > 1 && !plain(t))))
      .map(([t]) => t)
      .sort((a, b) => a.id - b.id);
  }

  private shared(roots: readonly Tree[], own: readonly number[], scope: Scope): { lets: string[]; scope: Scope } {
    const lets: string[] = [];
    let inner = scope;
    for (const t of this.candidates(roots, own, scope)) {
      const value = this.write(t, LOOSE, inner);
      const names = this.letNames(t, inner, roots);
      lets.push(`let ${names.length === 1 ? names[0]! : `(${names.join(', ')})`} = ${value} in`);
      inner = { ...inner, bound: new Map(inner.bound).set(t, names) };
    }
    return { lets, scope: inner };
  }

  private letNames(t: Tree, scope: Scope, roots: readonly Tree[]): readonly string[] {
    const stem =
      t._tag === 'Apply' && t.head._tag === 'Named' ? t.head.name.charAt(0) : t._tag === 'Name' ? t.name : 'u';
    const width =
      t._tag === 'Apply' ? t.width : t._tag === 'Loop' ? t.body.length : t._tag === 'Name' ? widest(roots, t) : 1;
    const names: string[] = [];
    for (let i = 0; i < width; i += 1) names.push(this.freshWire(width > 1 ? `${stem}${i + 1}` : stem, scope, names));
    return names;
  }

  private freshWire(stem: string, scope: Scope, also: readonly string[]): string {
    const used = new Set([...this.taken, ...also, ...[...scope.bound.values(), ...scope.loops.values()].flat()]);
    return fresh(clean(stem), used);
  }

  // ---- writing --------------------------------------------------------------------------------------------------------

  private write(t: Tree, level: number, scope: Scope): string {
    const [text, own] = this.plain(t, scope);
    this.length += 1;
    return own < level ? `(${text})` : text;
  }

  private plain(t: Tree, scope: Scope): Written {
    const names = scope.bound.get(t);
    if (names) return [names.length === 1 ? names[0]! : `(${names.join(', ')})`, ATOM];
    if (this.length > textLimit) return ['…', ATOM];
    switch (t._tag) {
      case 'Name':
        return [clean(t.name.replace(/#\d+$/, '')), ATOM];
      case 'Number':
        return [showNumber(t.value), t.value.num < 0n ? NEG : showNumber(t.value).includes('/') ? MUL : ATOM];
      case 'State':
        return [scope.loops.get(t.loop)?.[t.component] ?? 's', ATOM];
      case 'Component': {
        const parts = scope.bound.get(t.of);
        return parts ? [parts[t.at] ?? '?', ATOM] : [`${this.write(t.of, ATOM, scope)}.${t.at + 1}`, ATOM];
      }
      case 'Element':
        return this.element(t, scope);
      case 'Array':
        return [this.array(t, scope), APPLY];
      case 'Loop':
        return this.loop(t, scope);
      case 'Apply':
        return this.applied(t, t.head, scope);
    }
  }

  private element(t: Tree & { readonly _tag: 'Element' }, scope: Scope): Written {
    const indices: string[] = [];
    let array: Tree = t;
    for (; array._tag === 'Element' && !scope.bound.has(array); array = array.array)
      indices.unshift(scope.indices.get(array.index) ?? '?');
    return [`${this.write(array, ATOM, scope)}[${indices.join(', ')}]`, ATOM];
  }

  /** `WORD i:n (body)` */
  private binding(word: string, index: number, axis: Axis, body: Tree, scope: Scope): string {
    const [binder, inner] = this.indexed(index, axis, scope);
    return `${word} ${binder} (${this.inside([body], [index], inner)})`;
  }
  /** `map q, k (…)`: nested maps with nothing between them are one */
  private array(t: Tree & { readonly _tag: 'Array' }, scope: Scope): string {
    const [binders, own]: [string[], number[]] = [[], []];
    let [inner, body]: [Scope, Tree] = [scope, t];
    while (body._tag === 'Array' && !scope.bound.has(body)) {
      const [binder, opened] = this.indexed(body.index, body.axis, inner);
      binders.push(binder);
      own.push(body.index);
      [inner, body] = [opened, body.body];
    }
    return `map ${binders.join(', ')} (${this.inside([body], own, inner)})`;
  }
  private inside(roots: readonly Tree[], own: readonly number[], scope: Scope): string {
    const { lets, scope: inner } = this.shared(roots, own, scope);
    return [...lets, this.tuple(roots, inner)].join(' ');
  }
  private indexed(index: number, axis: Axis, scope: Scope): readonly [string, Scope] {
    const text = showAxis(axis);
    const simple = /^[\w'.-]+$/.test(text) && !/^\d/.test(text);
    const name = fresh(simple ? text : 'i', new Set(scope.indices.values()));
    const binder = name === text ? name : `${name}:${showAxisAtom(axis)}`;
    return [binder, { ...scope, indices: new Map(scope.indices).set(index, name) }];
  }

  private loop(t: Tree & { readonly _tag: 'Loop' }, scope: Scope): Written {
    const known = reductionOf(t, this.firstOf);
    if (known && !this.unfolded.has(known[0])) return [this.binding(known[0], t.index, t.axis, known[1], scope), APPLY];
    const states: string[] = [];
    t.inits.forEach((_, i) => states.push(this.freshWire(i === 0 ? 's' : `s${i + 1}`, scope, states)));
    const inits = t.inits.map((x, i) => `${states[i]!} = ${this.write(x, LOOSE, scope)}`).join(', ');
    const [binder, opened] = this.indexed(t.index, t.axis, scope);
    const inner = { ...opened, loops: new Map(opened.loops).set(t.loop, states) };
    const word = t.body.length > t.inits.length ? 'scan' : 'fold';
    return [`${word} ${binder} (${inits}) ${this.inside(t.body, [t.index, t.loop], inner)}`, LOOSE];
  }

  private applied(t: Tree & { readonly _tag: 'Apply' }, head: Head, scope: Scope): Written {
    const arg = (i: number, level: number): string => this.write(t.args[i]!, level, scope);
    switch (head._tag) {
      case 'Operator':
        return this.operated(t, head.operator, scope);
      case 'If':
        if (keepsLarger(t) && !this.unfolded.has('max2')) return [`max2(${arg(2, LOOSE)}, ${arg(1, LOOSE)})`, ATOM];
        return [`if ${arg(0, OR)} then ${arg(1, OR)} else ${arg(2, LOOSE)}`, LOOSE];
      case 'Concat':
        return [`${arg(0, CONCAT)} ++ ${arg(1, CONCAT + 1)}`, CONCAT];
      case 'First':
        return [`first ${arg(0, ATOM)}`, APPLY];
      case 'Position':
        return [`position[${tight(showAxis(head.axis))}]`, APPLY];
      case 'Size':
        return [`size ${showAxisAtom(head.axis)}`, APPLY];
      case 'Split':
      case 'Tile':
      case 'Flatten':
        return [`${head._tag.toLowerCase()}[${showAxis(head.axis)}, ${showAxis(head.other)}] ${arg(0, ATOM)}`, APPLY];
      case 'Named':
        return this.named(t, head, scope);
    }
  }

  private named(t: Tree & { readonly _tag: 'Apply' }, head: Head & { readonly _tag: 'Named' }, scope: Scope): Written {
    const [only] = t.args;
    const name = clean(head.name);
    if (
      t.args.length === 1 &&
      head.axes.length + head.braces.length === 0 &&
      only?._tag === 'Array' &&
      !scope.bound.has(only)
    )
      return [this.binding(name, only.index, only.axis, only.body, scope), APPLY];
    const axes = head.axes.length === 0 ? '' : `[${head.axes.map((a) => showAxis(a)).join(', ')}]`;
    const braces = head.braces.length === 0 ? '' : `{${head.braces.join(', ')}}`;
    return [`${name}${axes}${braces}(${t.args.map((x) => this.write(x, LOOSE, scope)).join(', ')})`, ATOM];
  }

  private operated(t: Tree & { readonly _tag: 'Apply' }, operator: string, scope: Scope): Written {
    const [x, y] = t.args;
    const infix = (word: string, level: number, a: Tree, b: Tree, left = level): Written => [
      `${this.write(a, left, scope)} ${word} ${this.write(b, level + 1, scope)}`,
      level,
    ];
    if (!x) return [operator, ATOM];
    if (!y) return this.prefixed(operator, x, infix, scope);
    const sugar = (word: string): Tree | undefined =>
      isOperator(y, word) && !scope.bound.has(y) && !isLiteral(y.args[0]!, scope) ? y.args[0] : undefined;
    const [taken, divisor] = [sugar('neg'), sugar('recip')];
    if (operator === 'add' && taken) return infix('-', ADD, x, taken);
    if (operator === 'mul' && divisor) return infix('/', MUL, x, divisor);
    if (operator === 'add') return infix('+', ADD, x, y);
    if (operator === 'mul') return infix('*', MUL, x, y);
    if (operator === 'lt') return infix('<', COMPARE, x, y, COMPARE + 1);
    const pair = operator === 'and' ? equated(x, y) : undefined;
    if (pair) return infix('==', COMPARE, ...pair, COMPARE + 1);
    return infix(operator, operator === 'and' ? AND : OR, x, y);
  }

  private prefixed(
    operator: string,
    x: Tree,
    infix: (w: string, l: number, a: Tree, b: Tree, left?: number) => Written,
    scope: Scope,
  ): Written {
    if (operator === 'neg' && !isLiteral(x, scope)) {
      const value = this.write(x, NEG, scope);
      // two dashes would begin a comment
      return [value.startsWith('-') ? `-(${value})` : `-${value}`, NEG];
    }
    if (operator !== 'not') return [`${operator}${bracketed(this.write(x, ATOM, scope))}`, APPLY];
    if (isOperator(x, 'lt') && !scope.bound.has(x)) return infix('>=', COMPARE, x.args[0]!, x.args[1]!, COMPARE + 1);
    return [`not ${this.write(x, COMPARE, scope)}`, NOT];
  }
}

/** What the language computes where it stands after `-` or `/`: there the operator is written as a word. */
const isLiteral = (t: Tree, scope: Scope): boolean => t._tag === 'Number' && !scope.bound.has(t);

/** not (a < b) and not (b < a) */
function equated(x: Tree, y: Tree): readonly [Tree, Tree] | undefined {
  const [p, q] = [x, y].map((t) => (isOperator(t, 'not') ? t.args[0] : undefined));
  if (!p || !q || !isOperator(p, 'lt') || !isOperator(q, 'lt')) return undefined;
  return p.args[0] === q.args[1] && p.args[1] === q.args[0] ? [p.args[0]!, p.args[1]!] : undefined;
}

/** if s < x then x else s, for the state s of a loop: what `max` does at each turn */
function keepsLarger(t: Tree & { readonly _tag: 'Apply' }): boolean {
  const [condition, then, otherwise] = t.args;
  if (otherwise?._tag !== 'State' || !condition || !isOperator(condition, 'lt')) return false;
  return condition.args[0] === otherwise && condition.args[1] === then;
}

/** After a word: ` x`, or `(…)` as it stands. */
const bracketed = (text: string): string => (text.startsWith('(') ? text : ` ${text}`);
