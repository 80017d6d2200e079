// The page's digest is Node's: else verdicts that ship would be of nothing.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHash as own } from '../../playground/src/node-crypto.js';
import { sha256 } from '../../playground/src/sha256.js';

const node = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

it('of any text, and at every length around the blocks', () => {
  for (let n = 0; n < 200; n += 1) expect(sha256('é'.repeat(n))).toBe(node('é'.repeat(n)));
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => sha256(text) === node(text)));
});
it('in the place of Node: the call that Weft makes, and no other', () => {
  expect(own('sha256').update('a', 'utf8').update('b', 'utf8').digest('hex')).toBe(node('ab'));
  expect(() => own('sha1')).toThrow('sha1');
});
