/**
 * The laws of a loop of several states (compose.ts) as lemmas: its steps in canonical form, its extra states, its value from any start, and
 * how its parts join. Invariant: each lemma is an instance of a general theorem, with the equations of one element proved beside it.
 */
import { isSum } from './classify.js';
import { plain } from './choosing.js';
import { Texts, tupled } from './composed-text.js';
import { Composer } from './compose.js';
import { Abstraction } from './lemma.js';
import { carrying, joining, spelling } from './composed-proof.js';
import type { Tools } from './separate.js';
import { type Loop, type LoopSym, type Sym, loopKey } from './sym.js';

export interface Composed {
  readonly value: Sym;
  readonly cites: readonly string[];
}

/** A component of a loop over parts that join, where it is one. */
export function composed(tools: Tools, loop: Loop, component: number): Composed | undefined {
  const { symbols } = tools;
  if (!tools.composing || loop.output || loop.inits.some((a) => a.names.length > 0)) return undefined;
  const abstract = new Abstraction(symbols, [{ name: loop.turn, axis: loop.axis }], tools.booleanInput);
  const steps = loop.steps.map((a) => abstract.over(a.body, (s) => !s.free.has(loop.self) && !isSum(s)));
  const boolean = (s: Sym): boolean => abstract.wires.some((w) => w.boolean && abstract.wire(w.actual) === s);
  const over: Loop = { ...loop, steps: steps.map(plain) };
  const composer = new Composer(symbols, over, boolean);
  const parts = composer.compose();
  const plainWires = abstract.wires.every((w) => w.axes.length <= 1) && abstract.which(true).length > 0;
  return parts && plainWires
    ? new Found(tools, loop, abstract, parts, over, composer.algebra).of(component)
    : undefined;
}

/** A loop whose parts join, with its lemmas. */
class Found extends Texts {
  of(component: number): Composed | undefined {
    const { symbols } = this.tools;
    const started = this.loop.inits.map((a, c) => a.body === this.first(c));
    const later = started.includes(false);
    // a first element beside another start would stand in what is left of the loop
    if (later && this.loop.inits.some((a) => this.readsFirst(a.body))) return undefined;
    const spelled = this.parts.some((p, c) => c < this.own && p.step !== this.over.steps[c]!.body);
    const whole = this.whole();
    const cites = [
      ...(spelled ? [this.instance('stepped-part', component)] : []),
      ...(this.parts.length > this.own ? [this.instance('kept-part', component)] : []),
      ...(later ? [this.instance('composed-from', component)] : []),
    ];
    this.record(whole);
    const results = this.parts.map((_, c): Sym => symbols.loop(whole, c, []));
    const inits = this.parts.map((_, c) => this.loop.inits[c]?.body ?? this.first(c));
    return { value: later ? this.parts[component]!.join(inits, results) : results[component]!, cites };
  }

  /** The start of a part, at the first element. */
  private first(c: number): Sym {
    const { symbols } = this.tools;
    return symbols.rename(this.abstract.back(this.parts[c]!.start), new Map([[this.loop.turn, this.loop.axis]]));
  }
  private readsFirst(s: Sym): boolean {
    if (s._tag === 'Read') return s.at.includes(this.loop.axis);
    let found = false;
    this.tools.symbols.overChildren(s, (c) => {
      if (this.readsFirst(c)) found = true;
      return c;
    });
    return found;
  }

  private whole(): Loop {
    return {
      ...this.loop,
      inits: this.parts.map((_, c) => plain(this.first(c))),
      steps: this.parts.map((p) => plain(this.abstract.back(p.step))),
      bases: this.parts.map((p) => ({ _tag: p.boolean ? 'Boolean' : 'Real' })),
    };
  }
  private record(whole: Loop): void {
    const { symbols, compositions } = this.tools;
    const key = loopKey((symbols.loop(whole, 0, []) as LoopSym).loop);
    if (compositions.has(key)) return;
    const joins = this.parts.map((_, c) => this.instance('composed-add', c));
    compositions.set(key, { loop: whole, parts: this.parts, joins });
  }

  // ---- texts ------------------------------------------------------------------------------------------------------------
  /** The lemma of a component, as an instance of a general theorem. */
  private instance(
    theorem: 'stepped-part' | 'kept-part' | 'composed-from' | 'composed-add',
    component: number,
  ): string {
    const {
      statement,
      arguments: given,
      sides,
    } = this[
      (
        {
          'stepped-part': 'stepped',
          'kept-part': 'extended',
          'composed-from': 'from',
          'composed-add': 'added',
        } as const
      )[theorem]
    ](component);
    const proof = (): string =>
      [`  apply ${theorem} with`, `    ${given.join(',\n    ')}`, ...sides.map((s) => `  { apply ${s} }`)].join('\n');
    return this.tools.lemmas.add('loop', statement, proof);
  }

  private stepped(component: number): Instance {
    const n = this.loop.axis.name;
    const inits = this.names('v', this.own);
    const side = (steps: readonly Sym[]): string =>
      `(let ${this.bound(this.own)} = ${this.folded(n, inits, this.at, steps)} in t${component + 1})`;
    const canonical = this.steps().slice(0, this.own);
    const { G, own, X } = this.objects();
    return {
      statement: `[${n}] (${[...this.context(), ...this.from_(this.own), ...this.arrays(n)].join(', ')}) : ${side(this.raw())} = ${side(canonical)}`,
      arguments: [
        `G := ${G}, S := ${own}, X := ${X}`,
        `step := ${this.fun(['s'], this.own, true, this.raw())}`,
        `step' := ${this.fun(['s'], this.own, true, canonical)}`,
        this.part(component, this.own),
        `s := ${tupled(inits)}, ${this.given().join(', ')}`,
      ],
      sides: [spelling(this)],
    };
  }

  private extended(component: number): Instance {
    const n = this.loop.axis.name;
    const inits = this.names('v', this.own);
    const kept = this.parts.slice(this.own).map((p) => this.text(p.start, (w) => `(first ${w})`, []));
    const all = [...inits, ...kept];
    const own = this.steps().slice(0, this.own);
    const left = `(let ${this.bound(this.own)} = ${this.folded(n, inits, this.at, own)} in t${component + 1})`;
    const right = `(let ${this.bound(this.parts.length)} = ${this.folded(n, all, this.at, this.steps())} in t${component + 1})`;
    const objects = this.objects();
    return {
      statement: `[${n}] (${[...this.context(), ...this.from_(this.own), ...this.arrays(n)].join(', ')}) : ${left} = ${right}`,
      arguments: [
        `G := ${objects.G}, S := ${objects.own}, K := ${objects.K}, X := ${objects.X}`,
        `step := ${this.fun(['s'], this.own, true, own)}`,
        this.part(component, this.own),
        `s := ${tupled(inits)}, c := ${tupled(kept)}, ${this.given().join(', ')}`,
      ],
      sides: [],
    };
  }

  private general(component: number): readonly string[] {
    const { G, S, X } = this.objects();
    const starts = this.parts.map((p) => p.start);
    return [
      `G := ${G}, S := ${S}, X := ${X}`,
      `start := ${this.fun([], 0, true, starts)}`,
      `step := ${this.fun(['s'], this.parts.length, true, this.steps())}`,
      this.joinFun(),
      this.part(component, this.parts.length),
    ];
  }
  private from(component: number): Instance {
    const n = this.loop.axis.name;
    const inits = this.names('v');
    const starts = this.parts.map((p) => this.text(p.start, (w) => `(first ${w})`, []));
    const left = `(let ${this.bound(this.parts.length)} = ${this.folded(n, inits, this.at, this.steps())} in t${component + 1})`;
    const marks = this.parts.map((_, c) => [this.marked('s', c), this.marked('t', c)] as const);
    const join = this.parts[component]!.join(
      marks.map(([s]) => s),
      marks.map(([, t]) => t),
    );
    const right = `(let ${this.bound(this.parts.length)} = ${this.folded(n, starts, this.at, this.steps())} in ${this.joinText(join, 'v', 't')})`;
    return {
      statement: `[${n}] (${[...this.context(), ...this.from_(this.parts.length), ...this.arrays(n)].join(', ')}) : ${left} = ${right}`,
      arguments: [...this.general(component), `s := ${tupled(inits)}, ${this.given().join(', ')}`],
      sides: [carrying(this), joining(this)],
    };
  }
  private added(component: number): Instance {
    const starts = (wire: (w: string) => string): readonly string[] =>
      this.parts.map((p) => this.text(p.start, (w) => `(first ${wire(w)})`, []));
    const both = (w: string): string => `(${w} ++ ${w}')`;
    const fold = (axis: string, wire: (w: string) => string): string =>
      this.folded(axis, starts(wire), (w) => `${wire(w)}[i]`, this.steps());
    const marks = this.parts.map((_, c) => [this.marked('s', c), this.marked('t', c)] as const);
    const join = this.parts[component]!.join(
      marks.map(([s]) => s),
      marks.map(([, t]) => t),
    );
    const count = this.parts.length;
    const left = `(let ${this.bound(count)} = ${fold('(a+b)', both)} in t${component + 1})`;
    const right = `(let ${this.bound(count, 's')} = ${fold('a', (w) => w)} in let ${this.bound(count)} = ${fold('b', (w) => `${w}'`)} in ${this.joinText(join, 's', 't')})`;
    const primed = tupled(this.abstract.which(true).map((w) => `${w.name}'`));
    return {
      statement: `[a, b] (${[...this.context(), ...this.arrays('a'), ...this.arrays('b', "'")].join(', ')}) : ${left} = ${right}`,
      arguments: [...this.general(component), `${this.given().join(', ')}, y := ${primed}`],
      sides: [carrying(this), joining(this)],
    };
  }
}

interface Instance {
  readonly statement: string;
  readonly arguments: readonly string[];
  /** theorems that give its hypotheses */
  readonly sides: readonly string[];
}
