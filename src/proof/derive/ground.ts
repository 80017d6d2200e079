/**
 * What a search stands on: a checked library, and the scope of a file joined with that of the general theorems. Invariant: a reduction
 * may be written by name only where the name means the library's definition.
 */
import type { Env } from '../../language/elaborate/scope.js';
import type { Library } from '../script/check.js';
import type { Ground } from './verify.js';

export type { Ground };

const words = ['sum', 'product', 'max', 'min', 'all', 'any'] as const;

export function grounded(library: Library, file: Env, general: Env): Ground {
  const same = (name: string): boolean => {
    const [mine, theirs] = [file.functions.get(name), general.functions.get(name)];
    return !mine || !theirs || mine.definition === theirs.definition;
  };
  const joined =
    [...general.functions.keys()].every(same) &&
    [...general.laws.keys()].every((n) => !file.laws.has(n) || file.laws.get(n) === general.laws.get(n));
  const env: Env = joined
    ? {
        ...file,
        functions: new Map([...general.functions, ...file.functions]),
        sorts: new Set([...general.sorts, ...file.sorts]),
      }
    : file;
  const known = words.filter(
    (w) => env.functions.get(w)?.definition === general.functions.get(w)?.definition && env.functions.has(w),
  );
  return { library, env, identities: new Map(), words: new Set(known), joined };
}
