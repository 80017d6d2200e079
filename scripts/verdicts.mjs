// Writes dist/verdicts.json: what the built code proves of the library that ships with it, for those who check theorems over it (src/project/cache.ts).
// Invariant: every proof is run, whatever an earlier check left; where one theorem is not proved, or nothing was built, there is no such file and the exit is 1.
// `npm pack` runs it. It does not know what a verdict holds.
import { rmSync } from 'node:fs';
import { shippedCache } from '../dist/project/cache.js';
import { loadSources, packageFolder } from '../dist/project/project.js';
import { checkLibrary } from '../dist/proof/script/check.js';

rmSync(new URL('../dist/verdicts.json', import.meta.url), { force: true });
const cache = shippedCache();
const { statements, proofs } = loadSources(packageFolder, []);
const { theorems, diagnostics } = checkLibrary(statements, proofs, { memory: cache?.memory });
const open = theorems.filter((t) => t.status !== 'proved').map((t) => t.name);
const errors = diagnostics.filter((d) => d.severity === 'error').map((d) => `${d.code} in ${d.file}`);
const wrong = [
  ...(cache ? [] : ['dist is no build']),
  ...(theorems.length > 0 ? [] : ['no theorem']),
  ...open,
  ...errors,
];
if (wrong.length > 0) {
  console.error(`verdicts: nothing is written: ${wrong.join(', ')}`);
  process.exit(1);
}
cache.save();
console.error(`verdicts: ${theorems.length} theorems`);
