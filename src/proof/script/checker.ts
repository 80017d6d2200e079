/**
 * Proves the theorems of a library, each once, those that a proof cites before it. Invariant: nothing is cited before it is proved, nor
 * out of sight; a theorem rests on no axiom that its statement's file does not import; one whose proof fails is not in scope. Which theorems
 * are proved does not depend on the order of files, nor on files that a statement and its proof do not see.
 */
import { axiomsOf, sameStatement } from './axioms.js';
import type { Thm } from '../../core/index.js';
import * as core from '../../core/index.js';
import type { Law } from '../../language/elaborate/law.js';
import { type Env, enter, near } from '../../language/elaborate/scope.js';
import type { Name } from '../../language/syntax/tree.js';
import { must } from '../tactic/failure.js';
import type { Goal } from '../tactic/goal.js';
import type { Identities } from '../tactic/ring.js';
import { attempt, endOf, needed } from './attempt.js';
import { type Holes, citableOf, lawGoal, prove } from './block.js';
import { citedIn } from './cited.js';
import type { Memory } from './memory.js';
import type { Placed, ProofTree, Proofs } from './placed.js';
import { Recall } from './recall.js';
import { Stop, stop } from './failure.js';
import type { Code, Diagnostic, Status, TheoremReport } from './result.js';
import type { Citable } from './scope.js';
import { type Stated, type Statements, mayState } from './statements.js';
import type { Context } from './context.js';
import type { Trace, Visit } from './trace.js';
import type { OpenHole } from './suggest.js';

/** What a proof may rest on: what was proved before it, in order, and the theorems known to have failed. */
export interface Before {
  readonly proved: ReadonlyMap<string, Citable>;
  readonly failed: ReadonlyMap<string, Status>;
  readonly identities: Identities;
}

export type { Placed, ProofTree, Proofs } from './placed.js';

interface Verdict {
  readonly status: Status;
  readonly code: Code | undefined;
  readonly thm: Thm | undefined;
  readonly uses: readonly string[];
}

export class Checker {
  readonly verdicts = new Map<string, Verdict>();
  readonly proved: Map<string, Citable>;
  private readonly identities: Identities;
  readonly diagnostics: Diagnostic[];
  readonly holes: OpenHole[] = [];
  private readonly running = new Set<string>();
  private readonly recall: Recall | undefined;

  constructor(
    readonly statements: Statements,
    readonly proofs: Proofs,
    before: Before = { proved: new Map(), failed: new Map(), identities: new Map() },
    memory?: Memory,
    private readonly trace?: Trace,
  ) {
    this.recall = memory && new Recall(memory, statements, (placed, name, stated) => this.cite(name, placed, stated));
    this.proved = new Map(before.proved);
    this.identities = before.identities;
    for (const [name, status] of before.failed)
      this.verdicts.set(name, { status, code: undefined, thm: undefined, uses: [] });
    this.diagnostics = [...statements.diagnostics];
    for (const s of statements.stated.values())
      if (!s.law) this.verdicts.set(s.name, s.unread ? unknown('E-SYNTAX') : failed(s.code));
  }

  /** A file that does not parse: the theorems that it would prove are open, and nothing more is said of them. */
  unread(text: string, code: Code): void {
    for (const [, name] of text.matchAll(/^[ \t]*proof[ \t]+([A-Za-z][\w'-]*(?:\.[A-Za-z][\w'-]*)*)/gim))
      if (this.statements.stated.has(name!) && !this.verdicts.has(name!)) this.verdicts.set(name!, unknown(code));
  }

  /** A proof of a file. The first of its name is run, unless another proof has asked for it before. */
  proof(placed: Placed): void {
    const { name, span } = placed.tree.name;
    const stated = this.statements.stated.get(name);
    const report = (fact: Diagnostic['fact'], code: Code): void => {
      this.diagnostics.push({ severity: 'error', code, file: placed.file, span, fact });
    };
    // a file that was not read may state it: that it does not is not known
    if (!stated && mayState(this.statements, name)) return;
    if (!stated)
      return report(
        {
          _tag: 'NoStatement',
          name,
          candidates: near(name, [...this.statements.stated.keys()]),
          axiom: this.statements.axioms.has(name),
        },
        'E-SCOPE',
      );
    if (!stated.law) return;
    if (this.proofs.of.get(name)?.tree !== placed.tree) return report({ _tag: 'ProvedTwice', name }, 'E-SCOPE');
    this.ensure(name);
  }

  /** Runs the proof of a theorem, if it has one that was not run. */
  private ensure(name: string): void {
    const stated = this.statements.stated.get(name);
    const placed = this.proofs.of.get(name);
    if (!stated?.law || !placed || this.verdicts.has(name) || this.proved.has(name) || this.running.has(name)) return;
    this.running.add(name);
    this.before(placed, stated.law);
    this.verdicts.set(name, this.recalled(placed, stated) ?? this.run(placed, stated));
    this.running.delete(name);
  }

  /** What an earlier check says, where it can be taken for what this one would. */
  private recalled(placed: Placed, stated: Stated): Verdict | undefined {
    const found = this.recall?.verdict(placed, stated);
    const outcome =
      found &&
      attempt(placed.tree, () => {
        const { goal, hypotheses } = lawGoal(stated.law!, []);
        return citableOf(stated.law!, this.exact(found.thm(), goal, placed.tree), hypotheses);
      });
    if (!found || !outcome || outcome instanceof Stop) return undefined;
    found.accept();
    this.proved.set(stated.name, outcome);
    return { status: 'proved', code: undefined, thm: outcome.thm, uses: found.uses };
  }

  /** Proofs in other files that this one cites are run first: on their own fuel, so that no verdict depends on the order of files. */
  private before({ file, tree }: Placed, { hypotheses }: Law): void {
    const own = hypotheses.map((h) => h.name);
    for (const name of citedIn(tree.steps, own)) if (this.proofs.of.get(name)?.file !== file) this.ensure(name);
  }

  private run(placed: Placed, stated: Stated): Verdict {
    const law = stated.law!;
    const { file, tree } = placed;
    const uses = new Set<string>();
    const context = this.context(enter(stated.env, law.names), placed, stated, uses);
    const report: Holes['report'] = (goal, span, at) => {
      const diagnostic = { severity: 'open', code: 'E-HOLE', file, span, fact: { _tag: 'Hole', goal } } as const;
      this.diagnostics.push(diagnostic);
      this.holes.push({ diagnostic, theorem: stated.name, goal, context: at });
    };
    const outcome = attempt(tree, () => {
      const { goal, hypotheses } = lawGoal(law, []);
      this.trace?.begin(goal, placed);
      const visit = (seen: Visit): void => this.trace?.step(seen, placed);
      const thm = prove(context, { report, visit }, { goal, role: 'main' }, tree.steps, endOf(tree));
      return citableOf(law, this.restsInSight(this.exact(thm, goal, tree), stated, uses, tree), hypotheses);
    });
    if (outcome instanceof Stop) return this.stopped(file, outcome, stated, [...uses].sort());
    this.proved.set(law.name, outcome);
    this.recall?.keep(placed, stated, outcome.thm, uses);
    return { status: 'proved', code: undefined, thm: outcome.thm, uses: [...uses].sort() };
  }

  /** The theorem is what was stated: its sides, and no hypothesis but those of the statement. */
  private exact(thm: Thm, goal: Goal, tree: ProofTree): Thm {
    const { lhs, rhs, hypotheses } = must(core.sequent(thm));
    const own = new Set(goal.locals.map((l) => l.hypothesis));
    const extra = hypotheses.filter((h) => !own.has(h));
    if (extra.length > 0) stop({ _tag: 'ExtraHypotheses', hypotheses: extra }, tree.name.span, 'E-SIDE');
    if (lhs !== goal.lhs || rhs !== goal.rhs) stop({ _tag: 'Unfinished', goal }, tree.name.span, 'E-EQ');
    return thm;
  }

  /** Every axiom in the derivation, through lemmas too, is one that the statement's file imports. */
  private restsInSight(thm: Thm, stated: Stated, uses: ReadonlySet<string>, tree: ProofTree): Thm {
    const made = axiomsOf(thm);
    for (const name of this.axiomsUnder(thm)) {
      const known = this.statements.axioms.get(name);
      const axiom = made.get(name);
      const file = known && (!axiom || sameStatement(known.thm, axiom)) ? known.file : '';
      if (this.sees(stated.file, file)) continue;
      const through = [...uses].find(
        (u) => this.proved.has(u) && this.axiomsUnder(this.proved.get(u)!.thm).includes(name),
      );
      const fact = { _tag: 'AxiomNotImported', axiom: name, file, from: stated.file, through } as const;
      stop(fact, tree.name.span, 'E-SCOPE');
    }
    return thm;
  }

  private axiomsUnder(thm: Thm): readonly string[] {
    return this.recall?.axiomsUnder(thm) ?? [...axiomsOf(thm).keys()].sort();
  }

  private readonly sees = (from: string, file: string): boolean =>
    from === file || this.statements.sight.get(from)?.has(file) === true;

  private stopped(file: string, { fact, span, code }: Stop, stated: Stated, uses: readonly string[]): Verdict {
    if (fact._tag === 'Hole') return { ...unknown('E-HOLE'), uses };
    if (fact._tag === 'UnknownName' && mayState(this.statements, fact.name)) return { ...unknown('E-SYNTAX'), uses };
    const stream = stated.law?.stream;
    const law = stream === undefined ? {} : { law: { stream, name: stated.name } };
    this.diagnostics.push({ severity: 'error', code, file, span, fact, ...law });
    return { ...failed(code), uses };
  }

  private cite(name: Name, placed: Placed, stated: Stated): Citable {
    return this.statements.axioms.has(name.name) ? this.axiom(name, stated) : this.theorem(name, placed, stated);
  }

  private context(env: Env, placed: Placed, stated: Stated, uses: Set<string>): Context {
    const cite = (name: Name): Citable => {
      const found = this.cite(name, placed, stated);
      uses.add(name.name);
      return found;
    };
    return {
      env,
      evaluator: core.evaluator(),
      identities: this.identities,
      lemmas: [],
      cite,
      need: (name, span, by) => needed(by, () => cite({ name, span })),
    };
  }

  private axiom({ name, span }: Name, { file: from }: Stated): Citable {
    const axiom = this.statements.axioms.get(name)!;
    if (this.sees(from, axiom.file)) return axiom;
    return stop({ _tag: 'NotInSight', name, kind: 'axiom', file: axiom.file, from }, span, 'E-SCOPE');
  }

  /** A theorem is in scope where the statement's file imports it, or the proof's file imports its proof or has it above. */
  private theorem({ name, span }: Name, placed: Placed, { name: self, file: from }: Stated): Citable {
    const refuse = (status: Status | 'later' | 'itself' | 'circular', code: Code): never =>
      stop({ _tag: 'NotProved', name, status }, span, code);
    if (name === self) return refuse('itself', 'E-SCOPE');
    const stated = this.statements.stated.get(name);
    if (!stated) return this.unknown(name, span, from);
    const proof = this.proofs.of.get(name);
    if (proof?.file === placed.file && proof.turn > placed.turn) return refuse('later', 'E-STATUS');
    const own = stated.file === from;
    const imported = !own && this.sees(from, stated.file);
    const brought = proof !== undefined && (this.proofs.sight.get(placed.file)?.has(proof.file) ?? false);
    if (!imported && !brought && !own)
      return stop({ _tag: 'NotInSight', name, kind: 'theorem', file: stated.file, from }, span, 'E-SCOPE');
    if (this.running.has(name)) return refuse('circular', 'E-STATUS');
    if (!imported && !brought) return refuse(proof ? 'later' : 'open', 'E-STATUS');
    this.ensure(name);
    return this.proved.get(name) ?? refuse(this.verdicts.get(name)?.status ?? 'open', 'E-STATUS');
  }

  private unknown(name: string, span: Name['span'], from: string): never {
    const { axioms, stated } = this.statements;
    const inSight = [...axioms.values(), ...stated.values()].filter((s) => this.sees(from, s.file));
    const candidates = near(name, [...new Set([...inSight.map((s) => s.name), ...this.proved.keys()])]);
    return stop({ _tag: 'UnknownName', name, candidates }, span, 'E-SCOPE');
  }

  /** Of every theorem, or of some, and of what their proofs turned out to cite. */
  reports(only?: ReadonlySet<string>): readonly TheoremReport[] {
    const isWanted = (s: Stated): boolean => !only || only.has(s.name) || this.proved.has(s.name);
    return [...this.statements.stated.values()].filter(isWanted).map((s) => this.report(s));
  }

  report(s: Stated): TheoremReport {
    const verdict = this.verdicts.get(s.name) ?? this.unproved(s);
    const axioms = verdict.thm ? this.axiomsUnder(verdict.thm) : [];
    const hypotheses = s.law?.hypotheses.map((h) => h.name) ?? [];
    const usesOf = (name: string): readonly string[] => this.verdicts.get(name)?.uses ?? [];
    const remembered = verdict.thm ? (this.recall?.countUnder(s.name, usesOf) ?? 0) : 0;
    return { name: s.name, file: s.file, span: s.span, ...verdict, hypotheses, axioms, remembered };
  }

  private unproved(s: Stated): Verdict {
    this.diagnostics.push({
      severity: 'open',
      code: 'E-STATUS',
      file: s.file,
      span: s.span,
      fact: { _tag: 'NoProof', name: s.name },
    });
    return { status: 'open', code: 'E-STATUS', thm: undefined, uses: [] };
  }
}

/** Something that a theorem needs was not read. */
const unknown = (code: Code): Verdict => ({ status: 'open', code, thm: undefined, uses: [] });
const failed = (code: Code | undefined): Verdict => ({
  status: code === 'E-BUDGET' ? 'declined' : 'rejected',
  code,
  thm: undefined,
  uses: [],
});
