/**
 * The two checkers against each other on structural equality: random pairs of diagrams, as the one step of a certificate. Invariant: the first says
 * what it says through its door, the second reads text; where both decide and differ, one of them is wrong. It does not know which.
 */
import * as E from 'fp-ts/lib/Either.js';
import { Records } from '../../../src/proof/certificate/records.js';
import { Things } from '../../../src/proof/certificate/term.js';
import type * as Door from '../../../src/core/index.js';
import { check } from '../../../src/replay/certificate/certificate.js';
import { Refusal } from '../../../src/replay/logic/refusal.js';
import { readStatements } from '../../../src/replay/language/statement.js';
import { core as K } from '../../support/door.js';
import { toward } from '../../oracle/laws/generate.js';
import { mutated } from '../../oracle/laws/mutate.js';
import { effort, someObj } from '../../oracle/laws/object.js';
import { randomTerm } from '../../oracle/laws/property.js';
import { beyond, inContext, laws } from '../../oracle/laws/rules.js';
import { partsOf, show } from '../../oracle/laws/show.js';
import { Tape, choicesOf } from '../../oracle/laws/tape.js';

type Pair = readonly [Door.Term, Door.Term];
type Answer = 'equal' | 'different' | 'declined';

/** A structural law in a context; a diagram and its neighbour; two diagrams of one type; a law that does not hold structurally. */
const kinds: readonly ((tape: Tape, choices: readonly number[]) => Pair)[] = [
  (tape) => inContext(tape, tape.pick(Object.values(laws))(tape)),
  (tape) => inContext(tape, tape.pick(Object.values(laws))(tape)),
  (_tape, choices) => {
    const f = randomTerm(choices);
    return [f, mutated(new Tape([...choices].reverse()), f)];
  },
  (tape) => {
    const [from, to] = [someObj(tape), someObj(tape, 2)];
    return [toward(tape, from, to), toward(tape, from, to)];
  },
  (tape) => inContext(tape, tape.pick(Object.values(beyond))(tape)),
];

function first([f, g]: Pair): Answer {
  const said = K.equal(f, g);
  if (E.isLeft(said)) return 'declined';
  return said.right ? 'equal' : 'different';
}

const statements = readStatements([{ path: 'theorems/one.weft', text: 'theorem one () : 0 = 0\n' }]);

/** The step is refused where the sides differ; what stands after it, that this is not the statement, where they are equal. */
function second([f, g]: Pair): Answer {
  const records = new Records();
  const things = new Things(records);
  const step = records.add('s', 'eq', things.term(f), things.term(g));
  const lines = ['weft-certificate 1', 'theorem "one"', ...records.lines, `qed ${step}`, ''];
  try {
    check(lines.join('\n'), { statements, cited: new Map() });
    return 'equal';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.declined) return 'declined';
    const { line } = error as Refusal & { readonly line?: number };
    if (line === undefined || line < lines.length - 2) throw error;
    return line === lines.length - 1 ? 'equal' : 'different';
  }
}

export interface Compared {
  readonly pairs: number;
  readonly equal: number;
  readonly different: number;
  readonly declined: number;
  readonly disagreements: readonly string[];
}

export function compare(seed: number, count: number): Compared {
  const found = { pairs: 0, equal: 0, different: 0, declined: 0, disagreements: [] as string[] };
  for (let n = 0; n < count; n++) {
    const choices = choicesOf(seed + n, 300);
    const pair = kinds[n % kinds.length]!(new Tape(choices), choices);
    if (pair[0] === pair[1] || pair.some((t) => effort(t, partsOf) > 20_000)) continue;
    const [a, b] = [first(pair), second(pair)];
    found.pairs++;
    if (a === 'declined' || b === 'declined') found.declined++;
    else if (a === b) found[a]++;
    else
      found.disagreements.push(
        `seed ${seed + n}: ${a} for the first, ${b} for the second\n${pair.map(show).join('\n')}`,
      );
  }
  return found;
}
