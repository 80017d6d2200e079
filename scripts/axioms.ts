// Writes src/proof/certificate/library.generated.ts: the hashes of the axioms that ship with Weft, by which `weft check` tells them from a project's. Run it
// when theorems/ states another axiom: `npx tsx --tsconfig tsconfig.build.json scripts/axioms.ts`. It does not know what an axiom says.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { axiomHash } from '../src/proof/certificate/axiom.js';
import { readStatements } from '../src/proof/script/statements.js';

const root = new URL('../', import.meta.url);
const files = readdirSync(new URL('theorems/', root)).sort();
const sources = files.map((f) => ({
  path: `theorems/${f}`,
  text: readFileSync(new URL(`theorems/${f}`, root), 'utf8'),
}));
const axioms = [...readStatements(sources).axioms.values()].map(({ name, thm }) => [axiomHash(thm), name] as const);
const lines = axioms.map(([hash, name]) => `  '${hash}': '${name}',`);
writeFileSync(
  new URL('src/proof/certificate/library.generated.ts', root),
  `// Written by scripts/axioms.ts: the axioms that ship with Weft, by the hash of what they say. Do not edit.
// prettier-ignore
export const LIBRARY_AXIOMS: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`,
);
