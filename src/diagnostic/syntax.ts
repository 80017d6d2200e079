/** What the parser refuses, in words. Knows no places. */
import type { SyntaxFailure } from '../syntax/parse.js';
import { clean, listed, quoted } from './clean.js';
import { type Message, message } from './message.js';

const shownAtMost = 6;

/** The names that grammars give to their rules, without the machinery of white space. */
function expectedText(expected: readonly string[]): string {
  const wanted = expected.filter((e) => !/^(a |an )?(space|comment|not |end of line)/.test(e)).map(clean);
  const shown = wanted.slice(0, shownAtMost);
  return wanted.length > shownAtMost ? `${shown.join(', ')}, …` : listed(shown, 'or');
}

export function syntaxMessage({ fact }: SyntaxFailure): Message {
  switch (fact._tag) {
    case 'Unexpected': {
      const found = fact.found === '' ? 'the end of the text' : quoted(fact.found);
      const expected = expectedText(fact.expected);
      const details = expected === '' ? [] : [`expected  ${expected}`, `found     ${found}`];
      return message(
        `${found} does not fit here`,
        'docs/reference/language.md lists every form of the language',
        details,
      );
    }
    case 'Chained':
      return message('comparisons do not chain', 'write `a < b and b < c`');
    case 'TooLong':
      return message(`${fact.length} characters are more than ${fact.limit}`, 'divide the file and import its parts');
    case 'TooDeep':
      return message(`nested more than ${fact.limit} deep`, 'name a part with `def` or `let`');
  }
}
