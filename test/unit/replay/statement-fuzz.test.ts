// Damaged text: token soup, and the library with tokens dropped, doubled, exchanged and replaced. The reader gives statements or an error with a
// place, and nothing else is thrown.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ReadError, tokens } from '../../../src/replay/language/lexer.js';
import { readStatements } from '../../../src/replay/language/statement.js';
import { randomFrom } from './statement-model.js';

const seed = (Date.now() ^ process.pid) >>> 0;
const random = randomFrom(seed);
const below = (n: number): number => Math.floor(random() * n);
const pick = <A>(items: readonly A[]): A => items[below(items.length)] as A;

// the definitions of reductions.weft are used by the others
const names = ['reductions.weft', ...readdirSync('theorems').filter((name) => name !== 'reductions.weft')];
const files = names.map((name) => readFileSync(`theorems/${name}`, 'utf8'));
/** Statements with the definitions that they may need, without imports. */
const definitions = files.flatMap((text) => text.match(/^def [^]*?(?=^\S)/gm) ?? []);
const statements = files.flatMap(
  (text) => text.replace(/--.*/g, '').match(/^(?:theorem|stream|axiom) [^]*?(?=^\S)/gm) ?? [],
);
const words = [...new Set(files.flatMap((text) => tokens('t', text).map((t) => t.text)))].filter(
  (w) => !w.includes('"'),
);

const outcome = (text: string): 'read' | 'refused' | 'declined' => {
  try {
    readStatements([{ path: 't.weft', text }]);
    return 'read';
  } catch (e) {
    if (!(e instanceof ReadError)) throw new Error(`seed ${seed}: ${String(e)}\n${text}`, { cause: e });
    expect(e.reason).toMatch(/^t\.weft:\d+:\d+: ./);
    return e.declined ? 'declined' : 'refused';
  }
};

/** Definitions in an order in which each is read after what it is made of. */
const readable = (all: readonly string[]): string => {
  let [text, rest] = ['sort Position\n', all];
  for (let before = -1; rest.length !== before;) {
    before = rest.length;
    rest = rest.filter((d) => {
      const isRead = outcome(text + d) === 'read';
      if (isRead) text += d;
      return !isRead;
    });
  }
  expect(rest).toEqual([]);
  return text;
};

const damage = (text: string): string => {
  const all = tokens('t', text).slice(0, -1);
  const at = below(all.length);
  const other = below(all.length);
  const spelled = all.map((t) => (t.first ? `\n${t.text}` : t.text));
  const kinds = [
    () => spelled.splice(at, 1),
    () => spelled.splice(at, 0, spelled[at] ?? ''),
    () => ([spelled[at], spelled[other]] = [spelled[other] ?? '', spelled[at] ?? '']),
    () => spelled.splice(at, 1, pick(words)),
    () => spelled.splice(at, 1, pick(spelled)),
  ];
  pick(kinds)();
  return spelled.join(' ');
};

test(`damaged statements (seed ${seed})`, () => {
  const prelude = readable([...new Map(definitions.map((d) => [/^def (\S+)/.exec(d)?.[1], d])).values()]);
  expect(outcome(prelude)).toBe('read');
  expect(definitions.length).toBeGreaterThan(10);
  expect(statements.length).toBeGreaterThan(140);
  const found = { read: 0, refused: 0, declined: 0 };
  for (let n = 0; n < 400; n += 1) found[outcome(`${prelude}\n${damage(pick(statements))}`)] += 1;
  expect(found.read, JSON.stringify(found)).toBeGreaterThan(10);
  expect(found.refused, JSON.stringify(found)).toBeGreaterThan(100);
});

test(`token soup (seed ${seed})`, () => {
  const found = { read: 0, refused: 0, declined: 0 };
  for (let n = 0; n < 2_000; n += 1) {
    const soup = Array.from({ length: 1 + below(30) }, () => pick(words)).join(' ');
    const start = pick([
      'theorem t',
      'theorem t (x : R) : x = ',
      'def f (x : R) := ',
      'theorem t [n] {f : R -> R} : ',
      'stream t [n] (x : R[n]) over n',
      '',
    ]);
    found[outcome(`${start} ${soup}`)] += 1;
  }
  expect(found.refused, JSON.stringify(found)).toBeGreaterThan(1_500);
});

test(`random characters (seed ${seed})`, () => {
  for (let n = 0; n < 2_000; n += 1)
    outcome(Array.from({ length: below(40) }, () => String.fromCharCode(below(n % 2 === 0 ? 128 : 65_536))).join(''));
});
