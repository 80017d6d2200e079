// Finds names of algorithms in the text of src: identifiers, strings, comments and file names alike.
// A long name is looked for as a part of any word; a short one, which ordinary words contain (terms, forms), as a whole
// word of a camelCase, snake_case or kebab-case name.
import type { Source } from '../support/tree.js';

export const anywhere = ['attention', 'softmax', 'spherical', 'sigmoid', 'matmul', 'logsumexp', 'layernorm', 'rmsnorm'];
export const asWord = ['rms', 'flash', 'lse', 'mha', 'gqa', 'gelu', 'silu', 'swiglu', 'welford'];

const words = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/),
  );

/** "Log-Sum_Exp" is read as "logsumexp" too. */
const squeezed = (text: string): string => text.toLowerCase().replace(/[-_]/g, '');

export const algorithmsIn = ({ path, text }: Source): string[] => {
  const all = `${path}\n${text}`;
  const seen = words(all);
  const joined = squeezed(all);
  return [...anywhere.filter((name) => joined.includes(name)), ...asWord.filter((name) => seen.has(name))];
};
