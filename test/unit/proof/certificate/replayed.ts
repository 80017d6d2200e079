// The certificates of a library taken back to theorems of the core, and compared with the library's own. Invariant: a problem is a line that says
// which theorem; a library without a theorem is one.
import * as E from 'fp-ts/lib/Either.js';
import { type Certificate, certificates } from '../../../../src/proof/certificate/certificate.js';
import * as core from '../../../../src/core/index.js';
import type { ScheduledTheorem } from '../../../../src/kernel/schedule/schedule.js';
import type { Library } from '../../../../src/proof/script/check.js';
import { get } from '../../../support/ir/dsl.js';
import { type Read, read } from './reader.js';
import { Rebuild, type World, definitionsIn } from './rebuild.js';

export const sameSequent = (a: core.Thm, b: core.Thm): boolean => {
  const [p, q] = [get(core.sequent(a)), get(core.sequent(b))];
  const hypotheses = new Set(q.hypotheses);
  return (
    p.lhs === q.lhs &&
    p.rhs === q.rhs &&
    p.hypotheses.length === hypotheses.size &&
    p.hypotheses.every((h) => hypotheses.has(h))
  );
};

/** All definitions of a library: of its files and of its theorems. */
export function definitionsOf(library: Library, ...more: readonly core.Thm[]): readonly core.Definition[] {
  const own = [...library.statements.envs.values()].flatMap((e) => [...e.functions.values()].map((f) => f.definition));
  const theorems = [...library.statements.axioms.values(), ...library.proved.values()].map((c) => c.thm);
  const terms = [...theorems, ...more].flatMap((t) => {
    const { lhs, rhs, hypotheses } = get(core.sequent(t));
    return [lhs, rhs, ...hypotheses.flatMap((h) => [h.lhs, h.rhs])];
  });
  return [...new Set([...own, ...definitionsIn(...terms, ...own.map((d) => d.body))])];
}

/** Its counts are those of its records, and its citations those of its steps. */
export function miscounted({ steps, terms, bytes, cites, name, text }: Certificate, found: Read): readonly string[] {
  const cited = found.records
    .filter((r) => r.kind === 's' && r.items[0] === 'cite')
    .map((r) => JSON.parse(String(r.items[1])) as string);
  const wrong = [
    found.name !== name && 'its name',
    found.counts.get('s') !== steps && 'steps',
    (found.counts.get('t') ?? 0) !== terms && 'terms',
    Buffer.byteLength(text) !== bytes && 'bytes',
    JSON.stringify(cited) !== JSON.stringify(cites) && 'citations',
    new Set(text.split('\n')).size !== text.split('\n').length && 'a line that is there twice',
  ];
  return wrong.filter((w) => typeof w === 'string');
}

export class Replay {
  readonly problems: string[] = [];
  readonly done = new Map<string, core.Thm>();
  readonly all: Certificate[] = [];
  private readonly world: World;

  constructor(private readonly library: Library) {
    this.world = {
      definitions: definitionsOf(library),
      cited: (name, hash) => {
        if (this.certificate(name).hash !== hash) this.problems.push(`${name} is cited under another hash`);
        const thm = this.done.get(name);
        if (!thm) throw new Error(`${name} is cited before it was replayed`);
        return thm;
      },
    };
  }

  certificate(name: string): Certificate {
    return get(certificates(this.library).of(name));
  }

  theorems(): void {
    if (this.library.proved.size === 0) this.problems.push('no theorem is proved');
    for (const [name, { thm }] of this.library.proved) {
      const found = this.one(name, this.certificate(name), thm);
      if (found) this.done.set(name, found);
    }
  }

  schedule(scheduled: ScheduledTheorem): Read | undefined {
    const { name } = scheduled.info;
    const made = certificates(this.library).schedule(scheduled);
    if (E.isLeft(made)) this.problems.push(`${name}: no certificate of its schedule`);
    else this.one(name, made.right, scheduled.thm);
    return E.isRight(made) ? read(made.right.text) : undefined;
  }

  rebuilt(found: Read): Rebuild {
    const rebuild = new Rebuild(this.world);
    rebuild.theorem(found);
    return rebuild;
  }

  private one(name: string, certificate: Certificate, thm: core.Thm): core.Thm | undefined {
    this.all.push(certificate);
    const found = read(certificate.text);
    this.problems.push(...miscounted(certificate, found).map((w) => `${name}: ${w}`));
    const again = new Rebuild(this.world).theorem(found);
    if (sameSequent(again, thm)) return again;
    this.problems.push(`${name}: its certificate proves something else`);
    return undefined;
  }
}
