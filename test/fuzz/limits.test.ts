// docs/reference/limits.md against the constants of the code: every number is there, and is the number that is used.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { CELL_BUDGET } from '../../src/core/cells.js';
import { NODE_BUDGET } from '../../src/core/node.js';
import { longestCompared } from '../../src/elaborate/scope.js';
import { limits } from '../../src/elaborate/size.js';
import { casesLimit, simpLimit } from '../../src/script/step.js';
import { maximumLength, maximumNesting } from '../../src/syntax/parse.js';
import { lemmaLimit } from '../../src/tactic/polynomial.js';
import { triesLimit } from '../../src/tactic/rewrite.js';
import { largest, passes } from '../../src/tactic/ring.js';
import { limits as ofFuzz } from './part.js';

const page = readFileSync(fileURLToPath(new URL('../../docs/reference/limits.md', import.meta.url)), 'utf8');
const stated = Object.fromEntries([...page.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map((m) => [m[1]!, Number(m[2])]));

test('the page states the limits of the code, and no others', () => {
  const used = { maximumLength, maximumNesting, longestCompared, ...limits };
  const tactics = { simpLimit, casesLimit, triesLimit, passes, largest, lemmaLimit };
  expect(stated).toEqual({ ...used, ...tactics, NODE_BUDGET, CELL_BUDGET });
  expect(Object.keys(stated).length).toBeGreaterThan(15);
});
test('the page states what the fuzz allows', () => {
  expect(page).toContain(`${ofFuzz.worst} seconds of processor time and a heap of ${ofFuzz.megabytes} MB`);
});
