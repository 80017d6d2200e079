/**
 * What a checker takes from a memory, and gives to it. Invariant: a verdict is taken only where everything that its proof cited may be cited in the same place
 * now, and has the key that it had; what stands for a theorem that this process did not prove is an axiom under a mark, so that every derivation
 * says it. Runs no proof.
 */
import type { Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { Name } from '../../language/syntax/tree.js';
import { must } from '../tactic/failure.js';
import { axiomsOf } from './axioms.js';
import { lawGoal } from './block.js';
import { Stop } from './failure.js';
import { Keys } from './key.js';
import { type Memory, type Remembered, isMark, mark } from './memory.js';
import type { Placed } from './placed.js';
import type { Citable } from './scope.js';
import type { Stated, Statements } from './statements.js';

/** Cites a name where a proof stands, or stops. */
type Cite = (placed: Placed, name: Name, stated: Stated) => Citable;

export interface Found {
  readonly uses: readonly string[];
  readonly thm: () => Thm;
  /** it is what the checker goes on from */
  readonly accept: () => void;
}

export class Recall {
  private readonly keys: Keys;
  /** of each theorem that has one: the key of its proof, with the keys of what that cited */
  private readonly whole = new Map<string, string>();
  /** the theorems that this process did not prove: their axioms, as they are remembered */
  private readonly foreign = new Map<string, readonly string[]>();

  constructor(
    private readonly memory: Memory,
    private readonly statements: Statements,
    private readonly cite: Cite,
  ) {
    this.keys = new Keys(statements.files, memory.digest);
  }

  private own({ text }: Placed, { name, file }: Stated): string | undefined {
    return this.keys.key(file, name, text);
  }

  private keyOf(name: string): string | undefined {
    const axiom = this.statements.axioms.get(name);
    return axiom ? this.keys.key(axiom.file, name, '') : this.whole.get(name);
  }

  private wholeKey(own: string, { uses }: Pick<Remembered, 'uses'>): string {
    return this.memory.digest(JSON.stringify([own, ...uses.flatMap((u) => [u.name, u.key])]));
  }

  /** What is remembered of a theorem, where all that it rests on may be cited here and is what it was. */
  verdict(placed: Placed, stated: Stated): Found | undefined {
    const own = this.own(placed, stated);
    const found = own === undefined ? undefined : this.memory.recall(own);
    if (own === undefined || !found || !this.stands(found, placed, stated)) return undefined;
    const { thm, uses, axioms } = found;
    return {
      uses: [...new Set(uses.map((u) => u.name))].sort(),
      thm: () => thm ?? standing(stated),
      accept: () => {
        this.whole.set(stated.name, this.wholeKey(own, found));
        this.memory.keep(own, found);
        if (!thm) this.foreign.set(stated.name, axioms);
      },
    };
  }

  private stands({ uses, axioms }: Remembered, placed: Placed, stated: Stated): boolean {
    const sees = (name: string): boolean => {
      const file = this.statements.axioms.get(name)?.file;
      return file !== undefined && (file === stated.file || this.statements.sight.get(stated.file)?.has(file) === true);
    };
    const { span } = placed.tree.name;
    const isSame = ({ name, key }: Remembered['uses'][number]): boolean =>
      this.cites(placed, { name, span }, stated) && this.keyOf(name) === key;
    return axioms.every(sees) && uses.every(isSame);
  }

  private cites(placed: Placed, name: Name, stated: Stated): boolean {
    try {
      this.cite(placed, name, stated);
      return true;
    } catch (error) {
      if (error instanceof Stop) return false;
      throw error;
    }
  }

  /** A theorem that was proved now; nothing is kept where a key is missing. */
  keep(placed: Placed, stated: Stated, thm: Thm, cited: ReadonlySet<string>): void {
    const own = this.own(placed, stated);
    const keyed = [...cited].map((name) => ({ name, key: this.keyOf(name) }));
    const uses = keyed.flatMap(({ name, key }) => (key === undefined ? [] : [{ name, key }]));
    if (own === undefined || uses.length < keyed.length) return;
    this.whole.set(stated.name, this.wholeKey(own, { uses }));
    this.memory.keep(own, { uses, axioms: this.axiomsUnder(thm), thm: this.foreign.size === 0 ? thm : undefined });
  }

  /** The axioms under a theorem, with those of what is remembered. */
  axiomsUnder(thm: Thm): readonly string[] {
    const found = [...axiomsOf(thm).keys()];
    const behind = found.flatMap((name) => (isMark(name) ? (this.foreign.get(name.slice(mark('').length)) ?? []) : []));
    return [...new Set([...found.filter((name) => !isMark(name)), ...behind])].sort();
  }

  /** How many of the theorems that one rests on, itself among them, this process did not prove. */
  countUnder(name: string, usesOf: (name: string) => readonly string[]): number {
    if (this.foreign.size === 0) return 0;
    const found = new Set<string>();
    const pending = [name];
    for (let n = pending.pop(); n !== undefined; n = pending.pop()) {
      if (found.has(n)) continue;
      found.add(n);
      pending.push(...usesOf(n));
    }
    return [...found].filter((n) => this.foreign.has(n)).length;
  }
}

/** An axiom that says what the theorem does, under a name that no axiom of a file has. */
function standing({ law }: Stated): Thm {
  const { hypotheses } = lawGoal(law!, []);
  return must(
    core.axiom(
      mark(law!.name),
      hypotheses.map((h) => h.hypothesis),
      law!.lhs,
      law!.rhs,
    ),
  );
}
