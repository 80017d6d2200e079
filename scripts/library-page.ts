// The page docs/reference/library.md: what the library states, file by file, with what its proofs rest on. Invariant: every fact is read from the files or from a check
// of them; nothing of it is written by hand. Knows not where the page goes.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, checkTexts } from '../src/index.js';
import { picturesOf } from './library-pictures.js';

type Kind = 'axiom' | 'def' | 'sort' | 'stream' | 'theorem';
interface Item {
  readonly kind: Kind;
  readonly name: string;
  /** on one line */
  readonly text: string;
  /** the comment above it */
  readonly sentence: string;
}
interface File {
  readonly name: string;
  readonly theme: string;
  readonly items: readonly Item[];
}

const isRuler = (line: string): boolean => /^-- -{3}/.test(line);
const isComment = (line: string): boolean => /^-- /.test(line) && !isRuler(line);
const joined = (lines: readonly string[]): string =>
  lines
    .map((l) => l.replace(/\s--\s.*$/, '').trim())
    .join(' ')
    .trim();
const said = (lines: readonly string[]): string => lines.map((l) => l.slice(3).trim()).join(' ');

/** The statements of a file with the comments that stand above them; the first comment is the theme of the file. */
export function itemsOf(name: string, text: string): File {
  const lines = text.trimEnd().split('\n');
  const after = lines.findIndex((l) => !isComment(l));
  const items: Item[] = [];
  for (const [i, line] of lines.entries()) {
    const head = /^(axiom|def|sort|stream|theorem) ([A-Za-z][\w'-]*)/.exec(line);
    if (!head) continue;
    const rest = lines.slice(i + 1);
    const end = rest.findIndex((l) => !/^\s+\S/.test(l));
    const own = [line, ...(end < 0 ? rest : rest.slice(0, end))];
    let above = i;
    while (above > after && isComment(lines[above - 1]!)) above -= 1;
    items.push({
      kind: head[1] as Kind,
      name: head[2]!,
      text: joined(own.filter((l) => !/^\s*--/.test(l))),
      sentence: said(lines.slice(above, i)),
    });
  }
  return { name, theme: said(lines.slice(0, after)), items };
}

/** How many lines each proof has, without blank lines and comments. */
export function proofLines(texts: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const text of texts)
    for (const [, name, body] of text.matchAll(/^proof (\S+)\n([^]*?)^qed$/gm))
      found.set(name!, body!.split('\n').filter((l) => l.trim() !== '' && !/^\s*--/.test(l)).length);
  return found;
}

/** The laws of streams that the step `stream` closes alone. */
export function closedByStream(root: string, laws: readonly string[]): ReadonlySet<string> {
  const texts = ['theorems', 'proofs'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((f) => ({
      path: `${folder}/${f}`,
      text: readFileSync(join(root, folder, f), 'utf8'),
    })),
  );
  // a few at a time: the step costs more than what stands there, and one check has fuel for one library
  const isClosed = (only: readonly string[]): readonly string[] => {
    const tried = texts.map(({ path, text }) => ({
      path,
      text: text.replace(/^proof (\S+)\n[^]*?^qed$/gm, (proof: string, name: string) =>
        only.includes(name) ? `proof ${name}\n  stream\nqed` : proof,
      ),
    }));
    const { theorems } = checkTexts(tried, { only });
    return theorems.filter((t) => only.includes(t.name) && t.status === 'proved').map((t) => t.name);
  };
  const parts = Array.from({ length: Math.ceil(laws.length / LAWS) }, (_, i) => laws.slice(i * LAWS, (i + 1) * LAWS));
  return new Set(parts.flatMap(isClosed));
}
const LAWS = 96;

// ---- the page -----------------------------------------------------------------------------------------------------------

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
/** A sentence of a file: what Markdown would obey is escaped, but in code. */
const plain = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, i) => part.replace(i % 2 === 1 ? /\|/g : /[|[\]<*_]/g, '\\$&'))
    .join('');
type Row = readonly string[];
const table = (head: Row, rows: readonly Row[]): readonly string[] =>
  rows.length === 0 ? [] : ['', ...[head, head.map(() => '---'), ...rows].map((r) => `| ${r.join(' | ')} |`)];

const spec = (text: string): string => text.replace(/^.*? spec (.*?) state \(.*$/, '$1');

interface Facts {
  readonly root: string;
  readonly checked: Check;
  readonly lines: ReadonlyMap<string, number>;
  readonly closed: ReadonlySet<string>;
}

const pictureOf = ({ checked }: Facts, name: string): string =>
  picturesOf(checked.library.statements).has(name) ? `[picture](../pictures/library/${name}.svg)` : '';

function streamRow(facts: Facts, { name, text, sentence }: Item): Row {
  const { root, checked, lines, closed } = facts;
  const info = checked.library.statements.streams.get(name)!;
  const axioms = new Set(checked.theorems.filter((t) => info.laws.includes(t.name)).flatMap((t) => t.axioms));
  const laws = info.laws.filter((law) => law !== name);
  const byStep = laws.filter((law) => closed.has(law)).length;
  const kernel = existsSync(join(root, 'kernels', `${name}.wgsl`)) ? `[yes](../../kernels/${name}.wgsl)` : 'no';
  const count = info.laws.reduce((n, law) => n + (lines.get(law) ?? 0), 0);
  const step = byStep === laws.length ? 'all' : `${byStep} of ${laws.length}`;
  return [
    code(name),
    code(spec(text)),
    plain(sentence),
    info.strength,
    `${axioms.size}`,
    `${count}`,
    step,
    kernel,
    pictureOf(facts, name),
  ];
}

function theoremRow(facts: Facts, { name, text, sentence }: Item): Row {
  const { checked, lines } = facts;
  const report = checked.theorems.find((t) => t.name === name);
  const rest = text.replace(/^theorem \S+ ?/, '');
  return [
    code(name),
    code(rest),
    plain(sentence),
    `${report?.axioms.length ?? 0}`,
    `${lines.get(name) ?? 0}`,
    pictureOf(facts, name),
  ];
}

function section(facts: Facts, { name, theme, items }: File): readonly string[] {
  const of = (kind: Kind): readonly Item[] => items.filter((i) => i.kind === kind);
  const said = (i: Item, kind: string): Row => [
    code(i.name),
    code(i.text.replace(new RegExp(`^${kind} \\S+ ?`), '')),
    plain(i.sentence),
  ];
  const streams = [
    'stream',
    'computes',
    'says',
    'strength',
    'axioms',
    'proof lines',
    'closed by `stream`',
    'kernel',
    '',
  ];
  return [
    '',
    `## ${name}`,
    '',
    `[theorems/${name}.weft](../../theorems/${name}.weft). ${plain(theme)}`,
    ...table(
      ['sort'],
      of('sort').map((i): Row => [code(i.name)]),
    ),
    ...table(
      ['definition', 'is', 'says'],
      of('def').map((i) => said(i, 'def')),
    ),
    ...table(
      ['axiom', 'states', 'says'],
      of('axiom').map((i) => said(i, 'axiom')),
    ),
    ...table(
      ['theorem', 'states', 'says', 'axioms', 'proof lines', ''],
      of('theorem').map((i) => theoremRow(facts, i)),
    ),
    ...table(
      streams,
      of('stream').map((i) => streamRow(facts, i)),
    ),
  ];
}

/** The page of a library that is checked. */
export function libraryPage(root: string, checked: Check): string {
  const names = readdirSync(join(root, 'theorems')).map((f) => f.replace(/\.weft$/, ''));
  const files = names.sort().map((n) => itemsOf(n, readFileSync(join(root, 'theorems', `${n}.weft`), 'utf8')));
  const proofs = readdirSync(join(root, 'proofs')).map((f) => readFileSync(join(root, 'proofs', f), 'utf8'));
  const streams = [...checked.library.statements.streams.values()];
  const laws = streams.flatMap((s) => s.laws.filter((law) => law !== s.name));
  const facts = { root, checked, lines: proofLines(proofs), closed: closedByStream(root, laws) };
  const count = (kind: Kind): string => `${files.flatMap((f) => f.items).filter((i) => i.kind === kind).length}`;
  const overview = files.map(({ name, theme, items }): Row => {
    const n = (kind: Kind): string => `${items.filter((i) => i.kind === kind).length}`;
    return [`[${name}](#${name})`, plain(theme), n('theorem'), n('stream')];
  });
  return [
    '<!-- Written by `npm run library`: do not edit. -->',
    '',
    '# The library',
    '',
    `What ships with Weft: ${count('axiom')} axioms, ${count('def')} definitions, ${count('theorem')} theorems and ${count('stream')} streams. A project imports a file as \`import "../weft/theorems/NAME.weft"\`. Of each`,
    'theorem the tables have its statement, the sentence above it in its file, on how many axioms it rests, and how many lines its proof has; of a stream also its strength, which of its laws but',
    'the first the step `stream` closes alone in its file (as far as the fuel of a check of 96 laws goes), and whether `kernels/` has its kernel. `npx weft audit NAME` prints what a theorem says and rests on.',
    ...table(['file', 'theme', 'theorems', 'streams'], overview),
    ...files.flatMap((f) => section(facts, f)),
    '',
  ].join('\n');
}
