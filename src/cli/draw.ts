// `weft draw NAME|EXPR`: a statement, a definition or an expression as a picture. Invariant: reads statements only, no proof; arguments are judged before
// anything is drawn, and a file is written whole or not at all. Knows no geometry.
import { clean, listed, plural, quoted, shortened } from '../language/print/clean.js';
import { type DrawOptions, type Step, LEAST_WIDTH, USUAL_WIDTH, draw, drawEquation, drawSteps } from '../draw/draw.js';
import type { Term } from '../core/index.js';
import { type FunctionEntry, near } from '../language/elaborate/scope.js';
import { nearest } from '../diagnostic/message.js';
import { render } from '../diagnostic/render.js';
import { refuse } from '../diagnostic/refused.js';
import { demandProved } from './axioms.js';
import { type Checked, checkProject, partOf } from './check.js';
import { demandAxes, levelsOf } from './draw-level.js';
import { sizesOf } from './chosen.js';
import { checkLibrary } from '../proof/script/check.js';
import type { Visit } from '../proof/script/trace.js';
import type { Sources } from '../proof/script/sources.js';
import { definitionPrefix } from '../proof/certificate/certificate.js';
import { type Statements, readStatements } from '../proof/script/statements.js';
import type { SourceFile } from '../proof/script/result.js';
import { hasLibrary, loadSources, packageFolder } from '../project/project.js';
import { say, style, timed } from './output.js';
import { type Place, placeOf } from './place.js';
import { demandGenerated, writeWhole } from './write.js';

export interface DrawCommandOptions {
  readonly side?: string;
  readonly steps?: boolean;
  readonly level?: boolean;
  readonly tile?: string;
  readonly width?: string;
  readonly sizes?: string;
  readonly output?: string;
}

type Wires = Parameters<typeof draw>[1];
/** What is drawn: one diagram, or the two of an equation. */
interface Subject {
  readonly title: string;
  readonly sides: readonly [Term] | readonly [Term, Term];
  readonly wires: Wires;
}

const SIDES = ['lhs', 'rhs'] as const;
type Side = (typeof SIDES)[number];

function sideOf(text: string | undefined): Side | undefined {
  if (text === undefined) return undefined;
  return (
    SIDES.find((s) => s === text) ??
    refuse(`--side takes ${listed(SIDES.map(quoted), 'or')}, not ${quoted(text)}`, 'write --side lhs')
  );
}
function widthOf(text: string | undefined): number {
  if (text === undefined) return USUAL_WIDTH;
  const n = Number(text);
  const fits = /^\d+$/.test(text) && n >= LEAST_WIDTH && n <= 100_000;
  return fits
    ? n
    : refuse(
        `--width takes a whole number from ${LEAST_WIDTH}, not ${quoted(text)}`,
        `for example --width ${USUAL_WIDTH}`,
      );
}

export async function drawCommand(
  project: string | undefined,
  target: string,
  options: DrawCommandOptions,
): Promise<void> {
  const side = sideOf(options.side);
  const [width, sizes] = [widthOf(options.width), sizesOf('sizes', options.sizes)];
  const place: Place = placeOf(options.output ?? '-', '-o');
  demandGenerated(place);
  const folder = project ?? process.cwd();
  const own = project !== undefined || hasLibrary(folder);
  if (!own) say('weft: no theorems/ here: using the library that ships with Weft');
  const sources = loadSources(own ? folder : packageFolder, []);
  if (options.level)
    return writeWhole(place, await level(own ? folder : packageFolder, target, options, { width, sizes }));
  if (options.tile !== undefined) refuse('--tile is of a schedule', 'add --level');
  if (options.steps) {
    if (side) refuse('--steps draws both sides', 'leave out --side');
    const steps = await timed(`checking what ${clean(target)} rests on`, () => stepsOf(sources, target));
    demandAxes(
      steps.flatMap((s) => s.sides),
      sizes,
    );
    return writeWhole(place, drawSteps(steps, { width, sizes, title: clean(target) }));
  }
  writeWhole(place, drawn(subjectOf(sources.statements, target), side, { width, sizes }));
}

export interface PictureOptions {
  /** of an equation only one side */
  readonly side?: 'lhs' | 'rhs' | undefined;
  /** of a proved stream the loop that it is, with the levels of memory of its schedule */
  readonly level?: boolean | undefined;
  /** tile sizes by axis, with `level` */
  readonly tiles?: Readonly<Record<string, number>> | undefined;
  /** in pixels; where rows are broken */
  readonly width?: number | undefined;
}

/** A picture of what a checked library states. */
export function pictureOf(library: Checked['library'], name: string, options: PictureOptions): string {
  const width = widthOf(options.width === undefined ? undefined : String(options.width));
  if (options.level) return levelsOf({ library }, name, new Map(Object.entries(options.tiles ?? {})), { width });
  const subject = byName(library.statements, name) ?? unknown(library.statements, name);
  return drawn(subject, sideOf(options.side), { width });
}

/** What a stream's kernel needs is checked, then its loop drawn. */
async function level(folder: string, name: string, chosen: DrawCommandOptions, options: DrawOptions): Promise<string> {
  if (chosen.side !== undefined || chosen.steps) refuse('--level draws a loop', 'leave out --side and --steps');
  const tiles = sizesOf('tile', chosen.tile);
  const checked = await checkProject(folder, [], undefined, partOf([name]));
  return levelsOf(checked, name, tiles, options);
}

type Goal = Visit['before'];
interface Seen {
  readonly visit: Visit;
  readonly text: string;
}

/** The goals of a proof in order, each as an equation or, where a step changes one side, as that side before and after it. */
export function stepsOf(sources: Sources, name: string): readonly Step[] {
  const seen: Seen[] = [];
  let stated: Goal | undefined;
  const library = checkLibrary(sources.statements, sources.proofs, {
    only: partOf([name]).only,
    trace: {
      begin: (goal, { tree }) => void (tree.name.name === name && (stated = goal)),
      step: (visit, { tree, text }) => {
        if (tree.name.name !== name) return;
        const [start, end] = [visit.span.start - tree.span.start, visit.span.end - tree.span.start];
        seen.push({ visit, text: shortened(text.slice(start, end).split('\n')[0]!, 80) });
      },
    },
  });
  demandProved([library.theorems.find((t) => t.name === name) ?? unprovable(library.statements, name)]);
  const begun = new Set(seen.map((s) => s.visit.before));
  // a goal at which no step was taken was closed where its block ends
  const closed = (goals: readonly Goal[]): readonly Step[] =>
    goals.filter((g) => !begun.has(g)).map((g) => equation(g, 'one diagram'));
  const first = stated ? [equation(stated, clean(name)), ...closed([stated])] : [];
  return [...first, ...seen.flatMap((s) => [stepAt(s), ...closed(s.visit.after ?? [])])];
}

function unprovable(statements: Statements, name: string): never {
  const known = byName(statements, name);
  return known ? refuse(`${quoted(name)} has no proof`, 'name a theorem') : unknown(statements, name);
}
const equation = ({ lhs, rhs, wires }: Goal, law: string): Step => ({ sides: [lhs, rhs], wires, law, isStep: false });

function stepAt({ visit: { before: goal, after }, text }: Seen): Step {
  const next = after?.[0];
  const changed = (before: Term, after: Term): Step => ({
    sides: [before, after],
    wires: goal.wires,
    law: text,
    isStep: true,
  });
  if (next?.lhs.dom !== goal.lhs.dom) return equation(goal, text);
  if (next.rhs === goal.rhs && next.lhs !== goal.lhs) return changed(goal.lhs, next.lhs);
  if (next.lhs === goal.lhs && next.rhs !== goal.rhs) return changed(goal.rhs, next.rhs);
  return equation(goal, text);
}

function drawn({ title, sides, wires }: Subject, side: Side | undefined, options: DrawOptions): string {
  demandAxes(sides, options.sizes);
  const [left, right] = sides;
  if (right === undefined) {
    if (side) refuse(`${quoted(title)} is one diagram, it has no sides`, 'leave out --side');
    return draw(left, wires, { ...options, title });
  }
  if (side) return draw(side === 'lhs' ? left : right, wires, { ...options, title: `${title}, ${side}` });
  return drawEquation([left, right], wires, title, { ...options, title });
}

// ---- what is meant ------------------------------------------------------------------------------------------------------

const isName = (target: string): boolean => /^[A-Za-z][\w'.:-]*$/.test(target);

/** A statement or a definition by its name, else an expression. */
function subjectOf(files: readonly SourceFile[], target: string): Subject {
  const statements = readStatements(files);
  const named = isName(target) ? byName(statements, target) : undefined;
  if (named) return named;
  const word = isName(target);
  const read = expression(files, target);
  if (typeof read !== 'string') return read;
  return word ? unknown(statements, target) : refuseExpression(read);
}

function byName({ stated, axioms, definitions, envs }: Statements, name: string): Subject | undefined {
  const statement = stated.get(name);
  const law = statement?.law ?? axioms.get(name)?.law;
  if (law) return { title: clean(name), sides: [law.lhs, law.rhs], wires: law.wires ?? [] };
  if (statement) refuse(`the statement ${quoted(name)} cannot be read`, '`weft check` says why', [], 1);
  const plain = name.startsWith(definitionPrefix) ? name.slice(definitionPrefix.length) : name;
  const found = [...definitions].find(([d]) => d.name === plain);
  const entry = found && envs.get(found[1].file)?.functions.get(plain);
  return entry && definition(entry);
}
const definition = ({ definition: d, wires }: FunctionEntry): Subject => ({
  title: clean(d.name),
  sides: [d.body],
  wires: wires ?? [],
});

function unknown({ stated, axioms, definitions }: Statements, name: string): never {
  const known = [...stated.keys(), ...axioms.keys(), ...[...definitions.keys()].map((d) => d.name)];
  return refuse(
    `there is no theorem, stream or definition ${quoted(name)}`,
    nearest(
      near(name, known).map(quoted),
      'name what the files state, or write an expression such as "(x y : R) := x + y"',
    ),
  );
}

const FILE = 'theorems/expression given to draw.weft';
const DRAWN = 'expression-to-draw';

/** `PARAMS := BODY`, or a diagram, as the definition of a file that sees all others; its first complaint where it has one. */
function expression(files: readonly SourceFile[], target: string): Subject | string {
  const roots = files.filter((f) => /^theorems\//.test(f.path)).map((f) => f.path.slice('theorems/'.length));
  const imports = roots.map((path) => `import "${path}"\n`).join('');
  const head = `${imports}def ${DRAWN} ${/:=/.test(target) ? '' : ':= '}`;
  const { definitions, stated, axioms, envs, diagnostics } = readStatements([
    ...files,
    { path: FILE, text: `${head}${target}\n` },
  ]);
  const entry = envs.get(FILE)?.functions.get(DRAWN);
  const wrong = diagnostics.find((d) => d.file === FILE);
  const all = [...definitions.values(), ...stated.values(), ...axioms.values()].filter((d) => d.file === FILE);
  if (entry && !wrong && all.length === 1) return { ...definition(entry), title: 'diagram' };
  if (!wrong) return `EXPR: one expression can be drawn, and here are ${plural(all.length, 'statement')}`;
  const [start, end] = [wrong.span.start, wrong.span.end].map((n) =>
    Math.max(0, Math.min(target.length, n - head.length)),
  );
  return render({ ...wrong, file: 'EXPR', span: { start: start!, end: end! } }, target, style());
}

function refuseExpression(text: string): never {
  say(text);
  return refuse(
    'the expression cannot be drawn',
    'an expression is PARAMS := BODY, for example "[n] (x : R[n]) := sum(x)", or a diagram, for example "copy R ; add"',
  );
}
