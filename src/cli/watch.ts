// `weft check --watch`: checks again what a change of the files touches, until it is stopped. Invariant: what is said of a state of the files is what `weft check` says of
// it, but that theorems which are proved as before are not named again. The checker lives in a process of its own, which starts anew when it holds too much. Knows no tactics.
import { spawn } from 'node:child_process';
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { settingsOf } from '../project/settings.js';
import { openCache } from '../project/cache.js';
import { groundOf, isFolder } from '../project/project.js';
import { Refused } from '../diagnostic/refused.js';
import { plural } from '../language/print/clean.js';
import { type State, Workspace, changed } from '../proof/script/workspace.js';
import type { Library } from '../proof/script/check.js';
import { type CheckOptions, type Checked, demandAxioms, judged, jsonOf, printed } from './check.js';
import { out, say, tell } from './output.js';

/** The exit code with which a checker asks for a new one. */
const ANEW = 75;
/** Bytes of a heap that is full. */
const MOST_HEAP = 1_500_000_000;
/** Milliseconds that a save may take: editors write a file in several steps. */
const QUIET = 60;
const inside = 'WEFT_WATCHING';

/** Until the process is stopped. */
export async function watchCommand(folder: string, files: readonly string[], options: CheckOptions): Promise<number> {
  demandAxioms(options.axioms);
  if (process.env[inside] === '1') return new Watcher(folder, files, options).run();
  for (;;) {
    const code = await checker();
    if (code !== ANEW) return code;
    say('weft: the checker holds much, and starts anew');
  }
}

/** This command once more, in a process of its own, which ends with this one. */
function checker(): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [inside]: '1' },
  });
  const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  signals.forEach((s) => process.on(s, stop));
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      signals.forEach((s) => process.off(s, stop));
      resolve(code ?? 0);
    });
  });
}

class Watcher {
  private readonly workspace: Workspace;
  private readonly save: () => void;
  private readonly watched = new Map<string, FSWatcher>();
  private timer: NodeJS.Timeout | undefined;
  private last: State | undefined;
  private end: (code: number) => void = () => undefined;

  constructor(
    private readonly folder: string,
    files: readonly string[],
    private readonly options: CheckOptions,
  ) {
    const cache = options.fresh ? undefined : openCache(folder);
    this.save = () => cache?.save();
    const judge = (library: Library): Library => {
      const allowed = options.axioms === 'library' ? 'library' : settingsOf(folder).axioms;
      return judged(library, allowed);
    };
    this.workspace = new Workspace(groundOf(folder, files), { judge, ...(cache ? { memory: cache.memory } : {}) });
  }

  run(): Promise<number> {
    const ended = new Promise<number>((resolve) => (this.end = resolve));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.stop(0));
    this.check();
    // while it is listened to, the process lives
    process.on('disconnect', () => this.stop(0));
    return ended;
  }

  private stop(code: number): void {
    this.watched.forEach((w) => w.close());
    this.save();
    process.exitCode = code;
    this.end(code);
    process.exit(code);
  }

  private check(): void {
    const begun = performance.now();
    this.workspace.refresh();
    try {
      const { library, sources } = this.workspace.check();
      const texts = new Map([...sources.statements, ...sources.proofs].map((f) => [f.path, f.text]));
      this.watch([...texts.keys()]);
      this.tell({ library, sources, texts }, (performance.now() - begun) / 1000);
      this.save();
    } catch (error) {
      // a file that cannot be read now may be read after the next change; what was never read is refused
      if (!(error instanceof Refused) || !this.last) throw error;
      this.watch([]);
      tell(error.said);
    }
    if (this.workspace.isFull || process.memoryUsage().heapUsed > MOST_HEAP) this.stop(ANEW);
  }

  private tell(checked: Checked, seconds: number): void {
    const before = this.last;
    this.last = this.workspace.state;
    if (this.options.json) return out(jsonOf(checked));
    const names = before && new Set(changed(before, this.last));
    printed(checked, names);
    const all = checked.library.theorems;
    const proved = all.filter((t) => t.status === 'proved').length;
    const rest = proved === all.length ? 'all proved' : `${proved} proved, ${all.length - proved} not`;
    out(`checked ${plural(all.length, 'theorem')} in ${seconds.toFixed(2)} s: ${rest}; waiting for changes`);
  }

  /** The folders of all files of the check, and those that files may be put in. */
  private watch(paths: readonly string[]): void {
    const folders = new Set([
      '.',
      'theorems',
      'proofs',
      ...paths.flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(0, i).join('/') || '.')),
    ]);
    for (const folder of folders) {
      const at = join(this.folder, folder);
      if (this.watched.has(at) || !isFolder(at)) continue;
      const watcher = watch(at, (_, name) => this.touched(name));
      watcher.on('error', () => {
        watcher.close();
        this.watched.delete(at);
      });
      this.watched.set(at, watcher);
    }
  }

  private touched(name: string | null): void {
    if (name !== null && !/(?:\.weft|^weft\.json|^theorems|^proofs)$/.test(name)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), QUIET);
  }
}
