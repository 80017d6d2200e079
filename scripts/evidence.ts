// `weft stream FILE:NAME --over AXIS --json | npm run evidence -- FILE NAME AXIS`: checks the evidence of a refusal, or of a second pass, again.
// Shares no code with the search: it reads the definition and evaluates it by the float64 reference. Exit 0 where the evidence holds.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadBeside } from '../src/project/project.js';
import { checkLibrary } from '../src/proof/script/check.js';
import { type Printed, Subject, objection } from '../test/unit/proof/derive/evidence.js';

const [file, name, axis, seed = '1'] = process.argv.slice(2);
if (file === undefined || name === undefined || axis === undefined) {
  console.error('evidence: FILE NAME AXIS [SEED], and on standard input what `weft stream --json` printed');
  process.exit(3);
}
const sources = loadBeside(dirname(dirname(resolve(file))), resolve(file), []);
const { envs } = checkLibrary(sources.statements, []).statements;
const definition = envs.get([...sources.asked][0] ?? '')?.functions.get(name)?.definition;
const over = definition?.parameters.axes.find((a) => a.name === axis);
if (!definition || !over) {
  console.error(`evidence: ${file} has no definition ${name} over ${axis}`);
  process.exit(3);
}
const printed = JSON.parse(readFileSync(0, 'utf8')) as Printed;
const problem = objection(new Subject(definition, over), printed, Number(seed));
console.log(problem === undefined ? `${name} over ${axis}: the evidence holds` : `${name} over ${axis}: ${problem}`);
process.exit(problem === undefined ? 0 : 1);
