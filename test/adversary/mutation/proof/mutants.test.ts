// Mutants of proofs, statements and certificates: every family has some, a sample is judged with a fresh seed, and the judges are seen to
// doubt what is wrong: a false theorem that a checker accepts, and a theorem that is not what its statement says.
import { beforeAll, describe, expect, it } from 'vitest';
import { checkLibrary } from '../../../../src/proof/script/check.js';
import { rechecker } from '../../../support/recheck.js';
import { certificates } from '../../../../src/proof/certificate/certificate.js';
import { library } from '../../../support/corpus.js';
import { judgeCertificate } from './archive.js';
import { onCertificates } from './certificates.js';
import { archived, certificateOf } from './export.js';
import { onProofs, onStatements } from './families.js';
import { type Judges, atNumbers, judge } from './judge.js';
import { part } from './part.js';
import { type Prepared, mutants, prepared, small } from './run.js';
import { Second } from './second.js';
import { proofSubject, statementSubject } from './text.js';
import { parseProofs, parseStatements } from '../../../../src/language/syntax/parse.js';
import * as E from 'fp-ts/lib/Either.js';

const seed = Math.floor(Math.random() * 2 ** 31);
let own: Prepared;

beforeAll(() => {
  own = prepared(small());
}, 120_000);

/** Statements and proofs of the whole library, as texts to change. */
function subjects() {
  const { statements, proofs } = library();
  const texts = (file: { readonly text: string }, read: typeof parseProofs | typeof parseStatements) => {
    const parsed = read(file.text);
    if (E.isLeft(parsed)) throw new Error('the library does not parse');
    return parsed.right.flatMap((t) =>
      t._tag === 'Proof' || t._tag === 'Theorem' || t._tag === 'Stream'
        ? [[t.name.name, file.text.slice(t.span.start, t.span.end)] as const]
        : [],
    );
  };
  return [
    ...proofs.flatMap((f) => texts(f, parseProofs).map(([n, text]) => proofSubject(n, text))),
    ...statements.flatMap((f) => texts(f, parseStatements).map(([n, text]) => statementSubject(n, text))),
  ];
}

describe('families', () => {
  it('each has mutants of the library, most of them texts of the language', () => {
    const all = mutants({ ...own, subjects: subjects() });
    expect(all.size).toBe(Object.keys(onProofs).length + Object.keys(onStatements).length + 1);
    expect([...all].filter(([, list]) => list.length === 0).map(([family]) => family)).toEqual([]);
    expect([...all.values()].reduce((n, list) => n + list.length, 0)).toBeGreaterThan(20_000);
  });
  it('each has mutants of certificates, none of them the original', () => {
    const { archive } = own.judges.second;
    const found = new Map<string, number>();
    for (const c of archive.all.filter(({ text }) => text.length < 5000))
      for (const [family, make] of Object.entries(onCertificates)) {
        const texts = make(c, archive, seed);
        found.set(family, (found.get(family) ?? 0) + texts.filter((t) => t !== c.text).length);
      }
    expect([...found].filter(([, n]) => n === 0)).toEqual([]);
    expect(found.size).toBe(Object.keys(onCertificates).length);
  });
});

describe(`judging (seed ${seed})`, () => {
  it('a sample: what is accepted is true and replayed', { timeout: 240_000 }, async () => {
    const { figures, failures } = await part({ full: false, seed }, own);
    expect(failures).toEqual([]);
    const value = (name: string): number => figures.find((f) => f.name === name)!.value;
    expect(value('mutants')).toBeGreaterThanOrEqual(150);
    expect(value('mutants rejected')).toBeGreaterThan(value('mutants') / 2);
  });
  it('the certificate of an unchanged theorem is that of the library, and is replayed', () => {
    const { whole, judges } = own;
    const { second } = judges;
    const { archive } = second;
    for (const name of ['sum-from', 'max2-comm', 'mean', 'tiling', 'merge-folds']) {
      const { thm } = whole.proved.get(name)!;
      const made = certificates(whole).of(name);
      expect(E.isRight(made) && made.right.text).toBe(certificateOf(whole, archive, name, thm));
      expect(second.doubts(name, thm)).toBeUndefined();
      expect(second.doubts(name, thm, statementOf(judges, name))).toBeUndefined();
    }
  });
  it('texts that say the same, and texts that say nothing, are told apart', () => {
    const mutant = { family: 'none', kind: 'statement', name: 'max-one' } as const;
    const tag = (text: string): string => judge(own.judges, { ...mutant, text }, seed)._tag;
    expect(tag('theorem max-one (y : R[1]) : max(y) = first y')).toBe('Same');
    expect(tag('theorem max-one (y : R[1]) : max(y) = if true then first y else 0')).toBe('Accepted');
    expect(tag('theorem max-one (y : R[1]) : max(y) = first y + 0')).toBe('Rejected');
    expect(tag('theorem max-one (y : R[1]) : max(y) = first')).toBe('Unread');
  });
});

const statementOf = ({ again }: Judges, name: string): string => again.statementOf(name)!;

describe('doubt', () => {
  /** A library with a false axiom, and a theorem that a mutant can make rest on it. */
  const planted = (): Judges => {
    const statements = [
      { path: 'a.weft', text: 'axiom bad (x y : R) : x * x + y = y\ntheorem t (x y : R) : x * x + y = x * x + y' },
    ];
    const proofs = [{ path: 'a.proofs.weft', text: 'proof t\n simp [bad]\nqed' }];
    const whole = checkLibrary(statements, proofs);
    const originals = new Map([...whole.statements.stated].map(([n, s]) => [n, s.law!]));
    return {
      again: rechecker(whole, statements, proofs),
      originals,
      second: new Second(whole, archived(whole), statements),
    };
  };
  it('a false theorem that is accepted, because an axiom is false, is found at numbers', () => {
    const text = 'theorem t (x y : R) : x * x + y = y';
    const said = judge(planted(), { family: 'none', kind: 'statement', name: 't', text }, seed);
    expect(said._tag).toBe('Accepted');
    expect(said._tag === 'Accepted' && said.doubt, `seed ${seed}`).toMatch(/sizes: output 0/);
  });
  it('its true twin is not doubted', () => {
    const text = 'theorem t (x y : R) : x * x + y = x * x + (if true then y else x)';
    const said = judge(planted(), { family: 'none', kind: 'statement', name: 't', text }, seed);
    expect(said._tag === 'Accepted' && said.doubt).toBeUndefined();
  });
  it('a true theorem is evaluated without doubt, and under another name the second checker refuses it', () => {
    const { again, second } = own.judges;
    const { thm } = again.recheck('sum-add', {}).report;
    expect(atNumbers(thm!, seed)).toEqual({ doubt: undefined, vacuous: false });
    expect(second.doubts('sum-add', thm!)).toBeUndefined();
    expect(second.doubts('sum-tile', thm!)).toMatch(/Refused/);
    expect(second.doubts('sum-add', thm!, 'theorem sum-add (x : R) : x = x')).toMatch(/Refused/);
    expect(second.doubts('sum-add', thm!, 'theorem sum-add (x : R) : x =')).toMatch(/does not read/);
  });
  it('a theorem whose hypothesis is false everywhere is told apart', () => {
    const text = 'theorem t (x y : R)\n given h : (x y : R) : x * x + y = 0\n : x * x + y = 0';
    const said = (statement: string) =>
      judge(
        planted(),
        { family: 'none', kind: 'statement', name: 't', text: statement, proof: 'proof t\n rewrite h\nqed' },
        seed,
      );
    const vacuous = said(text);
    expect([vacuous._tag, vacuous._tag === 'Accepted' && vacuous.vacuous]).toEqual(['Accepted', true]);
    const met = said(text.replace('+ y = 0', '+ y = x * x + y'));
    expect([met._tag, met._tag === 'Accepted' && met.vacuous]).toEqual(['Rejected', false]);
  });
  it('a certificate of another theorem, whole, is doubted in its place', () => {
    const { second } = own.judges;
    const [max2] = second.archive.all.filter((c) => c.name === 'max2-comm');
    const as = (text: string) => judgeCertificate(second, { family: 'none', name: 'max2-comm', text });
    expect(as(max2!.text)).toEqual({ _tag: 'Accepted', doubt: undefined });
    expect(as(max2!.text.replace('max2-comm', 'max2-idem'))._tag).toBe('Rejected');
    expect(as(max2!.text.replace('max2-comm', 'nobody'))._tag).toBe('Rejected');
  });
});
