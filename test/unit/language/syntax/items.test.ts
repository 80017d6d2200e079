// A text that is cut into items: the same trees as read whole, what does not parse hides itself alone, and what is left alone is not read again.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import {
  ItemReader,
  originOf,
  parsedOf,
  piecesOf,
  proofPiece,
  statementPiece,
} from '../../../../src/language/syntax/items.js';
import { maximumLength, parseProofs, parseStatements } from '../../../../src/language/syntax/parse.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, root } from '../../../support/tree.js';

const texts = (folder: string): readonly string[] =>
  listFiles(root, folder)
    .filter((f) => f.endsWith('.weft'))
    .map((f) => readFileSync(join(root, f), 'utf8'));
const statements = () => new ItemReader(statementPiece);
const proofs = () => new ItemReader(proofPiece);
const names = (trees: readonly object[]) => trees.map((t) => ('name' in t ? (t.name as { name: string }).name : ''));

describe('the library, item by item', () => {
  it('has the trees that it has as a whole, at their places', () => {
    const [stated, proved] = [texts('theorems'), texts('proofs')];
    expect(stated.length + proved.length).toBeGreaterThan(20);
    for (const text of stated) expect(parsedOf(statements().read(text))).toEqual(parseStatements(text));
    for (const text of proved) expect(parsedOf(proofs().read(text))).toEqual(parseProofs(text));
  });

  it('and after edits, by a reader that keeps what it has read', () => {
    const text = texts('theorems')[0]!;
    const reader = statements();
    const words = ['', ' ', '\n', '-- theorem x : )\n', 'def one () := 1\n', '"', 'theorem', '}', '\u00a0'];
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.constantFrom(...words), (at, length, word) => {
        const edited = text.slice(0, at) + word + text.slice(at + length);
        const whole = parseStatements(edited);
        const read = reader.read(edited);
        if (E.isRight(whole)) expect(parsedOf(read)).toEqual(whole);
        else expect(read.failures.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a piece', () => {
  const text = 'theorem a (x : R) : x = x\n-- theorem no\ntheorem b (x : R : x = x\ntheorem c (x : R) : x = x\n';
  it('that does not parse hides itself alone', () => {
    const { trees, failures, unread } = statements().read(text);
    expect(names(trees)).toEqual(['a', 'c']);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: 'E-SYNTAX' });
    const { start } = failures[0]!.span;
    expect(start >= text.indexOf('theorem b') && start < text.indexOf('theorem c')).toBe(true);
    expect(unread).toEqual(['theorem b (x : R : x = x']);
    expect(statements().read(text.replace('R : x = x\ntheorem c', 'R) : x = x\ntheorem c')).failures).toEqual([]);
  });
  it('is no stream where `stream` is a step of a proof', () => {
    const steps = 'proof a\n  stream\nqed\nproof b\n  induction n { stream } { ring\n stream }\nqed\n';
    const { trees, failures } = proofs().read(steps);
    expect([names(trees), failures]).toEqual([['a', 'b'], []]);
    const open = proofs().read('proof a.mergeable\n  stream\nproof b\n  ring\nqed\n');
    expect(names(open.trees)).toContain('b');
    expect(open.failures.map((f) => f.fact)).toMatchObject([{ mistake: { _tag: 'NoQed', name: 'a.mergeable' } }]);
    const after = proofs().read('proof a\n  ring\nqed\nstream s [n] (x : R[n]) over n\nproof b\n  ring\nqed\n');
    expect([names(after.trees), after.failures.map((f) => f.code)]).toEqual([['a', 'b'], ['E-SYNTAX']]);
  });
  it('that an edit leaves alone keeps its tree, and one that is moved knows the one it was', () => {
    const reader = statements();
    const before = reader.read(text).trees;
    const after = reader.read(text.replace('-- theorem no', '-- theorem no more')).trees;
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(originOf(after[1]!)).toEqual({ tree: before[1], by: 5 });
    expect(after[1]!.span.start).toBe(before[1]!.span.start + 5);
  });
  it('ends at its last token', () => {
    expect(piecesOf('-- hello\n\nsort A -- one\nsort B').map((p) => p.text)).toEqual(['sort A', 'sort B']);
    expect(piecesOf('oops sort A')).toEqual([
      { start: 0, text: 'oops' },
      { start: 5, text: 'sort A' },
    ]);
    expect(piecesOf(' -- nothing\n')).toEqual([]);
  });
  it('of a text that is too long is the whole of it', () => {
    const { trees, failures } = statements().read(`sort A\n${' '.repeat(maximumLength)}`);
    expect([trees.length, failures.map((f) => f.code)]).toEqual([0, ['E-BUDGET']]);
    expect(statements().read(`sort A\n${' '.repeat(maximumLength - 7)}`).trees).toHaveLength(1);
  });
});

describe('a proof that is being typed', () => {
  const head = 'proof a\n  symm\n';
  const read = (text: string) => proofs().read(text);
  // what is typed, and the steps that are read of it
  it.each([
    [`${head}  rewrite \n  ring\nqed`, ['Symm', 'Hole', 'Ring']],
    [`${head}  rewrite x with \n  ring\nqed`, ['Symm', 'Hole', 'Ring']],
    [`${head}  rewri\n  ring\nqed`, ['Symm', 'Hole', 'Ring']],
    [`${head}  ring`, ['Symm', 'Ring', 'Hole']],
    [`${head}  rewrite `, ['Symm', 'Hole', 'Hole']],
    [`${head}  induction n { refl } { rewrite `, ['Symm', 'Induction']],
    [`${head}  induction n { refl } { rewrite }\n  ring\nqed`, ['Symm', 'Induction', 'Ring']],
    [head, ['Symm', 'Hole']],
    ['proof a', ['Hole']],
  ])('%j', (text, steps) => {
    const { trees, failures, mended } = read(text);
    expect(failures).toHaveLength(1);
    expect(failures[0]!.code).toBe('E-SYNTAX');
    expect(mended.length).toBeGreaterThan(0);
    const found = trees[0];
    expect(found?._tag === 'Proof' && found.steps.map((s) => s.tactic._tag)).toEqual(steps);
    expect(found!.span.end).toBeLessThanOrEqual(text.length);
  });
  it('is read as it is where it parses, and not at all where it has no name', () => {
    expect(read(`${head}  ring\nqed`)).toMatchObject({ failures: [], mended: [] });
    for (const text of ['proof', 'proof 7 refl qed', 'proof a-']) expect(read(text).trees).toEqual([]);
  });
  it('always has a hole', { timeout: 120_000 }, () => {
    const text = texts('proofs')[0]!;
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(60), (at, length) => {
        const { trees, mended } = read(text.slice(0, at) + text.slice(at + length));
        const holes = trees.filter((t) => t._tag === 'Proof' && JSON.stringify(t.steps).includes('"Hole"'));
        const hurt = trees.filter((t) => mended.some((m) => m.start >= t.span.start && m.start <= t.span.end));
        expect(holes.length).toBeGreaterThanOrEqual(hurt.length);
      }),
      { numRuns: 60 },
    );
  });
});
