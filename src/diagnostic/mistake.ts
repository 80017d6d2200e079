/** What was probably meant where a text does not parse, in words. Invariant: total by type over the kinds of mistakes. Knows no places. */
import type { Mistake } from '../language/syntax/mistake-kind.js';
import { clean, quoted } from '../language/print/clean.js';
import { foreignHints } from './foreign.js';
import { forms } from './form.js';
import { type Message, message } from './message.js';

const codePoint = (c: string): string => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

const spelled: Readonly<Record<string, string>> = {
  '\u00a0': 'a non-breaking space',
  '\u200b': 'a zero-width space',
  '\ufeff': 'a byte order mark',
  '\u2212': 'a minus sign',
  '\u3000': 'a wide space',
};

function character({ found, instead }: Mistake & { readonly _tag: 'Character' }): Message {
  const named = spelled[found];
  const shown = named ? `${codePoint(found)}, ${named},` : `${quoted(found)} (${codePoint(found)})`;
  if (instead === ' ')
    return message(
      `${codePoint(found)} stands in place of a space`,
      'write an ordinary space',
      named ? [`it is ${named}`] : [],
    );
  if (instead !== undefined)
    return message(`${shown} is no character of the language`, `names and marks are ASCII: write \`${instead}\``);
  return message(
    `${shown} is no character of the language`,
    "names and marks are ASCII: letters, digits, `_`, `'` and `-`",
  );
}

const bracketNames: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"' };

function open({ open: bracket, found }: Mistake & { readonly _tag: 'OpenBracket' }): Message {
  const close = bracketNames[bracket] ?? ')';
  const seen = found === '' ? 'the text ends' : `${quoted(found)} comes`;
  return message(`${quoted(bracket)} is open`, `close it with ${quoted(close)}`, [`it is still open where ${seen}`]);
}

const hints: { readonly [Tag in Mistake['_tag']]: (m: Extract<Mistake, { readonly _tag: Tag }>) => Message } = {
  Character: character,
  NoQed: (m) => message(`\`proof ${clean(m.name)}\` has no \`qed\``, 'write `qed` below its last step'),
  OpenBracket: open,
  ClosesNothing: (m) => message(`${quoted(m.found)} closes nothing`, 'remove it, or open its bracket before'),
  ReservedName: (m) =>
    message(
      `${quoted(m.word)} is a word of the language, not a name`,
      `choose another name, such as \`${clean(m.word)}-of\` or \`my-${clean(m.word)}\``,
    ),
  Foreign: (m) => message(`${quoted(m.found)} is no word of Weft`, foreignHints[m.kind]),
  Misspelt: (m) =>
    message(`${quoted(m.found)} is no word of Weft`, `did you mean ${m.words.map(quoted).join(' or ')}?`),
  Form: (m) => {
    const [headline, hint] = forms[m.kind];
    return message(headline.replaceAll('%', quoted(m.found)), hint);
  },
};

export const mistakeMessage = (m: Mistake): Message => (hints[m._tag] as (m: Mistake) => Message)(m);
