// `weft export`, and what `weft kernels --check` says of certificates. One process runs the whole command, and writes what this one would; the
// others are called here, on projects that are checked once.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { certificates } from '../../../src/proof/certificate/certificate.js';
import { type Checked, checkProject } from '../../../src/cli/check.js';
import { type ExportOptions, exportCommand, fileOf } from '../../../src/cli/export.js';
import { kernelsCommand } from '../../../src/cli/kernels.js';
import { Refused } from '../../../src/diagnostic/refused.js';
import { read } from '../proof/certificate/reader.js';
import { smallTexts } from '../proof/certificate/small.js';
import { get } from '../../support/ir/dsl.js';
import { clean, project, weft } from '../../support/weft.js';

const small = Object.fromEntries([...smallTexts.statements, ...smallTexts.proofs].map((f) => [f.path, f.text]));
const stream = `import "../weft/theorems/reductions.weft"
import "../weft/theorems/streaming.weft"
stream added [m, k] (x : R[m k], y : R) over k
  spec map m (sum k (x[m, k]) + y)
  state (s : R[m])
  head map m (sum k (x[m, k]))
  final map m (s[m] + y)
  merge map m (s[m] + s'[m])
  mergeable
`;
const streamProofs = `import "../weft/proofs/reductions.weft"
import "../weft/proofs/streaming.weft"
proof added
  refl
qed
proof added.mergeable
  rewrite sum-add
qed
`;

let [folder, kernels] = ['', ''];
let [checked, streaming]: Checked[] = [];
beforeAll(async () => {
  folder = project(small);
  checked = await checkProject(folder, []);
  kernels = project({ 'theorems/s.weft': stream, 'proofs/s.weft': streamProofs });
  streaming = await checkProject(kernels, []);
}, 120_000);
afterEach(() => {
  vi.restoreAllMocks();
});

interface Outcome {
  readonly exit: number;
  readonly said: string;
  readonly stdout: string;
}
/** A command in this process: what it printed, and how it would exit. */
async function outcome(command: () => Promise<number | void>): Promise<Outcome> {
  let [stdout, said] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
  try {
    return { exit: (await command()) ?? 0, said, stdout };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { exit: error.exit, said: [error.said.headline, ...error.said.details, error.said.hint].join('\n'), stdout };
  } finally {
    vi.restoreAllMocks();
  }
}
let made = 0;
const fresh = (): string => join(folder, `out${(made += 1)}`);
const run = (
  names: readonly string[],
  options: Partial<ExportOptions> = {},
  of = checked!,
): Promise<Outcome & { readonly into: string }> => {
  const into = options.output ?? fresh();
  return outcome(() => exportCommand(of, names, { ...options, output: into })).then((o) => ({ ...o, into }));
};

describe('export', () => {
  test('writes a theorem and what it cites, one line a file', async () => {
    const ran = await run(['moved']);
    expect(ran.exit).toBe(0);
    expect(readdirSync(ran.into).sort()).toEqual(['moved.cert', 'swapped.cert']);
    const lines = ['moved', 'swapped'].map((name) => {
      const { text, steps, bytes, hash } = get(certificates(checked!.library).of(name));
      expect(readFileSync(join(ran.into, `${name}.cert`), 'utf8')).toBe(text);
      return `wrote ${name}.cert (${steps} steps, ${bytes} bytes) ${hash}, on axioms that are not the library's: add-comm\n`;
    });
    expect(ran.stdout).toBe(lines.join(''));
  });

  test('--json says the same as data', async () => {
    const { stdout } = await run(['moved'], { json: true });
    const { files } = JSON.parse(stdout) as { readonly files: readonly Record<string, unknown>[] };
    const { hash, steps, terms, bytes } = get(certificates(checked!.library).of('moved'));
    expect(files.map((f) => f['file'])).toEqual(['moved.cert', 'swapped.cert']);
    expect(files[0]).toEqual({
      file: 'moved.cert',
      kind: 'theorem',
      name: 'moved',
      hash,
      steps,
      terms,
      bytes,
      cites: ['swapped'],
      axioms: [
        ['add-comm', '(x y : R) : x + y = y + x', false],
        ['add-zero', '(x : R) : x + 0 = x', true],
      ].map(([axiom, says, library]) => ({
        name: axiom,
        file: 'theorems/small.weft',
        statement: `axiom ${String(axiom)} ${String(says)}`,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        library,
      })),
    });
  });

  test('of a stream: its laws, and with --schedules the theorem of its kernel', async () => {
    const plain = await run(['added'], {}, streaming);
    expect(readdirSync(plain.into)).toEqual(expect.arrayContaining(['added.cert', 'added.mergeable.cert']));
    expect(readdirSync(plain.into)).not.toContain('added.schedule.cert');
    const { into } = await run(['added'], { schedules: true }, streaming);
    const schedule = read(readFileSync(join(into, 'added.schedule.cert'), 'utf8'));
    expect(schedule.kind).toBe('schedule');
    for (const r of schedule.records.filter((x) => x.items[0] === 'cite'))
      expect(readdirSync(into)).toContain(`${JSON.parse(String(r.items[1]))}.cert`);
    expect(readdirSync(into)).toContain('merge-tiling.cert');
  });

  test('--all writes every proved theorem and schedule, and the whole command the same bytes', async () => {
    const { into, exit } = await run([], { all: true }, streaming);
    expect(exit).toBe(0);
    const names = [...streaming!.library.proved.keys()].map((n) => `${n}.cert`);
    expect(names.length).toBeGreaterThan(10);
    expect(readdirSync(into).sort()).toEqual([...names, 'added.schedule.cert'].sort());
    const process = weft(folder, ['export', '--all', '-o', 'whole']);
    expect(process).toMatchObject({ status: 0, stderr: '' });
    const here = await run([], { all: true });
    for (const f of readdirSync(here.into))
      expect(readFileSync(join(folder, 'whole', f), 'utf8')).toBe(readFileSync(join(here.into, f), 'utf8'));
    expect(readdirSync(here.into)).toHaveLength(4);
  });

  test('--all leaves out what is not proved, says so, and exits as check does', async () => {
    const open = await checkProject(
      project({ ...small, 'proofs/small.weft': small['proofs/small.weft']!.replace('rewrite still with c := m', '?') }),
      [],
    );
    const ran = await run([], { all: true }, open);
    expect(ran.exit).toBe(2);
    expect(ran.said).toContain('no certificate for `shrink`: it is open, not proved');
    expect(readdirSync(ran.into).sort()).toEqual(['again.cert', 'moved.cert', 'swapped.cert']);
    expect(await run(['shrink'], {}, open)).toMatchObject({ exit: 2, stdout: '' });
  });

  test.each([
    ['an unknown name, with the nearest', ['swaped'], {}, 'swapped'],
    ['an axiom', ['add-comm'], {}, 'is an axiom'],
    ['no name', [], {}, 'no theorem is named'],
    ['a name and --all', ['moved'], { all: true }, '--all leaves no theorem to name'],
    ['--schedules without a stream', ['moved'], { schedules: true }, 'there is no stream'],
    ['a path for a name', ['../moved'], {}, 'there is no theorem'],
  ] as const)('refuses %s', async (_, names, options, said) => {
    const ran = await run(names, options);
    expect(ran).toMatchObject({ exit: 3, stdout: '' });
    expect(ran.said).toContain(said);
    expect(existsSync(ran.into)).toBe(false);
  });

  test('refuses a file in place of the folder; a folder that is there is fine', async () => {
    const into = fresh();
    writeFileSync(into, 'mine');
    expect((await run(['moved'], { output: into })).said).toContain('is a file');
    expect(readFileSync(into, 'utf8')).toBe('mine');
    const below = await run(['moved'], { output: join(into, 'below') });
    expect(below.exit).toBe(3);
    const there = fresh();
    mkdirSync(there);
    expect((await run(['moved'], { output: there })).exit).toBe(0);
  });

  test('replaces a certificate, and nothing that Weft did not write: then no file is written', async () => {
    const { into } = await run(['moved']);
    const [moved, swapped] = [join(into, 'moved.cert'), join(into, 'swapped.cert')];
    writeFileSync(moved, 'weft-certificate 1\nold\n');
    expect((await run(['moved'], { output: into })).exit).toBe(0);
    expect(readFileSync(moved, 'utf8')).toBe(get(certificates(checked!.library).of('moved')).text);
    for (const mine of ['by hand\n', '', 'weft-certificate 10\n']) {
      writeFileSync(moved, 'weft-certificate 1\nold\n');
      writeFileSync(swapped, mine);
      const ran = await run(['moved'], { output: into });
      expect(ran).toMatchObject({ exit: 3, stdout: '' });
      expect(ran.said).toContain('Weft did not write it');
      expect([readFileSync(moved, 'utf8'), readFileSync(swapped, 'utf8')]).toEqual(['weft-certificate 1\nold\n', mine]);
    }
  });

  test.each(['../up', 'a/b', 'a\\b', '', '.', '..', 'a..b', '-o', 'nul\0', 'é', 'a\n'])(
    'no file is named after %j',
    (name) => {
      expect(() => fileOf('theorem', name)).toThrow(Refused);
      expect(fileOf('theorem', "a-b_1'.foldable")).toBe("a-b_1'.foldable.cert");
    },
  );

  test('the whole command: usage errors exit 3', () => {
    for (const args of [
      ['export', 'moved'],
      ['export', 'moved', '-o'],
      ['export', 'moved', '-o', 'x', '--nothing'],
    ]) {
      const ran = weft(folder, args);
      expect(ran).toMatchObject({ status: 3, stdout: '' });
      expect(clean(ran.stderr)).toBe(true);
    }
  });
});

describe('kernels', () => {
  const write = (): Promise<Outcome> => outcome(() => kernelsCommand(streaming!, kernels, [], {}));
  const check = (): Promise<Outcome> => outcome(() => kernelsCommand(streaming!, kernels, [], { check: true }));
  const path = (): string => join(kernels, 'kernels/added.wgsl');

  test('name the certificates of the scheduled theorem and of their own', async () => {
    await write();
    const { into } = await run(['added'], { schedules: true, json: true }, streaming);
    const header = readFileSync(path(), 'utf8');
    const hash = (file: string): string =>
      createHash('sha256')
        .update(readFileSync(join(into, file)))
        .digest('hex');
    expect(header).toContain(`// certificate: ${hash('added.schedule.cert')}\n`);
    expect(header).toContain(`// certificate of the theorem: ${hash('added.cert')}\n`);
    expect((await check()).exit).toBe(0);
  });

  test.each([
    ['another hash', (text: string) => text.replace(/(certificate: )[0-9a-f]{8}/, '$100000000')],
    ["another hash of the theorem's", (text: string) => text.replace(/(of the theorem: )[0-9a-f]{8}/, '$100000000')],
    ['no hash', (text: string) => text.replace(/^\/\/ certificate.*\n/gm, '')],
    ['one more', (text: string) => text.replace(/^(\/\/ certificate: )/m, `$1${'0'.repeat(64)}\n$1`)],
  ])('with %s in the header are E-CERT', async (_, forge) => {
    await write();
    const text = readFileSync(path(), 'utf8');
    expect(forge(text)).not.toBe(text);
    writeFileSync(path(), forge(text));
    const ran = await check();
    expect(ran.exit).toBe(1);
    expect(ran.said).toContain('E-CERT   added.wgsl');
    writeFileSync(path(), text.replace('// validated', '// Validated'));
    const other = await check();
    expect(other.said).toContain('differs  added.wgsl');
    expect(other.said).not.toContain('E-CERT');
    writeFileSync(path(), text);
    expect((await check()).exit).toBe(0);
  });
});
