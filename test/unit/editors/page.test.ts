// The page of goals: everything that is said is shown, as text; only the drawing is markup.
import { describe, expect, it } from 'vitest';
import { type Answer, body, page } from '../../../editors/vscode/src/page.js';

const empty: Answer = { goals: null, messages: [], law: null, name: null };
const goal = { hyps: [{ names: ['x'], ty: 'R<b>' }], ty: 'x < 0\n= x' };
const full: Answer = {
  goals: { goals: [goal, goal], stack: [[[goal], []]] },
  messages: [{ text: '<script>', level: 1 }],
  law: 'theorem t : a < b',
  name: 't',
  picture: '<svg></svg>',
  suggestions: [
    { steps: ['rewrite a', 'ring'], finishes: true, conditions: 0 },
    { steps: ['apply <x>'], finishes: false, conditions: 2 },
  ],
  counterexample: { text: 'n = 1 & x = 2' },
};

describe('the page of goals', () => {
  it('shows what there is', () => {
    const shown = body(full);
    expect(shown).toContain('<h2>2 goals, 1 around</h2>');
    expect(shown).toContain('<pre class="concl">x &#60; 0\n= x</pre>');
    expect(shown).toContain('<div class="picture"><svg></svg></div>');
    expect(shown).toContain('<li class="finishes"><pre>rewrite a\nring</pre></li>');
    expect(shown).toContain('<i>leaves 2 conditions</i>');
    expect(shown).toContain('n = 1 &#38; x = 2');
  });
  it('lets no text be markup', () => {
    const shown = body(full);
    expect(shown).toContain('&#60;script&#62;');
    expect(shown.match(/<(?!\/?(?:pre|div|span|h2|ul|li|i|svg)\b)/g)).toBeNull();
  });
  it('tells no proof, no goal and a proof that stops apart', () => {
    expect(body(null)).toContain('No proof here');
    expect(body(empty)).toContain('No proof here');
    expect(body({ ...empty, name: 't' })).toContain('The proof stops before this place');
    expect(body({ ...empty, name: 't', goals: { goals: [], stack: [] } })).toContain('No goals here');
    expect(body({ ...full, suggestions: [] })).toContain('No step is known');
  });
  it('runs its own script alone', () => {
    const made = page('abc');
    expect(made.match(/<script[^>]*>/g)).toEqual(['<script nonce="abc">']);
    expect(made).toContain("default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-abc'");
  });
});
