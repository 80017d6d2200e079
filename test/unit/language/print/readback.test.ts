// What is shown of a diagram can be read again, and is the same diagram: over random diagrams with every former, and over every goal
// of the library. Seeds are fresh and printed.
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, test } from 'vitest';
import { equal } from '../../../../src/core/index.js';
import { showTerm } from '../../../../src/language/print/show.js';
import { elaborateExpr } from '../../../../src/language/elaborate/elaborate.js';
import { enter } from '../../../../src/language/elaborate/scope.js';
import { readStatements } from '../../../../src/proof/script/statements.js';
import { parseExpr } from '../../../../src/language/syntax/parse.js';
import { library } from '../../../support/corpus.js';
import { randomTerm } from '../../../oracle/laws/property.js';
import { choicesOf } from '../../../oracle/laws/tape.js';
import { readBack } from './readback.js';

const tries = 600;

describe('what is shown', () => {
  test('of a random diagram is read back as the same diagram', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const counts = { same: 0, abridged: 0, 'over a limit': 0, 'two of a name': 0, 'no expression': 0 };
    const wrong: string[] = [];
    for (let i = 0; i < tries; i += 1) {
      const outcome = readBack(randomTerm(choicesOf(seed + i, 200)));
      if (typeof outcome === 'string') counts[outcome] += 1;
      else wrong.push(`seed ${seed + i}: ${outcome.wrong}`);
    }
    const about = `seed ${seed}, ${JSON.stringify(counts)}`;
    expect(wrong.slice(0, 12).join('\n'), about).toBe('');
    expect(counts.same, about).toBeGreaterThan(tries / 2);
    expect(counts.abridged + counts['over a limit'], about).toBeLessThan(tries / 10);
  });

  test('of every statement of the library is read back as the same diagram', () => {
    const { stated, envs } = readStatements(library().statements);
    const laws = [...stated.values()].flatMap((s) => (s.law?.wires ? [{ s, law: s.law, wires: s.law.wires }] : []));
    expect(laws.length).toBeGreaterThan(190);
    const wrong = laws.flatMap(({ s, law, wires }) =>
      [law.lhs, law.rhs].flatMap((side) => {
        const text = showTerm(side, wires).join('\n');
        if (text.includes('…')) return [];
        const tree = parseExpr(text);
        if (E.isLeft(tree)) return [`${s.name} does not parse: ${text}`];
        const again = elaborateExpr(enter(envs.get(s.file)!, law.names), wires, tree.right);
        if (E.isLeft(again)) return [`${s.name} ${again.left.code} ${again.left.fact._tag}: ${text}`];
        const same = equal(side, again.right.term);
        return E.isRight(same) && same.right ? [] : [`${s.name} is another diagram: ${text}`];
      }),
    );
    expect(wrong.join('\n')).toBe('');
  });
});
