// Every diagnostic of the error reference has one headline, one hint, its place, and no character that a terminal would obey; colours
// appear only when asked for. What runs and extraction can say is total by type, and is tried here on one fact of each kind.
import { describe, expect, test } from 'vitest';
import { extractMessage, shapeMessage } from '../../../src/diagnostic/extract.js';
import { recordOf, render } from '../../../src/diagnostic/render.js';
import { npyMessage, runMessage } from '../../../src/diagnostic/run.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { blocksOf } from '../../docs/blocks.js';

const page = blocksOf('docs/reference/errors.md');
const scripts = page.flatMap((b, i) => {
  const statements = b.words[0] === 'theorems' ? b : page.slice(0, i).findLast((x) => x.words[0] === 'theorems')!;
  const proofs = b.words[0] === 'proofs' ? b.text : '';
  return b.words[1] === undefined || b.words[1] === 'ok'
    ? []
    : [{ code: b.words[1], statements: statements.text, proofs }];
});

describe('diagnostics', () => {
  test.each(scripts.map((s): [string, typeof s] => [s.code, s]))('%s', (code, { statements, proofs }) => {
    const { diagnostics } = checkLibrary([{ path: 't.weft', text: statements }], [{ path: 'p.weft', text: proofs }]);
    const found = diagnostics.filter((d) => d.code === code);
    expect(found.length).toBeGreaterThan(0);
    for (const d of found) {
      const text = d.file === 't.weft' ? statements : proofs;
      const shown = render(d, text, { color: false });
      expect(shown.match(/ hint: /g)).toHaveLength(1);
      expect(shown).toMatch(new RegExp(`^${d.file}:\\d+:\\d+ ${code} `));
      expect(shown).toContain('^');
      expect([...shown].every((c) => c >= ' ' || c === '\n')).toBe(true);
      expect(render(d, text, { color: true })).toContain('\u001b[');
      const record = recordOf(d, text);
      expect(shown).toContain(`:${record.line}:${record.column} ${code} ${record.message}`);
      expect(record.message).not.toContain('\n');
    }
  });

  test('E-EQ shows both sides over the wires, and where they differ', () => {
    const { statements, proofs } = scripts.find((s) => s.code === 'E-EQ')!;
    const { diagnostics } = checkLibrary([{ path: 't.weft', text: statements }], [{ path: 'p.weft', text: proofs }]);
    const shown = render(diagnostics[0]!, proofs, { color: false });
    expect(shown).toContain('(x : R[n], y : R[n])');
    expect(shown).toContain('map n (exp(x[n] + y[n]))');
    expect(shown).toMatch(/left {3}x\[n\] \+ y\[n\]/);
    expect(shown).toMatch(/right {2}y\[n\] \+ x\[n\]/);
  });
});

describe('other facts', () => {
  test.each([
    ['a header', npyMessage({ _tag: 'FortranOrder' }), 'Fortran order'],
    ['a type', npyMessage({ _tag: 'UnsupportedDtype', dtype: '<i4\u001b' }), 'not supported'],
    [
      'a package',
      runMessage({ _tag: 'PackageMissing', package: 'webgpu', detail: 'a\nb' }),
      '`webgpu` is not installed',
    ],
    ['a limit', runMessage({ _tag: 'OverLimit', what: 'workgroup memory', asked: 3, limit: 2 }), 'workgroup memory'],
    [
      'memory',
      extractMessage({
        _tag: 'Memory',
        name: 'f',
        error: { _tag: 'MemoryError', level: 'lanes', needed: 9, limit: 8 },
      }),
      'do not fit',
    ],
    [
      'no stream',
      extractMessage({ _tag: 'NoStream', name: 'f', candidates: ['g'] }),
      'there is no stream and no definition `f`',
    ],
    ['a wire', shapeMessage({ _tag: 'MissingWire', wire: 'q', wires: ['q', 'k'] }), '`q` is not given'],
  ])('%s', (_, { headline, details, hint }, part) => {
    expect(headline).toContain(part);
    for (const line of [headline, hint, ...details])
      expect([...line].every((c) => c >= ' ' && c !== '\u007f')).toBe(true);
    expect(hint.length).toBeGreaterThan(10);
  });
});
