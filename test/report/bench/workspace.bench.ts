// What an edit costs in a process that lives, beside a whole check: a project of two theorems over attention.weft, and the library's own attention.
import { Workspace } from '../../../src/proof/script/workspace.js';
import { median, report, sources, timed } from './report.js';

const own = {
  'theorems/mine.weft': `import "../weft/theorems/attention.weft"
theorem mine (x y : R) : x + y + 0 = y + x
theorem other (x y : R) : x + y + 0 = y + x
`,
  'proofs/mine.weft': `import "../weft/proofs/attention.weft"
proof mine
  rewrite add-zero
  rewrite add-comm
qed
proof other
  rewrite add-zero
  rewrite add-comm
qed
`,
} as const;
const library = new Map([...sources('theorems'), ...sources('proofs')].map((f) => [`weft/${f.path}`, f.text]));
const files = new Map<string, string>([...library, ...Object.entries(own)]);

const workspace = new Workspace({ roots: () => Object.keys(own), read: (path) => files.get(path) });
const cold = timed(() => workspace.check());

/** Processor seconds of a check after each of many edits of one file. */
function edits(path: string, edit: (text: string, i: number) => string): number {
  const text = files.get(path)!;
  const all = Array.from({ length: 12 }, (_, i) => {
    workspace.edit(path, edit(text, i));
    return timed(() => workspace.check()).work;
  });
  workspace.edit(path, text);
  workspace.check();
  return median(all.slice(2));
}
const step = (at: string) => (text: string, i: number) =>
  text.replace(at, i % 2 === 0 ? `${at}\n  symm\n  symm` : at) + '\n'.repeat(i);

const figures = [
  ['a proof', edits('proofs/mine.weft', step('rewrite add-comm'))],
  ['a statement', edits('theorems/mine.weft', (text, i) => text.replace('+ 0', `+ 0 ${'+ 0 '.repeat(i % 3)}`))],
  ['a comment of an imported file', edits('weft/theorems/axioms.weft', (text, i) => `--${'.'.repeat(i)}\n${text}`)],
  ['a proof of an imported file', edits('weft/proofs/attention.weft', step('rewrite gauge-comm at 2'))],
] as const;

report('a workspace over attention.weft, processor time', [
  { what: 'theorems', value: cold.value.library.theorems.length, unit: '' },
  { what: 'the first check', value: cold.work, unit: 's' },
  ...figures.map(([what, value]) => ({ what: `after an edit of ${what}`, value, unit: 's', aim: 0.3 })),
  ...figures.map(([what, value]) => ({
    what: `the first check, by that of ${what}`,
    value: cold.work / value,
    unit: 'x',
  })),
]);
