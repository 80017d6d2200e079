// `weft refute NAME|FILE`: looks for numbers at which a statement is false, and prints the smallest that it finds. Invariant: reads
// statements only, no proof; the same seed gives the same answer. Knows neither how a counterexample is found nor how it is worded.
import { randomInt } from 'node:crypto';
import { statSync } from 'node:fs';
import { clean, plural, quoted } from '../language/print/clean.js';
import { counterexampleLines, counterexampleRecord, isConditional } from '../diagnostic/counterexample.js';
import { nearest } from '../diagnostic/message.js';
import { render } from '../diagnostic/render.js';
import { near } from '../language/elaborate/scope.js';
import { type Counterexample, DEFAULTS, type Outcome, refute } from '../proof/refute/search.js';
import { type Statement, ofLaw, ofTheorem } from '../proof/refute/statement.js';
import { readStatements } from '../proof/script/statements.js';
import { out, say, style, timed } from './output.js';
import { refuse } from '../diagnostic/refused.js';
import { hasLibrary, loadSources, packageFolder } from '../project/project.js';

export interface RefuteOptions {
  readonly tries?: string;
  readonly seed?: string;
  readonly json?: boolean;
}
interface Named {
  readonly name: string;
  readonly statement: Statement;
}
interface Asked {
  readonly statements: readonly Named[];
  /** how many could not be read */
  readonly unread: number;
}
export type RefuteExit = 0 | 1 | 2;

function whole(text: string | undefined, otherwise: number, option: string, least: number): number {
  if (text === undefined) return otherwise;
  const n = Number(text);
  const fits = /^\d+$/.test(text) && n >= least && n < 2 ** 32;
  return fits ? n : refuse(`${option} takes a whole number, not ${quoted(text)}`, `for example ${option} ${otherwise}`);
}

const isPath = (target: string): boolean =>
  target.endsWith('.weft') || target.includes('/') || statSync(target, { throwIfNoEntry: false }) !== undefined;

/** Every statement of the file, axioms too. */
function ofFile(folder: string, file: string): Asked {
  const sources = loadSources(folder, [file]);
  const { stated, axioms, diagnostics } = readStatements(sources.statements);
  const asked = sources.statements.filter((f) => sources.asked.has(f.path));
  const texts = new Map(asked.map((f) => [f.path, f.text]));
  const wrong = diagnostics.filter((d) => d.severity === 'error' && texts.has(d.file));
  for (const d of wrong) say(`${render(d, texts.get(d.file), style())}\n`);
  const all = [...axioms.values(), ...stated.values()].flatMap(({ law, file: at }) => (law ? [{ law, at }] : []));
  const laws = all.filter(({ at }) => texts.has(at)).map(({ law }) => law);
  laws.sort((a, b) => a.span.start - b.span.start);
  return { statements: laws.map((l) => ({ name: l.name, statement: ofLaw(l) })), unread: wrong.length };
}

/** A statement by its name; of a stream, its laws. */
function ofName(folder: string, name: string): Asked {
  const { stated, axioms, streams } = readStatements(loadSources(folder, []).statements);
  const laws = [...stated.values()].filter(
    (s) => s.name === name || (streams.has(name) && s.name.startsWith(`${name}.`)),
  );
  const axiom = axioms.get(name);
  const found = [
    ...laws.flatMap((s) => (s.law ? [{ name: s.name, statement: ofLaw(s.law) }] : [])),
    ...(axiom ? [{ name, statement: ofTheorem(axiom) }] : []),
  ];
  const known = [...stated.keys(), ...axioms.keys()];
  if (found.length + laws.length === 0)
    refuse(
      `there is no statement ${quoted(name)}`,
      nearest(near(name, known).map(quoted), 'name a statement, or a file'),
    );
  return { statements: found, unread: laws.length + (axiom ? 1 : 0) - found.length };
}

const unknownOf = ({ unknown }: Outcome): number => [...unknown.values()].reduce((a, b) => a + b, 0);

function sentence(name: string, o: Outcome): string {
  if (o.evaluated === 0) return `${clean(name)}: nothing could be evaluated (${missed(o)})`;
  return `${clean(name)}: none found at ${plural(o.evaluated, 'instance')}, ${o.exact} of them in fractions; ${missed(o)}`;
}
function missed(o: Outcome): string {
  const reasons = [...o.unknown].map(([reason, n]) => `${reason} ${n}`).join(', ');
  const unmet = o.unmet === 0 ? '' : `, hypotheses not met ${o.unmet}`;
  return `not evaluated: ${unknownOf(o)}${reasons === '' ? '' : ` (${reasons})`}${unmet}`;
}

const given = (c: Counterexample): string => (isConditional(c) ? ' if its hypotheses hold' : '');

const exitOf = (outcomes: readonly Outcome[], unread: number): RefuteExit => {
  if (outcomes.some((o) => o.counterexample)) return 1;
  return unread > 0 || outcomes.length === 0 || outcomes.some((o) => o.evaluated === 0) ? 2 : 0;
};

const recordOf = (name: string, o: Outcome): object => ({
  name,
  counterexample: o.counterexample ? counterexampleRecord(o.counterexample) : null,
  evaluated: o.evaluated,
  exact: o.exact,
  unknown: Object.fromEntries(o.unknown),
  unmet: o.unmet,
});

export async function refuteCommand(
  project: string | undefined,
  target: string,
  options: RefuteOptions,
): Promise<RefuteExit> {
  const tries = whole(options.tries, DEFAULTS.tries, '--tries', 1);
  const seed = whole(options.seed, randomInt(2 ** 31), '--seed', 0);
  const folder = project ?? process.cwd();
  const own = project !== undefined || isPath(target) || hasLibrary(folder);
  if (!own) say('weft: no theorems/ here: using the library that ships with Weft');
  const asked = isPath(target) ? ofFile(folder, target) : ofName(own ? folder : packageFolder, target);
  const limits = { ...DEFAULTS, tries, work: DEFAULTS.work * Math.max(1, tries / DEFAULTS.tries), seed };
  const outcomes = await timed('refuting', () =>
    asked.statements.map(({ name, statement }) => ({ name, outcome: refute(statement, limits) })),
  );
  const exit = exitOf(
    outcomes.map((o) => o.outcome),
    asked.unread,
  );
  if (options.json) {
    out(JSON.stringify({ seed, tries, statements: outcomes.map(({ name, outcome }) => recordOf(name, outcome)) }));
    return exit;
  }
  for (const { name, outcome } of outcomes) {
    if (!outcome.counterexample) out(sentence(name, outcome));
    else
      [
        `${clean(name)} is false${given(outcome.counterexample)}:`,
        ...counterexampleLines(outcome.counterexample).map((l) => `  ${l}`),
      ].forEach(out);
  }
  if (outcomes.length === 0) say('weft: no statement to refute');
  out(`seed ${seed}`);
  return exit;
}
