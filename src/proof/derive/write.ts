/**
 * Symbols as text of the language. Invariant: the text, read again over wires of the given names, has the normal form that the symbol
 * stands for. Sums, products, maxima and minima are written by the names of the library's definitions where the writer is told them.
 */
import type { AxisVar } from '../../core/index.js';
import { type Arr, type At, type Loop, type LoopSym, type Sym, type Symbols } from './sym.js';
import { reduction } from './reduce.js';

/** What a reader of the text has in scope. */
export interface Scope {
  /** the wire of an input, with its own indices in front of those of a read */
  readonly wire: (input: number) => string;
  /** names of indices and, for a loop, of its states */
  readonly index: ReadonlyMap<number, string>;
  readonly states: ReadonlyMap<number, readonly string[]>;
  /** names that a bound name must not take */
  readonly taken: ReadonlySet<string>;
  /** symbols that have a name of their own */
  readonly named: ReadonlyMap<Sym, string>;
}
export type Known = ReadonlySet<string>;

// loosest first
const [LOOSE, OR, AND, NOT, COMPARE, ADD, MUL, NEG, APPLY, ATOM] = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10];
type Written = readonly [text: string, level: number];

export class Writer {
  constructor(
    private readonly symbols: Symbols,
    /** the reductions that may be written by name */
    private readonly known: Known,
  ) {}

  write(s: Sym, scope: Scope, level = LOOSE): string {
    const [text, own] = this.plain(s, scope);
    return own < level ? `(${text})` : text;
  }

  /** `map i:a (…)` around a body. */
  array(arr: Arr, scope: Scope): string {
    if (arr.names.length === 0) return this.write(arr.body, scope);
    let inner = scope;
    const binders = arr.names.map((n, i) => {
      const [binder, next] = this.bind(n, arr.axes[i]!, inner);
      inner = next;
      return binder;
    });
    return `map ${binders.join(', ')} (${this.write(arr.body, inner)})`;
  }

  /** An index in scope: its axis' own name where that is free. */
  bind(name: number, axis: AxisVar, scope: Scope): readonly [string, Scope] {
    const text = fresh(axis.name, new Set([...scope.index.values()]));
    const binder = text === axis.name ? text : `${text}:${axis.name}`;
    return [binder, { ...scope, index: new Map(scope.index).set(name, text) }];
  }

  private plain(s: Sym, scope: Scope): Written {
    const name = scope.named.get(s);
    if (name !== undefined) return [name, ATOM];
    switch (s._tag) {
      case 'Number':
        return number(s.value);
      case 'Truth':
        return [`${s.value}`, ATOM];
      case 'Size':
        return [`size ${s.axis.name}`, APPLY];
      case 'Position':
        return this.position(s.at, scope);
      case 'Read':
        return this.indexed(scope.wire(s.input), s.at, scope);
      case 'State':
        return this.indexed(scope.states.get(s.self)![s.component]!, s.at, scope);
      case 'Op':
        return this.operator(s, scope);
      case 'Select':
        return [
          `if ${this.write(s.args[0], scope, OR)} then ${this.write(s.args[1], scope, OR)} else ${this.write(s.args[2], scope)}`,
          LOOSE,
        ];
      case 'Loop':
        return this.loop(s, scope);
      case 'Box':
        throw new Error('a box has no text');
    }
  }

  private position(at: At, scope: Scope): Written {
    const index = scope.index.get(at as number)!;
    return [`(position[${this.symbols.axisOf(at as number)?.name ?? '?'}])[${index}]`, ATOM];
  }
  private indexed(array: string, at: readonly At[], scope: Scope): Written {
    let [text, plain]: [string, string[]] = [array, []];
    const flush = (): void => {
      if (plain.length > 0) text = `${text}[${plain.join(', ')}]`;
      plain = [];
    };
    let level = ATOM;
    for (const a of at) {
      if (typeof a === 'number') plain.push(scope.index.get(a)!);
      else {
        flush();
        text = `(first ${text})`;
      }
    }
    flush();
    if (text.startsWith('(first ') && text.endsWith(')') && at.length > 0 && typeof at.at(-1) !== 'number') {
      text = text.slice(1, -1);
      level = APPLY;
    }
    return [text, level];
  }

  private operator(s: Sym & { readonly _tag: 'Op' }, scope: Scope): Written {
    const [x, y] = s.args as [Sym, Sym];
    const infix = (word: string, level: number, a = x, b = y): Written => [
      `${this.write(a, scope, level)} ${word} ${this.write(b, scope, level + 1)}`,
      level,
    ];
    switch (s.word) {
      case 'add':
        return y._tag === 'Op' && y.word === 'neg' && !scope.named.has(y)
          ? infix('-', ADD, x, y.args[0]!)
          : infix('+', ADD);
      case 'mul':
        return y._tag === 'Op' && y.word === 'recip' && !scope.named.has(y)
          ? infix('/', MUL, x, y.args[0]!)
          : infix('*', MUL);
      case 'neg':
        return [`-${this.write(x, scope, APPLY)}`, NEG];
      case 'lt':
        return [`${this.write(x, scope, ADD)} < ${this.write(y, scope, ADD)}`, COMPARE];
      case 'and':
        return infix('and', AND);
      case 'or':
        return infix('or', OR);
      case 'not':
        return [`not ${this.write(x, scope, COMPARE)}`, NOT];
      default:
        return [`${s.word}(${this.write(x, scope)})`, APPLY];
    }
  }

  private loop(s: LoopSym, scope: Scope): Written {
    const known = reduction(this.symbols, s);
    if (known && this.known.has(known.word)) {
      const { word, turn, axis, body } = known;
      const [binder, inner] = this.bind(turn, axis, scope);
      return [`${word} ${binder} (${this.write(body, inner)})`, APPLY];
    }
    const loop = this.symbols.open(s);
    const text = this.folded(loop, scope);
    if (loop.output) {
      const names = [...loop.inits, loop.output].map((_, i) => (i === loop.inits.length ? 'outs' : `s${i}'`));
      return this.indexedIn(`let (${names.join(', ')}) = ${text} in outs`, s.at, scope);
    }
    if (loop.inits.length === 1) return s.at.length === 0 ? [text, LOOSE] : this.indexed(`(${text})`, s.at, scope);
    const finals = loop.inits.map((_, i) => fresh(`t${i + 1}`, scope.taken));
    return this.indexedIn(`let (${finals.join(', ')}) = ${text} in ${finals[s.component]!}`, s.at, scope);
  }
  private indexedIn(text: string, at: readonly At[], scope: Scope): Written {
    return at.length === 0 ? [text, LOOSE] : this.indexed(`(${text})`, at, scope);
  }

  /** `fold i:n (s = …) …`, or `scan` where there is an output. */
  folded(loop: Loop, scope: Scope): string {
    const used = new Set([...scope.taken, ...[...scope.states.values()].flat()]);
    const states: string[] = [];
    loop.inits.forEach((_, i) => {
      const name = fresh(i === 0 ? 'u' : `u${i + 1}`, used);
      used.add(name);
      states.push(name);
    });
    const inits = loop.inits.map((a, i) => `${states[i]!} = ${this.array(a, scope)}`).join(', ');
    const [binder, bound] = this.bind(loop.turn, loop.axis, scope);
    const inner: Scope = { ...bound, states: new Map(bound.states).set(loop.self, states) };
    const parts = [...loop.steps, ...(loop.output ? [loop.output] : [])].map((a) => this.array(a, inner));
    return `${loop.output ? 'scan' : 'fold'} ${binder} (${inits}) ${parts.length === 1 ? `(${parts[0]!})` : `(${parts.join(', ')})`}`;
  }
}

function number({ num, den }: { readonly num: bigint; readonly den: bigint }): Written {
  const text = den === 1n ? `${num}` : `${num}/${den}`;
  return [text, num < 0n ? NEG : den === 1n ? ATOM : MUL];
}

export function fresh(stem: string, used: ReadonlySet<string>): string {
  if (!used.has(stem)) return stem;
  for (let n = 2; ; n += 1) if (!used.has(`${stem}${n}`)) return `${stem}${n}`;
}
