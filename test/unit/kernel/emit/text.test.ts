// The printer on hostile names, its literals, its memory check; and that its output does not depend on what ran before.
import * as E from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../../src/kernel/emit/dialect.js';
import { emit } from '../../../../src/kernel/emit/emit.js';
import { Symbols, commentLine } from '../../../../src/kernel/emit/names.js';
import { lower } from '../../../../src/kernel/lower/lower.js';
import type { Scheduled } from '../../../../src/kernel/ir/scheduled.js';
import { runHost } from '../../../../src/run/device/host.js';
import { validateWgsl } from '../../../../src/run/device/webgpu.js';
import * as C from '../../../support/ir/cases.js';
import { get } from '../../../support/ir/dsl.js';
import { prepare, random, validated, worst } from '../../../support/ir/run.js';

const tiles = { rows: 4, stream: 3, columns: 2 };
const targets = ['wgsl', 'cuda', 'host'] as const;

/** The same term, every name replaced. */
function renamed(s: Scheduled, name: (old: string) => string): Scheduled {
  return {
    ...s,
    name: name(s.name),
    wires: s.wires.map((w) => ({ ...w, name: name(w.name) })),
    results: s.results.map(name),
    uses: s.uses.map((u) => ({ ...u, name: name(u.name) })),
  };
}

describe('names', () => {
  const hostile = [
    'for',
    'lane',
    'params',
    'block',
    'a b',
    'a-b',
    'a_b',
    '*/ int x; /*',
    '\\',
    '',
    ' ',
    '9',
    'Ω',
    'A',
    'a',
    '__x',
    'exp',
    'f32',
    '"',
    '\n',
    'select',
    'm_rest',
    '${x}',
    '`',
    // as what the emitters and the targets' headers define
    'weft_lesser',
    'WEFT_LAUNCH',
    'cudaStream_t',
    'nv',
  ];

  it('become distinct plain identifiers, whatever they are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom(...hostile)), { maxLength: 12 }), (names) => {
        const symbols = new Symbols();
        const made = names.map((n) => symbols.of('any', n));
        made.forEach((m) => expect(m).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/));
        expect(new Set(made.map((m) => m.toLowerCase())).size).toBe(names.length);
        expect(made.some((m) => ['for', 'lane', 'exp', 'f32', 'select', 'params'].includes(m))).toBe(false);
        expect(made.filter((m) => /^(WEFT|weft|cuda|nv)/.test(m))).toEqual([]);
      }),
    );
  });

  it.each(hostile)('%j and others like it do not change what a kernel computes', async (name) => {
    const old = C.weighted(tiles);
    const scheduled = renamed(old, (n) => (n === 'q' ? name : n === 'weighted' ? `${name}!` : `${name}${n}`));
    const checked = validated(scheduled);
    const next = random(7);
    const sizes = Object.fromEntries(scheduled.uses.map((u, i) => [u.name, [5, 7, 3, 4][i]!]));
    const p = prepare(scheduled, checked, 'host', sizes, next);
    expect(worst(get(await runHost(p.program, p.inputs))[0]!, p.expected)).toBeLessThan(1e-6);
    const wgsl = get(emit('wgsl', checked, [name]));
    get(await validateWgsl(wgsl.entry, wgsl.text));
  });

  it('a comment ends with its line, and ends nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(commentLine(text)).toMatch(/^\/\/[\x20-\x7e]*$/);
        expect(commentLine(text)).not.toMatch(/\\$|\*\//);
      }),
    );
  });
});

describe('text', () => {
  it('is the same from a fresh lowering, and after others', () => {
    const text = (): string[] => targets.map((t) => get(emit(t, validated(C.weighted(tiles)))).text);
    const first = text();
    validated(C.normed(tiles));
    expect(text()).toEqual(first);
  });

  it('a literal is exact or a quotient', () => {
    const shown = (num: bigint, den: bigint): string => decimal({ num, den }, 'f').text;
    expect([
      shown(1n, 2n),
      shown(-3n, 1n),
      shown(1n, 1_000_000n),
      shown(1n, 3n),
      shown(-2n, 3n),
      shown(10n ** 20n, 1n),
    ]).toEqual(['0.5f', '-3.0f', '0.000001f', '1.0f / 3.0f', '-2.0f / 3.0f', `1${'0'.repeat(20)}.0f`]);
  });
});

describe('memory', () => {
  const wide = { rows: 64, stream: 64, columns: 128 };

  it('is refused where a tile does not fit, with what it needs', () => {
    const checked = validated(C.contraction(wide));
    const refused = emit('wgsl', checked);
    expect(E.isLeft(refused) && refused.left).toEqual({
      _tag: 'MemoryError',
      level: 'workgroup',
      needed: 64 * 128 * 4,
      limit: 16384,
    });
    expect(E.isRight(emit('cuda', checked))).toBe(true);
  });

  it('is refused where a block has too many lanes', () => {
    const refused = emit('wgsl', validated(C.contraction({ ...tiles, rows: 257 })));
    expect(E.isLeft(refused) && refused.left.level).toBe('lanes');
    expect(E.isRight(emit('wgsl', validated(C.contraction({ ...tiles, rows: 256 }))))).toBe(true);
  });

  it('an emitter takes what was validated and nothing else', () => {
    const kernel = get(lower(C.contraction(tiles)));
    expect(() => emit('wgsl', { kernel } as never)).toThrow();
  });
});
