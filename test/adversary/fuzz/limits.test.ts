// docs/reference/limits.md against the constants of the code: every number is there, and is the number that is used.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CELL_BUDGET } from '../../../src/core/cells.js';
import { AXIS_DEPTH } from '../../../src/core/axis.js';
import { FUEL } from '../../../src/core/fuel.js';
import { WORDS } from '../../../src/core/rational.js';
import { UNFOLDING_DEPTH } from '../../../src/core/substitution.js';
import { maximumDepth } from '../../../src/language/point/error.js';
import { LIMITS } from '../../../src/replay/logic/refusal.js';
import { CHARACTER_FUEL, RUN_FUEL } from '../../../src/proof/script/check.js';
import { PROOF_FUEL } from '../../../src/proof/script/attempt.js';
import { longestCompared } from '../../../src/language/elaborate/scope.js';
import { limits } from '../../../src/language/point/size.js';
import { SIDE_FUEL } from '../../../src/proof/script/find.js';
import { MOST_HOLES } from '../../../src/proof/script/holes.js';
import { SUGGEST_FUEL, TRY_FUEL } from '../../../src/proof/script/suggest.js';
import { casesLimit, simpLimit } from '../../../src/proof/script/step.js';
import { tautoLimit } from '../../../src/proof/tactic/tauto.js';
import { maximumRules } from '../../../src/language/syntax/depth.js';
import { maximumPrefixes } from '../../../src/language/syntax/precedence.js';
import { shownDepth } from '../../../src/language/print/tree.js';
import { evaluatedDepth } from '../../../src/proof/refute/evaluate.js';
import { foreseenDepth } from '../../../src/run/reference/extent.js';
import { maximumLength, maximumNesting } from '../../../src/language/syntax/parse.js';
import { lemmaLimit } from '../../../src/proof/tactic/polynomial.js';
import { denominatorLimit } from '../../../src/proof/tactic/field.js';
import { linearLimit } from '../../../src/proof/tactic/linear.js';
import { numberPasses } from '../../../src/proof/tactic/normalise.js';
import { signLimit } from '../../../src/proof/tactic/signs.js';
import { triesLimit } from '../../../src/proof/tactic/rewrite.js';
import { largest, passes } from '../../../src/proof/tactic/ring.js';
import { limits as ofFuzz } from './part.js';

const page = readFileSync(fileURLToPath(new URL('../../../docs/reference/limits.md', import.meta.url)), 'utf8');
const stated = Object.fromEntries([...page.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map((m) => [m[1]!, Number(m[2])]));

test('the page states the limits of the code, and no others', () => {
  const used = { maximumLength, maximumNesting, longestCompared, ...limits };
  const automatic = { numberPasses, signLimit, denominatorLimit, linearLimit };
  const tactics = { simpLimit, casesLimit, tautoLimit, triesLimit, passes, largest, lemmaLimit, ...automatic };
  const core = { CELL_BUDGET, AXIS_DEPTH, WORDS, UNFOLDING_DEPTH, FUEL };
  const runs = { maximumDepth, PROOF_FUEL, RUN_FUEL, CHARACTER_FUEL };
  const depths = { maximumRules, maximumPrefixes, shownDepth, evaluatedDepth, foreseenDepth };
  const advice = { SUGGEST_FUEL, TRY_FUEL, MOST_HOLES, SIDE_FUEL };
  const { work, base, character } = LIMITS;
  expect(stated).toEqual({ ...used, ...tactics, ...core, ...runs, ...depths, ...advice, work, base, character });
  expect(Object.keys(stated).length).toBeGreaterThan(15);
});
test('the page states what the fuzz allows', () => {
  expect(page).toContain(`${ofFuzz.worst} seconds of processor time and a heap of ${ofFuzz.megabytes} MB`);
});
