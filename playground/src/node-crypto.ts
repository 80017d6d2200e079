// What the bundle has in place of Node's `crypto`: the one call that Weft makes of it. Invariant: any other use throws. Knows no hash but SHA-256.
import { sha256 } from './sha256.js';

interface Hash {
  readonly update: (text: string, encoding: 'utf8') => Hash;
  readonly digest: (encoding: 'hex') => string;
}

export function createHash(name: string): Hash {
  if (name !== 'sha256') throw new Error(`no hash ${name} in the page`);
  let all = '';
  const hash: Hash = {
    update: (text, encoding) => {
      if (typeof text !== 'string' || encoding !== 'utf8') throw new Error('only text is hashed in the page');
      all += text;
      return hash;
    },
    digest: (encoding) => {
      if (encoding !== 'hex') throw new Error('only hexadecimal in the page');
      return sha256(all);
    },
  };
  return hash;
}
