/**
 * Certificates that claim a false line: its statement as one structural step, as an axiom of the library, as its own hypothesis, by citing its true
 * twin, and the twin's own certificate under its name. Invariant: each is well formed and differs from an honest one in what it claims alone. It
 * judges nothing.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Certificate, type Certificates, certificates } from '../../src/proof/certificate/certificate.js';
import { Records, list, text as quoted } from '../../src/proof/certificate/records.js';
import { Things } from '../../src/proof/certificate/term.js';
import type { Law } from '../../src/language/elaborate/law.js';
import type { Library } from '../../src/proof/script/check.js';
import type { File } from '../../src/replay/replay.js';
import type { Case } from '../support/corpus.js';
import { references } from './reference.js';
import { claims } from './verdict.js';

export interface Forged extends File {
  readonly route: string;
  readonly claim: string;
}

/** A certificate of one step, from the records of a law's sides. */
function oneStep(law: Law, step: (things: Things, lhs: number, rhs: number) => readonly (string | number)[]): string {
  const records = new Records();
  const things = new Things(records);
  const last = records.add('s', ...step(things, things.term(law.lhs), things.term(law.rhs)));
  return ['weft-certificate 1', `theorem ${quoted(law.name)}`, ...records.lines, `qed ${last}`, ''].join('\n');
}

/** A twin's certificate: of the case of that name, or of the library's theorems that stand for it. */
export function twinOf(c: Case, library: Library): string | undefined {
  const header = c.statements.find((f) => f.path.endsWith(`/${c.id}.theorems.weft`))!.text;
  const twin = /Twin: (T-[\w-]+)/.exec(header)![1]!;
  const own = [...library.proved.keys()].filter((n) => n === twin || n.startsWith(`${twin}-`) || n.startsWith(`${twin}.`));
  return own[0] ?? references[twin]?.[0];
}

function forge(law: Law, twin: Certificate): readonly Forged[] {
  const made = (route: string, text: string): Forged => ({ route, claim: law.name, path: `${route}/${law.name}.cert`, text });
  return [
    made('structural', oneStep(law, (_, l, r) => ['eq', l, r])),
    made('axiom', oneStep(law, (_, l, r) => ['axiom', quoted('mul-comm'), '()', l, r])),
    made('assumed', oneStep(law, (t, l, r) => ['assume', t.records.add('h', '()', l, r), '()'])),
    made('cited', oneStep(law, () => ['cite', quoted(twin.name), twin.hash])),
    made('renamed', twin.text.replace(/^theorem .*$/m, `theorem ${quoted(law.name)}`)),
    made('swapped', oneStep(law, (t, l, r) => ['sym', t.records.add('s', 'eq', r, l)])),
    made('circular', oneStep(law, () => ['cite', quoted(law.name), '0'.repeat(64)])),
    made('list', oneStep(law, (t, l, r) => ['inst', t.records.add('s', 'eq', l, r), list([]), list([]), list([])])),
  ];
}

/** The claims of a case that are false and could be stated, each forged by every route. */
export function forgeries(c: Case, library: Library): readonly Forged[] {
  const twin = twinOf(c, library);
  const written: Certificates = certificates(library);
  const own = twin === undefined ? undefined : written.of(twin);
  if (!own || E.isLeft(own)) throw new Error(`${c.id}: no certificate of its twin ${twin}`);
  const names = new Set(
    claims(c)
      .filter((k) => k.code !== 'E-VACUOUS')
      .map((k) => k.name),
  );
  return [...names].flatMap((name) => {
    const law = library.statements.stated.get(name)?.law;
    return law && !library.proved.has(name) ? forge(law, own.right) : [];
  });
}
