// The page: two texts, what the checker says of them, and the panels. Invariant: the texts are kept here, whatever a Worker does; every state that is no success is said in words. Knows no checking.
import { appended } from '../../src/cli/appended.js';
import { Checker, type CheckerState } from './checker.js';
import { type Editor, editor } from './editor.js';
import { byId, debounced, element } from './element.js';
import { FindPanel } from './find-panel.js';
import { gallery } from './gallery.js';
import { GoalPanel } from './goal-panel.js';
import { KernelPanel } from './kernel-panel.js';
import { read, written } from './link.js';
import {
  type Outline,
  PARTS,
  PATHS,
  type Part,
  type Place,
  type Said,
  type Texts,
  type Theorem,
  completions,
  hovered,
} from './message.js';
import { Tabs } from './tabs.js';
import { Workshop } from './workshop.js';

const LABELS: Readonly<Record<Part, string>> = { theorems: 'Statements', proofs: 'Proofs' };
const NOTICE = byId('notice', HTMLElement);
const WAIT = { link: 400 } as const;

/** A line above the texts, which says what is not as it should be. */
function notice(text: string, act?: { readonly label: string; readonly run: () => void }): void {
  NOTICE.replaceChildren(element('span', {}, text));
  NOTICE.hidden = text === '';
  const button = element('button', { type: 'button' }, act?.label ?? 'Hide');
  button.addEventListener('click', act?.run ?? (() => (NOTICE.hidden = true)));
  NOTICE.append(button);
}

const words: Readonly<Record<CheckerState, string>> = {
  loading: 'Loading the library',
  checking: 'Checking',
  checked: 'Checked',
  restarted: 'The checker ended and was started again',
  stopped: 'The checker is not running',
};

function status(state: CheckerState, detail: string): void {
  const line = byId('status', HTMLElement);
  line.dataset['state'] = state;
  line.textContent = state === 'checked' ? `${words[state]}: ${detail}` : words[state];
  if (state === 'restarted')
    notice(`The checker ended (${detail}) and was started again. Your texts are as they were.`);
  if (state === 'stopped')
    notice(`The checker ended again and again (${detail}). Your texts are as they were.`, {
      label: 'Start the checker',
      run: () => {
        notice('');
        checker.restart();
      },
    });
}

// ---- what the checker says ----------------------------------------------------------------------------------------------

const problems = new Map<string, readonly Said[]>();

const said = (path: string, all: readonly Said[]): void => {
  problems.set(path, all);
  const part = PARTS.find((p) => PATHS[p] === path);
  if (part) editors[part].mark(all);
  showProblems();
};

function showProblems(): void {
  const rows = PARTS.flatMap((part) =>
    (problems.get(PATHS[part]) ?? []).map((d) => {
      const { line, character } = d.range.start;
      const place = `${LABELS[part]} ${line + 1}:${character + 1}`;
      const button = element('button', { type: 'button', class: 'place' }, place);
      button.addEventListener('click', () => editors[part].goTo(d.range.start));
      return element(
        'li',
        {},
        button,
        ' ',
        element('b', { class: `level${d.severity}` }, d.code),
        element('pre', {}, d.message),
      );
    }),
  );
  byId('problem-count', HTMLElement).textContent = String(rows.length);
  const none = element('p', { class: 'quiet' }, 'Nothing is wrong.');
  byId('problems', HTMLElement).replaceChildren(rows.length === 0 ? none : element('ol', {}, ...rows));
}

const signs: Readonly<Record<Theorem['status'], string>> = { proved: '✓', rejected: '✗', declined: '…', open: '○' };
function verdict({ name, status, code, axioms, remembered }: Theorem): HTMLElement {
  const rests =
    status === 'proved' ? `${axioms} axioms${remembered > 0 ? `, ${remembered} remembered` : ''}` : (code ?? '');
  return element(
    'li',
    { class: status },
    element('span', { 'aria-hidden': 'true' }, signs[status]),
    ` ${status} `,
    element('b', {}, name),
    ` ${rests}`,
  );
}
function outline(found: Outline): void {
  const none = element('li', { class: 'quiet' }, 'No theorem is stated.');
  byId('verdicts', HTMLElement).replaceChildren(
    ...(found.theorems.length === 0 ? [none] : found.theorems.map(verdict)),
  );
  kernel.offer(found);
  finder.offer(found);
  goals.again();
}

// ---- the texts ----------------------------------------------------------------------------------------------------------

const examples = byId('example', HTMLSelectElement);
const checker = new Checker({ state: status, said, outline });
const goals = new GoalPanel(checker);
const workshop = new Workshop();

const fence = /^```\w*$/gm;
const hover = async (part: Part, position: Place): Promise<string | undefined> =>
  (await checker.ask('textDocument/hover', part, { position }, hovered))?.contents.value
    .replace(fence, '')
    .replace(/\n{2,}/g, '\n')
    .trim();

function edited(part: Part): Editor {
  return editor({
    parent: byId(part, HTMLElement),
    label: LABELS[part],
    changed: (text) => {
      checker.text(part, text);
      kernel.changed();
      if (!isPut) typed();
    },
    moved: (place) => goals.moved(part, place),
    hover: (place) => hover(part, place),
    complete: async (position) => (await checker.ask('textDocument/completion', part, { position }, completions)) ?? [],
  });
}
/** True while the page itself writes a text. */
let isPut = false;
const keep = debounced(WAIT.link, () => {
  void written(texts()).then((hash) => history.replaceState(null, '', `#${hash}`));
});
function typed(): void {
  examples.value = '';
  keep();
}

const editors: Readonly<Record<Part, Editor>> = { theorems: edited('theorems'), proofs: edited('proofs') };
const texts = (): Texts => ({ theorems: editors.theorems.text(), proofs: editors.proofs.text() });

function put(given: Texts): void {
  isPut = true;
  for (const part of PARTS) editors[part].setText(given[part]);
  isPut = false;
}
const kernel = new KernelPanel(workshop, texts);
const finder = new FindPanel(workshop, texts, (script) => {
  const own = '"mine.weft"';
  const now = texts();
  put({ theorems: appended(now.theorems, script.theorems, own), proofs: appended(now.proofs, script.proofs, own) });
  typed();
});

// ---- examples and links -------------------------------------------------------------------------------------------------

examples.append(
  element('option', { value: '' }, 'your own text'),
  ...gallery.map(({ key, title }) => element('option', { value: key }, title)),
);
examples.addEventListener('change', () => {
  const chosen = gallery.find((e) => e.key === examples.value);
  if (!chosen) return;
  notice('');
  put(chosen);
  keep();
  const first = chosen.proofs.split('\n').findIndex((line) => line.startsWith('proof'));
  goals.moved(first < 0 ? 'theorems' : 'proofs', { line: Math.max(0, first), character: 0 });
});

byId('link', HTMLButtonElement).addEventListener('click', () => void copyLink());
async function copyLink(): Promise<void> {
  const hash = await written(texts());
  history.replaceState(null, '', `#${hash}`);
  const wasCopied = await navigator.clipboard?.writeText(location.href).then(
    () => true,
    () => false,
  );
  byId('link-status', HTMLElement).textContent = wasCopied ? 'copied' : 'the link is in the address';
}

async function open(): Promise<void> {
  const hash = location.hash.slice(1);
  const given = hash === '' ? undefined : await read(hash);
  put(given ?? gallery[0]!);
  examples.value = given ? '' : gallery[0]!.key;
  if (hash !== '' && !given)
    notice(
      'The link cannot be read: a part of it is missing or changed. Here is the first example; the link stays in the address until you type.',
    );
  goals.moved('theorems', { line: 4, character: 0 });
}

new Tabs(byId('tabs', HTMLElement));
addEventListener('hashchange', () => void open());
checker.start();
void open().then(() => {
  byId('app', HTMLElement).dataset['ready'] = String(Math.round(performance.now()));
});
