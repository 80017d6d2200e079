// Mistakes, and the words that a person needs: a code, phrases that must occur and phrases that must not. Each has its accepted twin:
// the sound statement and its proof, beside which the mistake stands alone.
import { describe, expect, it } from 'vitest';
import { checkTexts } from 'weft';
import { attack } from './mistakes/attack.js';
import { listed } from './mistakes/listed.js';
import { own } from './mistakes/own.js';
import { provers } from './mistakes/provers.js';
import { type Row, noise, prelude, sound } from './mistakes/row.js';

const all = { listed, ...provers, own, attack };

function messagesOf({ theorems, proofs }: Pick<Row, 'theorems' | 'proofs'>): readonly string[] {
  const statements = theorems ?? sound.theorems;
  const proof = proofs ?? (theorems === undefined ? sound.proofs : undefined);
  return checkTexts([
    { path: 'theorems/a.weft', text: `${prelude}${statements}` },
    ...(proof === undefined ? [] : [{ path: 'proofs/a.weft', text: proof }]),
  ]).messages;
}
const flat = (text: string): string => text.replace(/^[> ] *\d* *\|.*$/gm, '').replace(/\s+/g, ' ');

describe.each(Object.entries(all))('%s', (_, rows) => {
  it.each(rows.map((r): [string, Row] => [r.mistake, r]))('%s', (_name, row) => {
    const messages = messagesOf(row);
    const mine = messages.filter((m) => !m.includes('is stated and has no proof'));
    const text = flat(mine.join('\n'));
    expect(text).toContain(` ${row.code} `);
    for (const phrase of row.say) expect(text).toContain(phrase);
    for (const phrase of row.never) expect(text).not.toContain(phrase);
    // one mistake, one message
    expect(mine, text).toHaveLength(1);
    const fromProof = /^\s*proof\s+t\b/im.test(row.proofs ?? '') && row.code === 'E-SYNTAX';
    for (const phrase of fromProof ? noise : noise.slice(2)) expect(flat(messages.join('\n')).replace('#check', '')).not.toContain(phrase);
  });
});

describe('the table', () => {
  it('is as long as it says', () => {
    expect(own).toHaveLength(51);
    expect(listed.length).toBeGreaterThan(30);
    expect(attack.length).toBeGreaterThan(8);
    for (const rows of Object.values(provers)) expect(rows.length).toBeGreaterThan(15);
    const names = Object.values(all).flatMap((rows) => rows.map((r) => `${r.theorems} ${r.proofs}`));
    expect(new Set(names).size).toBe(names.length);
    for (const row of Object.values(all).flat()) expect(row.say.join('').length).toBeGreaterThan(2);
  });
  it('has a twin that is accepted', () => {
    expect(messagesOf({})).toEqual([]);
  });
});
