/**
 * A library that is edited: files, trees, statements and theorems, checked again from the edited theorem on. Invariant: what is reported is what a check of the same
 * files reports; a proof is run again unless the theorem's statement, its proof, all declarations that its file sees and all that it cites are what they
 * were. States hold texts and verdicts alone, and are kept by immer: what an edit leaves alone is the same object in both, so that to undo and to
 * compare costs nothing. Knows no disk; it is told how a path is read.
 */
import { type Draft, produce } from 'immer';
import { unmarked } from '../../language/syntax/character.js';
import * as core from '../../core/index.js';
import { must } from '../tactic/failure.js';
import { type Library, RUN_FUEL, checking } from './check.js';
import { FileReader } from './file.js';
import { keeping } from './keeping.js';
import { runToEnd } from './run-to-end.js';
import { type Memory, Verdicts, numbered } from './memory.js';
import type { Code, SourceFile, Status } from './result.js';
import { type Sources, sourcesFrom } from './sources.js';
import type { Trace } from './trace.js';

/** What is said of a theorem, in a state. */
export interface Said {
  readonly status: Status;
  readonly code: Code | null;
  readonly file: string;
}

export interface State {
  /** texts in the place of those that are read; null: the file is not there */
  readonly edits: Readonly<Record<string, string | null>>;
  readonly theorems: Readonly<Record<string, Said>>;
}

/** Names whose theorems differ between two states, or are in one of them alone. */
export function changed(before: State, after: State): readonly string[] {
  if (before.theorems === after.theorems) return [];
  const names = new Set([...Object.keys(before.theorems), ...Object.keys(after.theorems)]);
  return [...names].filter((n) => before.theorems[n] !== after.theorems[n]);
}

/** Where files come from: the roots of a check, those that are reported on, and how a path is read. */
export interface Ground {
  readonly roots: () => readonly string[];
  readonly read: (path: string) => string | undefined;
  /** the roots that are asked for; without, all */
  readonly asked?: () => readonly string[];
}

/** Proofs that one workspace runs before it is better made anew: the core's tables keep every term. */
export const MOST_PROOFS = 2_000;
/** States that may be gone back to. */
export const MOST_UNDONE = 500;

export interface Options {
  /** of the library that was checked, before it is reported */
  readonly judge?: (library: Library) => Library;
  readonly memory?: Memory;
  /** what does not parse hides itself alone (docs/explanation/workspace.md), for who edits; without, a file that does not parse is not read, as in a check */
  readonly recovers?: boolean;
  readonly trace?: Trace;
}

export interface Checked {
  readonly library: Library;
  readonly sources: Sources;
}

export class Workspace {
  private readonly reading = keeping();
  private readonly readers = new Map<string, FileReader>();
  private readonly files = new Map<string, SourceFile>();
  private readonly disk = new Map<string, string | undefined>();
  private known: readonly string[] | undefined;
  private readonly past: State[] = [];
  private now: State = { edits: {}, theorems: {} };
  private checked: Checked | undefined;
  private runs = 0;
  private readonly memory: Memory;

  constructor(
    private readonly ground: Ground,
    private readonly options: Options = {},
  ) {
    const memory = options.memory ?? new Verdicts(numbered());
    this.memory = {
      digest: memory.digest,
      recall: (key) => memory.recall(key),
      keep: (key, verdict) => {
        if (memory.recall(key) !== verdict) this.runs += 1;
        memory.keep(key, verdict);
      },
    };
  }

  get state(): State {
    this.check();
    return this.now;
  }
  /** how many proofs were run since it was made */
  get proofs(): number {
    return this.runs;
  }
  /** whether it holds so much that a new one, in a new process or thread, should take its place */
  get isFull(): boolean {
    return this.runs > MOST_PROOFS;
  }
  /** whether nothing was edited since the last check that came to its end */
  get isChecked(): boolean {
    return this.checked !== undefined;
  }

  /** The library as it is now. */
  check(): Checked {
    return runToEnd(this.checking());
  }

  /** The same in pieces. An edit in between is none of this check's: its end is then not the library as it is now, and says nothing. */
  *checking(): Generator<void, Checked> {
    if (this.checked) return this.checked;
    const begun = this.now;
    const sources = sourcesFrom(
      this.roots(),
      this.ground.asked?.() ?? this.roots(),
      (path) => this.text(path),
      this.file,
    );
    const { reading, memory } = this;
    const { trace, judge = (library) => library } = this.options;
    const scope = { memory, reading, trace };
    const library = judge(yield* within(checking(sources.statements, sources.proofs, scope)));
    const checked = { library, sources };
    if (this.now.edits !== begun.edits) return checked;
    this.now = produce(this.now, (draft) => told(draft, library));
    return (this.checked = checked);
  }

  /** A text in the place of a file's; null takes the file away. */
  edit(path: string, text: string | null): void {
    if (text === (this.text(path) ?? null)) return;
    this.past.push(this.now);
    if (this.past.length > MOST_UNDONE) this.past.shift();
    this.go(produce(this.now, (draft) => void (draft.edits[path] = text)));
  }

  /** What is read stands in the place of an edit again. */
  forget(path: string): void {
    if (Object.hasOwn(this.now.edits, path)) this.go(produce(this.now, (draft) => void delete draft.edits[path]));
  }

  /** Back to the state before the last edit; false where there is none. */
  undo(): boolean {
    const before = this.past.pop();
    if (before) this.go(before);
    return before !== undefined;
  }

  /** What is read may have changed: the next check reads it again. */
  refresh(): void {
    this.disk.clear();
    this.known = undefined;
    this.checked = undefined;
  }

  private go(state: State): void {
    this.now = state;
    this.checked = undefined;
  }

  private roots(): readonly string[] {
    const { edits } = this.now;
    this.known ??= this.ground.roots();
    const own = this.known.filter((path) => edits[path] !== null);
    return [...new Set([...own, ...Object.keys(edits).filter((path) => edits[path] !== null)])];
  }

  /** The text of a path, as it is edited or read. */
  text(path: string): string | undefined {
    const edited = Object.hasOwn(this.now.edits, path) ? this.now.edits[path] : undefined;
    if (edited === null) return undefined;
    if (edited !== undefined) return edited;
    if (!this.disk.has(path)) this.disk.set(path, this.ground.read(path));
    return this.disk.get(path);
  }

  /** The file at a path as it is now, with its trees (file.ts); undefined where there is none. */
  source(path: string): SourceFile | undefined {
    const text = this.text(path);
    return text === undefined ? undefined : this.file(path, unmarked(text));
  }

  private readonly file = (path: string, text: string): SourceFile => {
    const before = this.files.get(path);
    if (before?.text === text) return before;
    const after = { path, text };
    const reader = this.readers.get(path) ?? new FileReader(this.options.recovers ?? false);
    this.readers.set(path, reader);
    reader.read(after);
    this.files.set(path, after);
    return after;
  };
}

/** Each piece on fuel of its own: of a whole check the pieces together have as much. */
function* within<A>(pieces: Generator<void, A>): Generator<void, A> {
  for (;;) {
    const step = must(core.within(RUN_FUEL, () => pieces.next()));
    if (step.done) return step.value;
    yield;
  }
}

/** Verdicts into a state: one that is what it was stays the object that it was. */
function told(draft: Draft<State>, { theorems }: Library): void {
  const names = new Set(theorems.map((t) => t.name));
  for (const name of Object.keys(draft.theorems)) if (!names.has(name)) delete draft.theorems[name];
  for (const { name, status, code, file } of theorems) {
    const known = draft.theorems[name];
    const same = known?.status === status && known.code === (code ?? null) && known.file === file;
    if (!same) draft.theorems[name] = { status, code: code ?? null, file };
  }
}
