// Prints "passed failed skipped" of a vitest JSON report, and the names of the tests that were skipped (on stderr).
// A test file that did not load counts as one failure: it has no tests to count. No report, no answer: status 1.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tests = report.testResults.flatMap((file) => file.assertionResults);
const count = (...states) => tests.filter((t) => states.includes(t.status)).length;
const unloaded = report.testResults.filter(
  (f) => f.status === 'failed' && !f.assertionResults.some((t) => t.status === 'failed'),
);

const known = count('passed') + count('failed') + count('skipped', 'pending', 'todo', 'disabled');
if (known !== tests.length) throw new Error(`${tests.length - known} tests have a state that is not known here`);
for (const t of tests.filter((t) => !['passed', 'failed'].includes(t.status))) console.error(`skipped: ${t.fullName}`);
for (const f of unloaded) console.error(`not loaded: ${f.name}`);
console.log(count('passed'), count('failed') + unloaded.length, tests.length - count('passed') - count('failed'));
