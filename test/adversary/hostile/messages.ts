/**
 * Hostile text in every place of a script, a path and a file name that a message may show. Invariant: what is shown, as text and as a
 * record, has no character that a terminal or a reader would obey.
 */
import { recordOf, render } from '../../../src/diagnostic/render.js';
import { decodeNpy, encodeNpy } from '../../../src/run/npy/npy.js';
import { npyMessage } from '../../../src/diagnostic/run.js';
import { renderMessage } from '../../../src/diagnostic/render.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import type { SourceFile } from '../../../src/proof/script/result.js';

// prettier-ignore
export const texts: Readonly<Record<string, string>> = {
  'an escape sequence': '\u001b[31mred\u001b]0;title\u0007',
  'a carriage return': 'seen\rhidden',
  'a line separator': 'one\u2028two\u2029three',
  'a change of direction': '\u202ereversed\u202c \u2066isolate\u2069 \u200f',
  'nothing visible': 'a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u180eh',
  'the end of a comment': '*/ alert(1) /*',
  'a template': '${process.exit(7)} `x` $(id) #{x}',
  'quotes and backslashes': "' \\\" \\n \\u001b \\",
  'markup': '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'look-alike letters': '\u0430dd-z\u0435ro \u03bfm\u03b5ga \u{1d5ba}',
  'a lone surrogate': '\ud800 \udfff',
  'a control of the second set': '\u009b31m\u0085\u0090',
  'a null': 'a\u0000b',
  'a stack trace': 'Error: x\n    at f (file.ts:1:1)',
  'marks on marks': `z${'\u0301'.repeat(200)}`,
  'tags': '\u{e0001}\u{e0020}\u{e007f}',
};

type Place = (text: string) => { readonly statements: readonly SourceFile[]; readonly proofs: readonly SourceFile[] };
const file = (path: string, text: string): SourceFile => ({ path, text });
const stated = (text: string): ReturnType<Place> => ({ statements: [file('theorems/a.weft', text)], proofs: [] });
const proved = (steps: string): ReturnType<Place> => ({
  statements: [file('theorems/a.weft', 'theorem t (x : R) : x + 1 = x')],
  proofs: [file('proofs/a.weft', `proof t\n  ${steps}\nqed\n`)],
});

export const places: Readonly<Record<string, Place>> = {
  'an import': (t) => stated(`import "${t}"\ntheorem t (x : R) : x = x`),
  'an einsum': (t) => stated(`theorem t (x : R) : einsum "${t}" (x) = x`),
  'an einsum that almost fits': (t) => stated(`theorem t [q] (x : R[q]) : einsum "q -> ${t}" (x) = x`),
  'a name': (t) => stated(`theorem ${t} (x : R) : x = x`),
  'a wire': (t) => stated(`theorem t (x : R) : ${t} = x`),
  'an axis': (t) => stated(`theorem t [n] (x : R[${t}]) : x = x`),
  'a comment': (t) => stated(`-- ${t}\ntheorem t (x : R) : y = x -- ${t}`),
  'the line of an error': (t) => stated(`theorem t (x : R) : x = y -- ${t}`),
  'a line beside an error': (t) => stated(`-- ${t}\ntheorem t (x : R) : x = y\n-- ${t}`),
  'a tactic': (t) => proved(t),
  'a rule': (t) => proved(`rewrite ${t}`),
  'a place': (t) => proved(`rewrite t at "${t}"`),
  'an instance': (t) => proved(`apply t with x := ${t}`),
  'the path of a file': (t) => ({ statements: [file(`theorems/${t}.weft`, 'theorem t (x : R) : x = y')], proofs: [] }),
  'the path of a file of proofs': (t) => ({ statements: [], proofs: [file(`proofs/${t}.weft`, 'proof t refl qed')] }),
  'the path of an imported file': (t) => ({
    statements: [file('a.weft', `import "${t}"`), file(t, `import "a.weft"`)],
    proofs: [],
  }),
};

/** Controls but the line feed, changes of direction, invisible characters, separators of lines, lone surrogates. */
const obeyed = /[^\P{C}\n]|[\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;
const inJson = new RegExp(String.raw`[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]`);

/** What is wrong with what is shown, if anything. */
export function shown(place: Place, text: string): string | undefined {
  const { statements, proofs } = place(text);
  const { diagnostics } = checkLibrary(statements, proofs);
  const sources = new Map([...statements, ...proofs].map((f) => [f.path, f.text]));
  if (diagnostics.length === 0) return 'nothing is shown';
  for (const d of diagnostics) {
    const said = render(d, sources.get(d.file), { color: false });
    const odd = obeyed.exec(said);
    if (odd) return `U+${odd[0].codePointAt(0)!.toString(16)} in ${JSON.stringify(said.slice(0, 80))}`;
    if (/^\s+at .*[:(]\d+:\d+\)?$/m.test(said.replace(/^.*\|.*$/gm, ''))) return 'a stack trace';
    if (said.length > 20_000) return `a message of ${said.length} characters`;
    const record = JSON.stringify(recordOf(d, sources.get(d.file) ?? ''));
    if (inJson.test(record)) return 'a record with a character that is obeyed';
  }
  return undefined;
}

/** The header of an array file with a hostile text as its kind. */
export function arrayShown(text: string): string | undefined {
  const bytes = encodeNpy({ dtype: 'f4', shape: [1], data: Float32Array.of(1) });
  const header = `{'descr': '${text.replace(/['\\\n]/g, '')}', 'fortran_order': False, 'shape': (1,), }`;
  const body = Buffer.from(header, 'utf8');
  const made = Uint8Array.from([
    ...bytes.slice(0, 6),
    3,
    0,
    body.length & 255,
    body.length >> 8,
    0,
    0,
    ...body,
    0,
    0,
    128,
    63,
  ]);
  const decoded = decodeNpy(made);
  if (decoded._tag === 'Right') return 'read';
  const said = renderMessage(npyMessage(decoded.left), { color: false });
  return obeyed.test(said) ? `obeyed: ${JSON.stringify(said)}` : undefined;
}
