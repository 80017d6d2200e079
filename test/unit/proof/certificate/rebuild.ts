// A certificate back to a theorem of the core, by the core's own rules, for tests of what is written. Invariant: a step is taken only from its
// record and earlier ones. Definitions are those of `known` that say the same: the core tells two of one name apart.
import * as core from '../../../../src/core/index.js';
import { get } from '../../../support/ir/dsl.js';
import type { Item, Line, Read } from './reader.js';

type Things = {
  v: core.AxisVar[];
  a: core.Axis[];
  o: core.Obj[];
  m: core.MorphismVar[];
  d: core.Definition[];
  f: core.Family[];
  t: core.Term[];
  h: core.Hypothesis[];
  s: core.Thm[];
};
export interface World {
  readonly definitions: readonly core.Definition[];
  readonly cited: (name: string, hash: string) => core.Thm;
}

const quoted = (x: Item): string => JSON.parse(x as string) as string;
const number = (x: Item): number => Number(x);
const pairs = (x: Item): readonly (readonly [Item, Item])[] =>
  (x as readonly Item[]).flatMap((_, i, all) => (i % 2 === 0 ? [[all[i]!, all[i + 1]!] as const] : []));
const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i]);

export class Rebuild {
  readonly things: Things = { v: [], a: [], o: [], m: [], d: [], f: [], t: [], h: [], s: [] };
  constructor(private readonly world: World) {}

  /** What the qed record names. */
  theorem(certificate: Read): core.Thm {
    for (const line of certificate.records) (this.things[line.kind as 'v'] as unknown[]).push(this.made(line));
    return this.get('s', certificate.qed.items[0]!);
  }

  get<K extends keyof Things>(kind: K, x: Item): Things[K][number] {
    return this.things[kind][number(x)]!;
  }
  private all<K extends keyof Things>(kind: K, x: Item): readonly Things[K][number][] {
    return (x as readonly Item[]).map((y) => this.get(kind, y));
  }

  private made({ kind, items }: Line): unknown {
    switch (kind) {
      case 'v':
        return this.variable(items);
      case 'a':
        return this.axis(items);
      case 'o':
        return get(core.tensorObj(...items.map((leaf) => this.leaf(leaf))));
      case 'm':
        return get(
          core.morphismVar(
            quoted(items[0]!),
            this.all('v', items[1]!),
            this.get('o', items[2]!),
            this.get('o', items[3]!),
          ),
        );
      case 'd':
        return this.definition(items);
      case 'f':
        return get(core.family(this.all('v', items[0]!), this.get('t', items[1]!)));
      case 'h':
        return get(core.hypothesis(this.all('v', items[0]!), this.get('t', items[1]!), this.get('t', items[2]!)));
      case 't':
        return get(this.term(items[0] as string, items.slice(1)));
      default:
        return this.step(items[0] as string, items.slice(1));
    }
  }

  private variable([name, sort, empty]: readonly Item[]): core.AxisVar {
    const sorted = sort === '-' ? {} : { sort: quoted(sort!) };
    return get(core.axisVar(quoted(name!), { ...sorted, maybeEmpty: empty === '?' }));
  }
  private axis([word, x, y]: readonly Item[]): core.Axis {
    if (word === '0' || word === '1') return word === '0' ? core.zero : core.one;
    if (word === 'v') return get(core.ofVar(this.get('v', x!)));
    const [left, right] = [this.get('a', x!), this.get('a', y!)];
    return get(word === '+' ? core.sum(left, right) : core.product(left, right));
  }
  private leaf(leaf: Item): core.Obj {
    const [base, ...axes] = leaf as readonly Item[];
    const list = axes.map((a) => this.get('a', a));
    if (base === 'R') return get(core.real(...list));
    return get(base === 'B' ? core.boolean(...list) : core.objVar(quoted(base!), ...list));
  }
  private definition([name, v, x, m, t]: readonly Item[]): core.Definition {
    const [axes, objects, morphisms] = [this.all('v', v!), (x as readonly Item[]).map(quoted), this.all('m', m!)];
    const found = this.world.definitions.find(
      (d) =>
        d.name === quoted(name!) &&
        d.body === this.get('t', t!) &&
        same(d.parameters.axes, axes) &&
        same(d.parameters.objects, objects) &&
        same(d.parameters.morphisms, morphisms),
    );
    return found ?? get(core.define(quoted(name!), { axes, objects, morphisms }, this.get('t', t!)));
  }

  private term(word: string, [x, y, z, w]: readonly Item[]): ReturnType<typeof core.id> {
    const t = (i: Item | undefined): core.Term => this.get('t', i!);
    const o = (i: Item | undefined): core.Obj => this.get('o', i!);
    const a = (i: Item | undefined): core.Axis => this.get('a', i!);
    // prettier-ignore
    switch (word) {
      case 'id': return core.id(o(x));
      case ';': return core.compose(t(x), t(y));
      case '*': return core.tensor(t(x), t(y));
      case 'swap': return core.swap(o(x), o(y));
      case 'copy': return core.copy(o(x));
      case 'del': return core.discard(o(x));
      case 'map': return core.map(a(x), t(y));
      case 'repeat': return core.repeat(a(x), o(y));
      case 'diag': return core.diag(a(x), o(y));
      case 'exchange': return core.exchange(a(x), a(y), o(z));
      case 'split': return core.split(a(x), a(y), o(z));
      case 'concat': return core.concat(a(x), a(y), o(z));
      case 'tile': return core.tile(a(x), a(y), o(z));
      case 'flatten': return core.flatten(a(x), a(y), o(z));
      case 'first': return core.first(a(x), o(y));
      case 'const': { const [num, den = '1'] = (x as string).split('/'); return core.constant({ num: BigInt(num!), den: BigInt(den) }); }
      case 'op': return core.operator(x as core.Operator);
      case 'select': return core.select(o(x));
      case 'position': return core.position(a(x));
      case 'size': return core.size(a(x));
      case 'scan': return core.scan(a(x), o(y), t(z));
      case 'var': return core.variable(this.get('m', x!), this.all('a', y!));
      default: return core.call(this.get('d', x!), { axes: this.all('a', y!), objects: this.all('o', z!), morphisms: this.all('t', w!) });
    }
  }

  private step(word: string, items: readonly Item[]): core.Thm {
    const [x, y, z, w] = items;
    const s = (i: Item | undefined): core.Thm => this.get('s', i!);
    const t = (i: Item | undefined): core.Term => this.get('t', i!);
    // prettier-ignore
    switch (word) {
      case 'eq': return get(core.structural(t(x), t(y)));
      case 'sym': return get(core.symmetry(s(x)));
      case 'trans': return get(core.transitivity(s(x), s(y)));
      case ';': return get(core.composeCong(s(x), s(y)));
      case '*': return get(core.tensorCong(s(x), s(y)));
      case 'map': return get(core.mapCong(this.get('a', x!), s(y)));
      case 'scan': return get(core.scanCong(this.get('a', x!), this.get('o', y!), s(z)));
      case 'inst': return get(core.instantiate(s(x), this.images(y!, z!, w!)));
      case 'assume': return get(core.assume(this.get('h', x!), this.all('a', y!)));
      case 'cut': return get(core.cut(s(x), this.all('v', z!), s(y)));
      case 'axiom': return get(core.axiom(quoted(x!), this.all('h', y!), t(z), t(w)));
      case 'def': return get(core.definitional(this.get('d', x!), { axes: this.all('a', y!), objects: this.all('o', z!), morphisms: this.all('t', w!) }));
      case 'cite': return this.world.cited(quoted(x!), y as string);
      default: return get(core.induction(this.get('v', x!), t(y), t(z), s(w), s(items[4]), items[5] as core.InductionSide));
    }
  }

  private images(axes: Item, objects: Item, morphisms: Item): core.Instantiation {
    return {
      axes: pairs(axes).map(([v, e]) => [this.get('v', v), this.get('a', e)] as const),
      objects: pairs(objects).map(([name, o]) => [quoted(name), this.get('o', o)] as const),
      morphisms: pairs(morphisms).map(([m, f]) => [this.get('m', m), this.get('f', f)] as const),
    };
  }
}

/** Every definition that a term calls. */
export function definitionsIn(...roots: readonly core.Term[]): readonly core.Definition[] {
  const found = new Set<core.Definition>();
  const seen = new Set<core.Term>();
  const pending = [...roots];
  for (let t = pending.pop(); t; t = pending.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (t._tag === 'Compose' || t._tag === 'Tensor') pending.push(t.first, t.second);
    if (t._tag === 'Map') pending.push(t.body);
    if (t._tag === 'Scan') pending.push(t.step);
    if (t._tag === 'Call') {
      found.add(t.definition);
      pending.push(t.definition.body, ...t.args.morphisms);
    }
  }
  return [...found];
}
