/**
 * A loop whose parts join as texts: its steps, starts and joins over wires of lemmas, by names. Invariant: a text reads as the symbol that it
 * is made from. Knows nothing of theorems.
 */
import type { Algebra } from './algebra.js';
import type { Part } from './compose.js';
import type { Abstraction } from './lemma.js';
import type { Tools } from './separate.js';
import type { Loop, Sym } from './sym.js';

/** Texts of a tuple's parts. */
export const tupled = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : `(${parts.join(', ')})`);

export class Texts {
  readonly own: number;
  constructor(
    readonly tools: Tools,
    readonly loop: Loop,
    readonly abstract: Abstraction,
    readonly parts: readonly Part[],
    /** the loop's own steps over wires */
    readonly over: Loop,
    readonly algebra: Algebra,
  ) {
    this.own = loop.inits.length;
  }

  readonly names = (stem: string, count = this.parts.length): readonly string[] =>
    Array.from({ length: count }, (_, i) => `${stem}${i + 1}`);

  /** A text over wires and states, by their names. */
  text(s: Sym, wire: (name: string) => string, states: readonly string[]): string {
    const { symbols, known } = this.tools;
    const scope = this.abstract.scope(true);
    const named = new Map<Sym, string>([...scope.named].map(([w, name]) => [w, this.varies(name) ? wire(name) : name]));
    states.forEach((name, c) => named.set(symbols.state(this.loop.self, c, []), name));
    return this.abstract.writer(known).write(s, { ...scope, named });
  }
  readonly varies = (name: string): boolean => this.abstract.which(true).some((w) => w.name === name);

  /** The wires of a scalar lemma, in the order context, states, other states, element, as far as a text mentions them. */
  typed(texts: readonly string[] | undefined, stems: readonly string[], count = this.parts.length): string {
    const object = (b: boolean): string => (b ? 'B' : 'R');
    const wires = (varies: boolean): string[] =>
      this.abstract.which(varies).map((w) => `${w.name} : ${object(w.boolean)}`);
    const states = stems.flatMap((s) => this.names(s, count).map((n, c) => `${n} : ${object(this.parts[c]!.boolean)}`));
    const all = [...wires(false), ...states, ...wires(true)];
    const used = (w: string): boolean =>
      !texts || texts.some((t) => new RegExp(`(?<![\\w']|[\\w']-)${w.split(' ')[0]!}(?![\\w'])`).test(t));
    return all.filter(used).join(', ');
  }

  objects(): {
    readonly G: string;
    readonly S: string;
    readonly own: string;
    readonly K: string;
    readonly X: string;
  } {
    const word = (b: boolean): string => (b ? 'B' : 'R');
    const of = (list: readonly { readonly boolean: boolean }[]): string =>
      list.map((p) => word(p.boolean)).join(' * ') || '1';
    return {
      G: of(this.abstract.which(false)),
      S: of(this.parts),
      own: of(this.parts.slice(0, this.own)),
      K: of(this.parts.slice(this.own)),
      X: of(this.abstract.which(true)),
    };
  }

  /** `let (u1, …) = fold … in` a state */
  folded(axis: string, inits: readonly string[], wire: (name: string) => string, steps: readonly Sym[]): string {
    const states = this.names('u', steps.length);
    const bound = states.map((u, c) => `${u} = ${inits[c]!}`).join(', ');
    return `fold i:${axis} (${bound}) ${tupled(steps.map((s) => this.text(s, wire, states)))}`;
  }

  readonly at = (name: string): string => `${name}[i]`;
  readonly steps = (): readonly Sym[] => this.parts.map((p) => p.step);
  readonly raw = (): readonly Sym[] => this.over.steps.map((a) => a.body);
  arrays(axis: string, prime = ''): readonly string[] {
    return this.abstract.which(true).map((w) => `${w.name}${prime} : ${w.boolean ? 'B' : 'R'}[${axis}]`);
  }
  readonly context = (): readonly string[] =>
    this.abstract.which(false).map((w) => `${w.name} : ${w.boolean ? 'B' : 'R'}`);
  given(): readonly string[] {
    const list = (varies: boolean, prime = ''): string =>
      tupled(this.abstract.which(varies).map((w) => `${w.name}${prime}`));
    return [...(this.abstract.which(false).length > 0 ? [`g := ${list(false)}`] : []), `x := ${list(true)}`];
  }
  fun(stems: readonly string[], count: number, element: boolean, body: readonly Sym[]): string {
    const texts = body.map((s) => this.text(s, (n) => n, this.names('s', count)));
    const all = this.typed(undefined, stems, count)
      .split(', ')
      .filter((w) => w !== '');
    const varying = this.abstract.which(true).map((w) => w.name);
    const kept = element ? all : all.filter((w) => !varying.includes(w.split(' ')[0]!));
    return `fun (${kept.join(', ')}) => ${tupled(texts)}`;
  }
  part(component: number, count: number): string {
    const object = (c: number): string => (this.parts[c]!.boolean ? 'B' : 'R');
    return `part := fun (${this.names('s', count)
      .map((n, c) => `${n} : ${object(c)}`)
      .join(', ')}) => s${component + 1}`;
  }
  from_(count: number): readonly string[] {
    return this.names('v', count).map((v, c) => `${v} : ${this.parts[c]!.boolean ? 'B' : 'R'}`);
  }
  bound(count: number, stem = 't'): string {
    return count === 1 ? `${stem}1` : `(${this.names(stem, count).join(', ')})`;
  }
  joinFun(): string {
    const [left, right] = ['s', 't'].map((stem) => this.parts.map((_, c) => this.marked(stem, c))) as [Sym[], Sym[]];
    const texts = this.parts.map((p) => this.joinText(p.join(left, right), 's', 't'));
    const typed = ['s', 't'].flatMap((stem) =>
      this.names(stem).map((n, c) => `${n} : ${this.parts[c]!.boolean ? 'B' : 'R'}`),
    );
    return `join := fun (${typed.join(', ')}) => ${tupled(texts)}`;
  }
  /** A state of the left or right part, as a symbol of its own. */
  marked(stem: string, c: number): Sym {
    return this.tools.symbols.read(3_900_000 + (stem === 's' ? 0 : 1000) + c, []);
  }
  joinText(s: Sym, left: string, right: string): string {
    const scope = this.abstract.scope(true);
    const named = new Map(scope.named);
    this.parts.forEach((_, c) => {
      named.set(this.marked('s', c), `${left}${c + 1}`);
      named.set(this.marked('t', c), `${right}${c + 1}`);
    });
    return this.abstract.writer(this.tools.known).write(s, { ...scope, named });
  }
}
