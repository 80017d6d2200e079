/**
 * Scripts from the grammar: statements and proofs that parse, and mostly are well scoped and well typed, so that tactics are reached.
 * Invariant: every text parses; a name is wrong with a small probability. Knows nothing of truth.
 */
import type { Case } from './outcome.js';
import type { Random } from './random.js';

type Type = 'R' | 'B' | 'R[n]' | 'R[k]' | 'R[n k]';

/** What is in scope: wires by type, and indices by axis. */
interface Scope {
  readonly wires: readonly (readonly [string, Type])[];
  readonly indices: readonly (readonly [string, 'n' | 'k'])[];
}
const top: Scope = {
  wires: [
    ['x', 'R'],
    ['y', 'R'],
    ['b', 'B'],
    ['v', 'R[n]'],
    ['w', 'R[n]'],
    ['u', 'R[k]'],
    ['m', 'R[n k]'],
  ],
  indices: [],
};
const parameters = '[n, k] {f : R -> R, g[i] : R[i] -> R} (x y : R, b : B, v w : R[n], u : R[k], m : R[n k])';

class Writer {
  private fresh = 0;
  constructor(private readonly r: Random) {}

  name(stem: string): string {
    this.fresh += 1;
    return `${stem}${this.fresh}`;
  }
  private wrong(text: string): string {
    return this.r.chance(0.004) ? this.r.pick(['zz', 'n', 'f', 'v', 'b', '1/0']) : text;
  }

  expression(type: Type, scope: Scope, depth: number): string {
    return this.wrong(
      type === 'R' ? this.real(scope, depth) : type === 'B' ? this.truth(scope, depth) : this.array(type, scope, depth),
    );
  }

  private leaf(scope: Scope): string {
    const { r } = this;
    const scalars = scope.wires.filter(([, t]) => t === 'R').map(([n]) => n);
    const elements = scope.indices.flatMap(([i, axis]) =>
      scope.wires.filter(([, t]) => t === `R[${axis}]`).map(([n]) => `${n}[${i}]`),
    );
    return r.pick([...scalars, ...elements, ...elements, '0', '1', '2', '1/3', '0.5', 'size n', '-1']);
  }

  private real(scope: Scope, depth: number): string {
    const { r } = this;
    if (depth === 0) return this.leaf(scope);
    const e = (): string => this.expression('R', scope, depth - 1);
    const axis = r.pick(['n', 'k'] as const);
    const index = this.name('i');
    const inner: Scope = { ...scope, indices: [...scope.indices, [index, axis]] };
    const under = (more: Scope): string => this.expression('R', more, depth - 1);
    const local = this.name('s');
    switch (r.below(14)) {
      case 0:
      case 1:
        return `(${e()} + ${e()})`;
      case 2:
      case 3:
        return `(${e()} * ${e()})`;
      case 4:
        return `(${e()} - ${e()})`;
      case 5:
        return `(${e()} / ${e()})`;
      case 6:
        return `${r.pick(['exp', 'log', 'sqrt', 'recip', 'neg'])}(${e()})`;
      case 7:
        return `(if ${this.expression('B', scope, depth - 1)} then ${e()} else ${e()})`;
      case 8:
        return `(let ${local} = ${e()} in ${under({ ...scope, wires: [...scope.wires, [local, 'R']] })})`;
      case 9:
      case 10:
        return `sum ${index}:${axis} (${under(inner)})`;
      case 11:
        return `(fold ${index}:${axis} (${local} = ${e()}) (${under({ wires: [...scope.wires, [local, 'R']], indices: inner.indices })}))`;
      case 12:
        return `${r.pick(['f', `g[${axis}]`])}(${r.chance(0.9) ? (r.chance(0.5) ? e() : this.expression(`R[${axis}]`, scope, depth - 1)) : ''})`;
      default:
        return `first(${this.expression(`R[${axis}]`, scope, depth - 1)})`;
    }
  }

  private truth(scope: Scope, depth: number): string {
    const { r } = this;
    if (depth === 0) return r.pick(['b', 'true', 'false', 'x < y']);
    const p = (): string => this.expression('B', scope, depth - 1);
    const e = (): string => this.expression('R', scope, depth - 1);
    return r.pick([
      () => `(${p()} and ${p()})`,
      () => `(${p()} or ${p()})`,
      () => `(not ${p()})`,
      () => `(${e()} < ${e()})`,
      () => `(${e()} == ${e()})`,
    ])();
  }

  private array(type: 'R[n]' | 'R[k]' | 'R[n k]', scope: Scope, depth: number): string {
    const { r } = this;
    const same = scope.wires.filter(([, t]) => t === type).map(([n]) => n);
    if (depth === 0) return r.pick(same);
    if (type === 'R[n k]') {
      const [i, j] = [this.name('i'), this.name('j')];
      return `map ${i}:n, ${j}:k (${this.expression('R', { ...scope, indices: [...scope.indices, [i, 'n'], [j, 'k']] }, depth - 1)})`;
    }
    const axis = type === 'R[n]' ? 'n' : 'k';
    const i = this.name('i');
    const inner: Scope = { ...scope, indices: [...scope.indices, [i, axis]] };
    return r.pick([
      () => `map ${i}:${axis} (${this.expression('R', inner, depth - 1)})`,
      () => `repeat[${axis}] (${this.expression('R', scope, depth - 1)})`,
      () => `position[${axis}]`,
      () => r.pick(same),
    ])();
  }

  // ---- proofs ----

  private readonly laws = [
    'add-zero',
    'add-assoc',
    'mul-comm',
    'mul-one',
    'distrib',
    'add-neg',
    'mul-assoc',
    'mul-recip',
    'eq-subst',
    'exp-add',
    'sum-zero',
    'own',
    'add-comm',
    'ring-collect',
  ];
  private law(): string {
    return this.r.chance(0.97) ? this.r.pick(this.laws) : 'no-such-law';
  }

  private step(depth: number): string {
    const { r } = this;
    const e = (): string => this.expression(r.pick(['R', 'R', 'B', 'R[n]']), top, 1);
    const block = (): string => `{ ${this.steps(depth - 1)} }`;
    const kinds: readonly (() => string)[] = [
      () =>
        `rewrite ${r.chance(0.3) ? '<- ' : ''}${this.law()}${r.chance(0.2) ? ` with x := ${e()}` : ''}${r.chance(0.2) ? ` at ${1 + r.below(4)}` : ''}${r.chance(0.1) ? ` at "${e()}"` : ''}${r.chance(0.3) ? ` in ${r.pick(['lhs', 'rhs'])}` : ''}`,
      () => `rewrite ${this.law()}`,
      () => `rewrite ${this.law()}`,
      () => `simp [${r.times(1 + r.below(3), () => this.law()).join(', ')}]`,
      () => 'ring',
      () => 'symm',
      () => 'refl',
      () => `unfold ${r.pick(['sum', 'sq', 'nothing'])}`,
      () => `apply ${this.law()}`,
      () => `cases ${r.pick(['b', 'x < y', 'b, x < y', this.expression('B', top, 1)])}`,
      () => 'assumption',
      () => '?',
      ...(depth > 0
        ? [
            () => `induction ${r.pick(['n', 'k', 'n', 'q'])} ${r.pick(['right', 'left', ''])} ${block()} ${block()}`,
            () =>
              `have ${this.name('own')} (x y : R) : ${this.expression('R', { wires: top.wires.slice(0, 2), indices: [] }, 1)} = x by ${block()}`,
            () => `calc ${e()} = ${e()} by ${block()}`,
            () => `cases b ${block()} ${block()}`,
          ]
        : []),
    ];
    return r.pick(kinds)();
  }

  steps(depth: number): string {
    return this.r.times(this.r.below(4), () => this.step(depth)).join('\n  ');
  }

  /** One side, and the other: the same, a little changed, or another expression. */
  equation(): string {
    const { r } = this;
    const type = r.pick(['R', 'R', 'R', 'R[n]', 'B', 'R[n k]'] as const);
    const lhs = this.expression(type, top, 1 + r.below(3));
    const rhs = r.pick([
      () => lhs,
      () => lhs.replace(/\((\S+) \+ (\S+)\)/, '($2 + $1)'),
      () => (type === 'R' ? `${lhs} + 0` : lhs),
      () => this.expression(type, top, 1 + r.below(3)),
    ])();
    return `${lhs} = ${rhs}`;
  }
}

const base = `axiom add-assoc (x y z : R) : (x + y) + z = x + (y + z)
axiom add-comm (x y : R) : x + y = y + x
axiom add-zero (x : R) : x + 0 = x
axiom add-neg (x : R) : x + -x = 0
axiom mul-assoc (x y z : R) : (x * y) * z = x * (y * z)
axiom mul-comm (x y : R) : x * y = y * x
axiom mul-one (x : R) : x * 1 = x
axiom distrib (x y z : R) : (x + y) * z = x * z + y * z
axiom mul-recip (x : R) : x * recip x = if x == 0 then 0 else 1
axiom eq-subst (x y z : R) : (if x == y then x else z) = (if x == y then y else z)
axiom exp-add (x y : R) : exp(x + y) = exp x * exp y
axiom boolean-cases {A, C} {f : B * A -> C, g : B * A -> C} (b : B, x : A)
  given yes : (x : A) : f(true, x) = g(true, x)
  given no : (x : A) : f(false, x) = g(false, x)
  : f(b, x) = g(b, x)
def sum [n?] (x : R[n]) : R := fold i:n (s = 0) (s + x[i])
def sq (x : R) : R := x * x
axiom sum-zero [n?] () : sum i:n (0) = 0
axiom ring-add-assoc (x y z : R) : (x + y) + z = x + (y + z)
axiom ring-add-left-comm (x y z : R) : x + (y + z) = y + (x + z)
axiom ring-add-zero (x : R) : x + 0 = x
axiom ring-zero-add (x : R) : 0 + x = x
axiom ring-collect (c d x p q : R) : (c * x + p) + (d * x + q) = (c + d) * x + (p + q)
axiom ring-cancel (x p : R) : 0 * x + p = p
axiom ring-mul-assoc (x y z : R) : (x * y) * z = x * (y * z)
axiom ring-mul-left-comm (x y z : R) : x * (y * z) = y * (x * z)
axiom ring-mul-one (x : R) : x * 1 = x
axiom ring-one-mul (x : R) : 1 * x = x
axiom ring-distrib (x y z : R) : (x + y) * z = x * z + y * z
axiom ring-zero-mul (x : R) : 0 * x = 0
axiom ring-mul-zero (x : R) : x * 0 = 0
axiom ring-expand (c x d y q : R) : (c * x) * (d * y + q) = (c * d) * (x * y) + (c * x) * q
axiom ring-neg (x : R) : -x = (-1 * 1 + 0) * x
axiom ring-atom (x : R) : x = 1 * (x * 1) + 0
axiom ring-number (x : R) : x = x * 1 + 0
axiom ring-scale (x p : R) : x + p = (x + 0) + p
`;

export function grammarScript(r: Random): Case {
  const writer = new Writer(r);
  const given = r.chance(0.2) ? ' given own : (x : R) : f(x) = x' : '';
  const statement = `import "base.weft"\ntheorem t ${parameters}${given}\n  : ${writer.equation()}\n`;
  const proof = `proof t\n  ${writer.steps(2)}\nqed\n`;
  return {
    _tag: 'Library',
    statements: [
      { path: 'theorems/base.weft', text: base },
      { path: 'theorems/a.weft', text: statement },
    ],
    proofs: [{ path: 'proofs/a.weft', text: proof }],
  };
}
