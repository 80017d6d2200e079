/** What the parser refuses, in words. Knows no places. */
import type { SyntaxFailure } from '../language/syntax/parse.js';
import { clean, listed, quoted } from '../language/print/clean.js';
import { type Message, message } from './message.js';
import { mistakeMessage } from './mistake.js';

const shownAtMost = 8;
const operators = /^"(\+\+|[-+*/<>]|<=|>=|==|and|or)"$/;
/** What a reader looks for first: the end of what is open, then names and words. */
const likely = ['"qed"', '")"', '"]"', '"}"', '":"', '":="', '"="', '"in"', '"then"', '"else"', 'a name', 'a number'];
const rank = (e: string): number => {
  const at = likely.indexOf(e);
  return at >= 0 ? at : /^"[a-z]/.test(e) ? 50 : operators.test(e) ? 99 : 70;
};

/** The names that grammars give to their rules, without the machinery of white space; the likeliest first, operators as one. */
function expectedText(expected: readonly string[]): string {
  const wanted = expected.filter(
    (e) =>
      !/^"a"\.\./.test(e) && !/^(a |an )?(space|comment|not |end of (line|input)|" "|keyword)/.test(e) && e !== '" "',
  );
  const ordered = [...wanted].sort((a, b) => rank(a) - rank(b));
  const several = ordered.filter((e) => operators.test(e)).length > 2;
  const items = [...new Set(ordered.map((e) => (several && operators.test(e) ? 'an operator' : clean(e))))];
  const shown = items.slice(0, shownAtMost);
  return items.length > shownAtMost ? `${shown.join(', ')}, …` : listed(shown, 'or');
}

const instead = {
  space: 'write a space instead',
  line: 'end lines with LF, or with CR and LF, and with nothing else',
  nothing: 'remove it: it is not seen, and what is seen should be what is read',
} as const;

function characterMessage(code: number, how: keyof typeof instead): Message {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const details = how === 'space' ? [`${name} stands in place of a space`] : [];
  return message(`the character ${name} may not stand here`, instead[how], details);
}

export function syntaxMessage({ fact }: SyntaxFailure): Message {
  switch (fact._tag) {
    case 'Unexpected': {
      const found = fact.found === '' ? 'the end of the text' : quoted(fact.found);
      const expected = expectedText(fact.expected);
      const details = expected === '' ? [] : [`expected  ${expected}`, `found     ${found}`];
      return message(`${found} does not fit here`, '`weft help language` lists every form of the language', details);
    }
    case 'Mistake':
      return mistakeMessage(fact.mistake);
    case 'Character':
      return characterMessage(fact.code, fact.instead);
    case 'Chained':
      return message('comparisons do not chain', 'write `a < b and b < c`');
    case 'TooLong':
      return message(`${fact.length} characters are more than ${fact.limit}`, 'divide the file and import its parts');
    case 'TooDeep':
      return message(`nested more than ${fact.limit} deep`, 'name a part with `def` or `let`');
  }
}
