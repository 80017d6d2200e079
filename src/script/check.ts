/**
 * Checks a library: reads the statements, runs the proofs in order, and reports on every theorem. Invariant: nothing is cited
 * before it is proved; a theorem whose proof fails is not in scope; one without a proof is open. Knows no files but those handed in.
 */
import * as E from 'fp-ts/lib/Either.js';
import { axiomsOf } from './axioms.js';
import type { Thm } from '../core/index.js';
import * as core from '../core/index.js';
import type { StreamInfo } from '../elaborate/law.js';
import { type Env, enter, near } from '../elaborate/scope.js';
import { parseProofs } from '../syntax/parse.js';
import type { Name, ProofItemTree } from '../syntax/tree.js';
import { must } from '../tactic/failure.js';
import type { Goal } from '../tactic/goal.js';
import type { Identities } from '../tactic/ring.js';
import { citableOf, lawGoal, prove } from './block.js';
import { Stop, stop } from './failure.js';
import { type Import, ordered } from './imports.js';
import type { CheckResult, Code, Diagnostic, SourceFile, Status, TheoremReport } from './result.js';
import type { Citable } from './scope.js';
import { type Stated, type Statements, readStatements } from './statements.js';
import type { Context } from './step.js';

/** What was checked, for those who go on from it (extraction, tools). */
export interface Library extends CheckResult {
  readonly statements: Statements;
  readonly proved: ReadonlyMap<string, Citable>;
  readonly streams: ReadonlyMap<string, StreamInfo>;
}

/** What a proof may rest on: what was proved before it, in order, and the theorems known to have failed. */
export interface Before {
  readonly proved: ReadonlyMap<string, Citable>;
  readonly failed: ReadonlyMap<string, Status>;
  readonly identities: Identities;
}

interface Verdict {
  readonly status: Status;
  readonly code: Code | undefined;
  readonly thm: Thm | undefined;
  readonly uses: readonly string[];
}
type ProofTree = ProofItemTree & { readonly _tag: 'Proof' };

class Checker {
  readonly verdicts = new Map<string, Verdict>();
  readonly proved: Map<string, Citable>;
  private readonly identities: Identities;
  readonly diagnostics: Diagnostic[];
  private readonly unread: boolean;

  constructor(
    readonly statements: Statements,
    before: Before = { proved: new Map(), failed: new Map(), identities: new Map() },
  ) {
    this.proved = new Map(before.proved);
    this.identities = before.identities;
    for (const [name, status] of before.failed)
      this.verdicts.set(name, { status, code: undefined, thm: undefined, uses: [] });
    this.diagnostics = [...statements.diagnostics];
    this.unread = statements.diagnostics.some((d) => d.fact._tag === 'Syntax' && d.code === 'E-BUDGET');
    for (const s of statements.stated.values())
      if (!s.law)
        this.verdicts.set(s.name, {
          status: s.code === 'E-BUDGET' ? 'declined' : 'rejected',
          code: s.code,
          thm: undefined,
          uses: [],
        });
  }

  proof(file: string, tree: ProofTree): void {
    const { name, span } = tree.name;
    const stated = this.statements.stated.get(name);
    const report = (fact: Diagnostic['fact'], code: Code): void => {
      this.diagnostics.push({ severity: 'error', code, file, span, fact });
    };
    // a file that was too large to read may state it: that it does not is not known
    if (!stated && this.unread) return;
    if (!stated)
      return report(
        { _tag: 'NoStatement', name, candidates: near(name, [...this.statements.stated.keys()]) },
        'E-SCOPE',
      );
    if (!stated.law) return;
    if (this.verdicts.has(name)) return report({ _tag: 'ProvedTwice', name }, 'E-SCOPE');
    this.verdicts.set(name, this.run(file, tree, stated));
  }

  private run(file: string, tree: ProofTree, stated: Stated): Verdict {
    const law = stated.law!;
    const uses = new Set<string>();
    const start = lawGoal(law, []);
    const context = this.context(enter(stated.env, law.names), law.name, uses);
    const report = (goal: Goal, span: Diagnostic['span']): void => {
      this.diagnostics.push({ severity: 'open', code: undefined, file, span, fact: { _tag: 'Hole', goal } });
    };
    const outcome = attempt(tree, () => {
      const thm = prove(context, { report }, { goal: start.goal, role: 'main' }, tree.steps, endOf(tree));
      return this.exact(thm, start.goal, tree);
    });
    if (outcome instanceof Stop) return this.stopped(file, outcome, stated, [...uses].sort());
    this.proved.set(law.name, citableOf(law, outcome, start.hypotheses));
    return { status: 'proved', code: undefined, thm: outcome, uses: [...uses].sort() };
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

  private stopped(file: string, { fact, span, code }: Stop, stated: Stated, uses: readonly string[]): Verdict {
    if (fact._tag === 'Hole') return { status: 'open', code: undefined, thm: undefined, uses };
    const reason = stated.law?.stream !== undefined && (code === 'E-EQ' || code === 'E-SIDE') ? 'E-STATE' : code;
    this.diagnostics.push({ severity: 'error', code: reason, file, span, fact });
    return { status: reason === 'E-BUDGET' ? 'declined' : 'rejected', code: reason, thm: undefined, uses };
  }

  private context(env: Env, self: string, uses: Set<string>): Context {
    const cite = ({ name, span }: Name): Citable => {
      const known = this.proved.get(name) ?? this.statements.axioms.get(name);
      if (known) {
        uses.add(name);
        return known;
      }
      if (name === self) return stop({ _tag: 'NotProved', name, status: 'itself' }, span, 'E-SCOPE');
      const verdict = this.verdicts.get(name);
      if (verdict) return stop({ _tag: 'NotProved', name, status: verdict.status }, span, 'E-STATUS');
      if (this.statements.stated.has(name)) return stop({ _tag: 'NotProved', name, status: 'later' }, span, 'E-STATUS');
      const candidates = near(name, [...this.statements.axioms.keys(), ...this.statements.stated.keys()]);
      return stop({ _tag: 'UnknownName', name, candidates }, span, 'E-SCOPE');
    };
    return {
      env,
      evaluator: core.evaluator(),
      identities: this.identities,
      cite,
      need: (name, span) => cite({ name, span }),
    };
  }

  reports(): readonly TheoremReport[] {
    return [...this.statements.stated.values()].map((s) => this.report(s));
  }

  report(s: Stated): TheoremReport {
    const verdict = this.verdicts.get(s.name) ?? this.unproved(s);
    const axioms = verdict.thm ? [...axiomsOf(verdict.thm).keys()].sort() : [];
    const hypotheses = s.law?.hypotheses.map((h) => h.name) ?? [];
    return { name: s.name, file: s.file, span: s.span, ...verdict, hypotheses, axioms };
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

const endOf = (tree: ProofTree): ProofTree['span'] => ({
  start: Math.max(tree.span.start, tree.span.end - 3),
  end: tree.span.end,
});

function attempt(tree: ProofTree, run: () => Thm): Thm | Stop {
  try {
    return run();
  } catch (error) {
    if (error instanceof Stop) return error;
    if (error instanceof RangeError)
      return new Stop(
        {
          _tag: 'Elaborate',
          error: { _tag: 'ElaborateError', code: 'E-BUDGET', span: tree.name.span, fact: { _tag: 'TooDeep' } },
        },
        tree.name.span,
        'E-BUDGET',
      );
    throw error;
  }
}

interface ProofFile {
  readonly path: string;
  readonly trees: readonly ProofTree[];
  readonly imports: readonly Import[];
}

function parseProofFile(file: SourceFile, diagnostics: Diagnostic[]): ProofFile {
  const parsed = parseProofs(file.text);
  if (E.isLeft(parsed)) {
    const { span, code } = parsed.left;
    diagnostics.push({
      severity: 'error',
      code,
      file: file.path,
      span,
      fact: { _tag: 'Syntax', failure: parsed.left },
    });
    return { path: file.path, trees: [], imports: [] };
  }
  const imports = parsed.right.flatMap((t) => (t._tag === 'Import' ? [{ path: t.path, span: t.span }] : []));
  return { path: file.path, trees: parsed.right.flatMap((t) => (t._tag === 'Proof' ? [t] : [])), imports };
}

/** Checks one proof, the whole of a text, against what stands before it, as in a library; reports on its theorem alone. */
export function checkOne(statements: Statements, before: Before, file: SourceFile, name: string): CheckResult {
  const checker = new Checker({ ...statements, diagnostics: [] }, before);
  const { trees } = parseProofFile(file, checker.diagnostics);
  if (trees.length === 1 && trees[0]!.name.name === name) checker.proof(file.path, trees[0]!);
  const stated = statements.stated.get(name);
  return { theorems: stated ? [checker.report(stated)] : [], diagnostics: checker.diagnostics };
}

/** Checks statements against proofs. Never throws on bad input. */
export function checkLibrary(statementFiles: readonly SourceFile[], proofFiles: readonly SourceFile[]): Library {
  const checker = new Checker(readStatements(statementFiles));
  const { files, problems } = ordered(proofFiles.map((f) => parseProofFile(f, checker.diagnostics)));
  for (const p of problems) checker.diagnostics.push({ severity: 'error', code: 'E-SCOPE', ...p });
  for (const f of files) for (const tree of f.trees) checker.proof(f.path, tree);
  const theorems = checker.reports();
  return {
    theorems,
    diagnostics: checker.diagnostics,
    statements: checker.statements,
    proved: checker.proved,
    streams: checker.statements.streams,
  };
}
