/**
 * Certificates of a library's theorems and of schedules (docs/reference/certificate.md). Invariant: the bytes depend on the library and the
 * name alone; a theorem is cited only by those whose proofs rest on it, so that citations are not circular, and no other theorem of the library
 * changes a certificate. It proves nothing: a certificate is what a second checker replays. Knows no files.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Axis, AxisVar, Thm } from '../../core/index.js';
import { near } from '../../language/elaborate/scope.js';
import { lanesOf } from '../../kernel/ir/kernel.js';
import { usedAxis } from '../../kernel/schedule/axes.js';
import { tilingNames } from '../../kernel/schedule/claim.js';
import { preconditionsOf } from '../../language/elaborate/precondition.js';
import type { ScheduledTheorem } from '../../kernel/schedule/schedule.js';
import { axiomsOf } from '../script/axioms.js';
import type { Library } from '../script/check.js';
import { isMark } from '../script/memory.js';
import type { Status } from '../script/result.js';
import { hashOf } from './hash.js';
import { Records, list, text as quoted } from './records.js';
import { type Named, Steps, citedIn } from './step.js';
import { ReservedName, Things } from './term.js';

export interface Certificate {
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text, in hexadecimal */
  readonly hash: string;
  /** the theorems that it cites, in the order of the derivation */
  readonly cites: readonly string[];
  readonly steps: number;
  readonly terms: number;
  readonly bytes: number;
}

export type CertificateError =
  | { readonly _tag: 'NoTheorem'; readonly name: string; readonly candidates: readonly string[] }
  | { readonly _tag: 'NotProved'; readonly name: string; readonly status: Exclude<Status, 'proved'> }
  /** an earlier check proved it, or something under it, and this one did not */
  | { readonly _tag: 'Remembered'; readonly name: string }
  /** a variable has a name that is kept for bound variables */
  | { readonly _tag: 'ReservedName'; readonly name: string; readonly variable: string };

type Made = E.Either<CertificateError, Certificate>;

export interface Certificates {
  readonly of: (name: string) => Made;
  readonly schedule: (scheduled: ScheduledTheorem) => Made;
}

const made = new WeakMap<Library, Certificates>();

/** What is made for a library is made once. */
export function certificates(library: Library): Certificates {
  const known = made.get(library) ?? new Writer(library);
  made.set(library, known);
  return known;
}

/** Whether something in a derivation stands for a theorem that was not proved now: it has no certificate, and no kernel. */
const isRemembered = (thm: Thm): boolean => [...axiomsOf(thm).keys()].some(isMark);

type Qed = (things: Things) => readonly (string | number)[];

class Writer implements Certificates {
  private readonly done = new Map<string, Certificate>();
  /** the names of each theorem, in the order of the statements */
  private readonly names = new Map<Thm, readonly string[]>();
  private readonly uses: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly library: Library) {
    this.uses = new Map(library.theorems.map((t) => [t.name, t.uses]));
    for (const name of library.statements.stated.keys()) {
      const thm = library.proved.get(name)?.thm;
      if (thm) this.names.set(thm, [...(this.names.get(thm) ?? []), name]);
    }
  }

  of(name: string): Made {
    const proved = this.library.proved.get(name);
    if (!proved) return E.left(this.missing(name));
    return isRemembered(proved.thm)
      ? E.left({ _tag: 'Remembered', name })
      : this.guarded(name, () => this.theorem(name));
  }

  schedule({ thm, info, claim, scheduled }: ScheduledTheorem): Made {
    const name = claim ? info.name : definitionName(info.name);
    if (isRemembered(thm)) return E.left({ _tag: 'Remembered', name });
    return this.guarded(name, () => {
      const named = this.under([...(claim?.info.laws ?? []), ...(claim ? Object.values(tilingNames(claim.info)) : [])]);
      for (const cited of citedIn(thm, named)) this.theorem(cited);
      const isUnder = claim !== undefined && preconditionsOf(claim.info).length > 0;
      const [batch, ...uses] = scheduled.uses;
      const replaced = uses.flatMap((u) => {
        const v = info.names.axes.get(u.name)?.terms[0]?.vars[0];
        return v && 'capacity' in u ? [[v, usedAxis(u, lanesOf(scheduled, u.name))] as const] : [];
      });
      return this.written('schedule', name, thm, named, (things) => [
        list(replaced.flatMap(([v, e]: readonly [AxisVar, Axis]) => [things.variable(v), things.axis(e)])),
        things.axis(usedAxis(batch!)),
        // under conditions, what the right side is where they are met
        ...(isUnder ? [things.term(scheduled.rhs)] : []),
      ]);
    });
  }

  private guarded(name: string, make: () => Certificate): Made {
    try {
      return E.right(make());
    } catch (error) {
      if (error instanceof ReservedName) return E.left({ _tag: 'ReservedName', name, variable: error.variable });
      throw error;
    }
  }

  private missing(name: string): CertificateError {
    const report = this.library.theorems.find((t) => t.name === name);
    if (report && report.status !== 'proved') return { _tag: 'NotProved', name, status: report.status };
    return {
      _tag: 'NoTheorem',
      name,
      candidates: near(
        name,
        this.library.theorems.map((t) => t.name),
      ),
    };
  }

  /** The names of some theorems, and of all that their proofs rest on. */
  private under(names: readonly string[]): Named {
    const found = new Set<string>();
    const pending = [...names];
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      pending.push(...(this.uses.get(name) ?? []));
    }
    return (thm) => this.names.get(thm)?.find((n) => found.has(n));
  }

  /** What it cites first, by an explicit stack. */
  private theorem(wanted: string): Certificate {
    const pending = [wanted];
    for (let name = pending.at(-1); name !== undefined; name = pending.at(-1)) {
      const { thm } = this.library.proved.get(name)!;
      const named = this.under(this.uses.get(name) ?? []);
      const missing = this.done.has(name) ? [] : citedIn(thm, named).filter((n) => !this.done.has(n));
      if (missing.length > 0) {
        pending.push(...missing);
        continue;
      }
      pending.pop();
      if (!this.done.has(name))
        this.done.set(
          name,
          this.written('theorem', name, thm, named, () => []),
        );
    }
    return this.done.get(wanted)!;
  }

  private written(kind: 'theorem' | 'schedule', name: string, thm: Thm, named: Named, qed: Qed): Certificate {
    const records = new Records();
    const things = new Things(records);
    const last = new Steps(things, named, (n) => this.done.get(n)!.hash).step(thm);
    const end = ['qed', last, ...qed(things)].join(' ');
    const text = ['weft-certificate 1', `${kind} ${quoted(name)}`, ...records.lines, end, ''].join('\n');
    return Object.freeze({
      name,
      text,
      hash: hashOf(text),
      cites: Object.freeze(citedIn(thm, named)),
      steps: records.count('s'),
      terms: records.count('t'),
      bytes: new TextEncoder().encode(text).length,
    });
  }
}

/** A definition where a stream could be meant: theorems and streams have no colon in their names. */
export const definitionPrefix = 'def:';
export const definitionName = (name: string): string => definitionPrefix + name;
