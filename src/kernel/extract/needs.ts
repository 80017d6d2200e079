/**
 * Which theorems a kernel needs, read off the statements: the laws of its stream, the general theorems that schedules instantiate, and the facts
 * that its domain may be proved by. Invariant: what is needed depends on the statements that the kernel's own file sees, and on no other
 * file that happens to be loaded. Proves nothing.
 */
import * as core from '../../core/index.js';
import { definitionPrefix } from '../../proof/certificate/certificate.js';
import type { Statements } from '../../proof/script/statements.js';
import type { Evaluator } from '../../proof/tactic/opening.js';
import { tilingNames } from '../schedule/claim.js';
import { signLemmas } from '../../proof/tactic/signs.js';
import { isOrderFact } from './domain.js';

const signs: ReadonlySet<string> = new Set(signLemmas);

/** The files that the statement of a stream sees, or of a definition the file that declares it. */
export function sightOf({ envs, sight, stated }: Statements, name: string, isStream: boolean): ReadonlySet<string> {
  if (isStream) return sight.get(stated.get(name)?.file ?? '') ?? new Set();
  const knowing = [...envs].flatMap(([file, e]) => (e.functions.has(name) ? (sight.get(file) ?? []) : []));
  const [least] = [...knowing].sort((a, b) => a.size - b.size); // all that see it import its own file
  return least ?? new Set();
}

/** The theorems that the kernel of a stream or a definition needs; of what is neither, none but its own. */
export function neededBy(statements: Statements, name: string): readonly string[] {
  const { streams, stated } = statements;
  const plain = name.startsWith(definitionPrefix) ? name.slice(definitionPrefix.length) : name;
  const stream = streams.get(name);
  const isStream = stream !== undefined;
  if (!isStream && stated.has(name)) return [name];
  const files = sightOf(statements, plain, isStream);
  const facts = orderFactsIn(statements, files, core.evaluator());
  return [name, ...(stream ? Object.values(tilingNames(stream)) : []), ...facts];
}

/** Facts about `<`, and the lemmas by which signs are found. */
const orderFactsIn = ({ stated }: Statements, files: ReadonlySet<string>, evaluator: Evaluator): readonly string[] =>
  [...stated.values()].flatMap(({ name, file, law }) =>
    law && files.has(file) && (signs.has(name) || isOrderFact(law, evaluator)) ? [name] : [],
  );
