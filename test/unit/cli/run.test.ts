// `weft extract`, `kernels` and `run` on a stream that exists only here: the text, the files, and what is refused. One process runs the whole
// command; the others are called in this one, on a project that is checked once.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Checked, checkProject } from '../../../src/cli/check.js';
import { extractCommand } from '../../../src/cli/extract.js';
import { kernelsCommand } from '../../../src/cli/kernels.js';
import { Refused } from '../../../src/diagnostic/refused.js';
import { type RunOptions, runCommand } from '../../../src/cli/run.js';
import { decodeNpy, encodeNpy } from '../../../src/run/npy/npy.js';
import { project, weft } from '../../support/weft.js';

const stream = `import "../weft/theorems/reductions.weft"
import "../weft/theorems/streaming.weft"
-- x scaled by w, and summed
stream weighted [m, k] (x : R[m k], w : R[k], eps : R) over k
  spec map m (sum k (x[m, k] * w[k]) + eps)
  state (s : R[m])
  head map m (sum k (x[m, k] * w[k]))
  final map m (s[m] + eps)
  merge map m (s[m] + s'[m])
  commutative
-- a matrix by the scaled columns of another
stream scaled [m, k, n, d] (a : R[m k], b : R[k n d], c : R[d]) over k
  spec map m, n (sum k (a[m, k] * sum d (b[k, n, d] * c[d])))
  state (s : R[m n])
  head map m, n (sum k (a[m, k] * sum d (b[k, n, d] * c[d])))
  final s
  merge map m, n (s[m, n] + s'[m, n])
  mergeable
stream unproved [k] (x : R[k]) over k
  spec sum(x)
  state (s : R)
  head sum(x)
  final s
  merge s + s'
  commutative
`;
const proofs = `import "../weft/proofs/reductions.weft"
import "../weft/proofs/streaming.weft"
proof weighted
  refl
qed
proof weighted.mergeable
  rewrite sum-add
qed
proof weighted.commutative
  rewrite add-comm
qed
proof scaled
  refl
qed
proof scaled.mergeable
  rewrite sum-add
qed
`;

const [m, k] = [5, 37];
const values = (n: number, seed: number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => Math.sin(seed + i * i));
const [x, w] = [values(m * k, 1), values(k, 2)];
const npy = (shape: readonly number[], data: Float32Array): Uint8Array => encodeNpy({ dtype: 'f4', shape, data });

let folder = '';
let checked: Checked;
beforeAll(async () => {
  folder = project({
    'theorems/w.weft': stream,
    'proofs/w.weft': proofs,
    'x.npy': npy([m, k], x),
    'w.npy': npy([k], w),
    'long.npy': npy([k + 1], values(k + 1, 3)),
    'nan.npy': npy(
      [k],
      w.map((v, i) => (i === 3 ? NaN : v)),
    ),
    'flat.npy': npy([m * k], x),
    'broken.npy': 'not an array',
    'mine.wgsl': '// by hand\n',
  });
  checked = await checkProject(folder, []);
});
afterEach(() => {
  vi.restoreAllMocks();
});

interface Outcome {
  readonly exit: number;
  readonly said: string;
  readonly stdout: string;
}
/** A command in this process: what it printed, and how it would exit. */
async function outcome(command: () => Promise<void>): Promise<Outcome> {
  let [stdout, said] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
  try {
    await command();
    return { exit: 0, said, stdout };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { exit: error.exit, said: [error.said.headline, ...error.said.details, error.said.hint].join('\n'), stdout };
  } finally {
    vi.restoreAllMocks();
  }
}

const at = (path: string): string => join(folder, path);
/** `x=x.npy` with the file in the folder */
const placed = (text: string): string => text.replace(/=(?=.*\.npy$)/, `=${folder}/`);
const run = (inputs: readonly string[], out: readonly string[], check = false): Promise<Outcome> =>
  outcome(() => runCommand(checked, 'weighted', { target: 'host', in: inputs.map(placed), out: out.map(at), check }));
const extract = (name: string, target: string, tile?: string, output?: string): Promise<Outcome> =>
  outcome(() =>
    extractCommand(checked, name, {
      target,
      ...(tile === undefined ? {} : { tile }),
      ...(output === undefined ? {} : { output: at(output) }),
    }),
  );
const given = ['x=x.npy', 'w=w.npy', 'eps=0.25'];

describe('run', () => {
  test('writes the array, and says how far it is from the statement', async () => {
    const ran = await run(given, ['o.npy'], true);
    expect(ran.stdout).toMatch(/^weighted on the host: error \d\.\d+e[+-]\d+, bound \d\.\d+e[+-]\d+ at \(\d+\), /);
    expect(ran.exit).toBe(0);
    const out = decodeNpy(readFileSync(at('o.npy')));
    if (out._tag === 'Left') throw new Error(out.left._tag);
    expect(out.right.shape).toEqual([m]);
    out.right.data.forEach((v, i) => {
      const expected = w.reduce((s, wk, j) => s + wk * x[i * k + j]!, 0.25);
      expect(Math.abs(v - expected)).toBeLessThan(1e-4);
    });
  });
  test('takes eps as 1e-6 when it is not given, and says so', async () => {
    const ran = await run(['x=x.npy', 'w=w.npy'], ['p.npy']);
    expect(ran.said).toContain('eps is not given: 0.000001');
    expect(ran.exit).toBe(0);
  });
  test.each([
    ['a missing wire', ['x=x.npy'], ['o1.npy'], 'the wire `w` is not given'],
    ['an unknown wire', [...given, 'z=w.npy'], ['o1.npy'], 'there is no wire `z`'],
    ['a wire given twice', [...given, 'w=w.npy'], ['o1.npy'], '`w` is given twice'],
    ['a wrong size', ['x=x.npy', 'w=long.npy'], ['o1.npy'], 'the axis `k` has two sizes'],
    ['a wrong rank', ['x=flat.npy', 'w=w.npy'], ['o1.npy'], 'the array for `x` has 1 axis'],
    ['a NaN', ['x=x.npy', 'w=nan.npy'], ['o1.npy'], 'has NaN at (3)'],
    ['a broken header', ['x=x.npy', 'w=broken.npy'], ['o1.npy'], 'this is not an .npy file'],
    ['a missing file', ['x=x.npy', 'w=none.npy'], ['o1.npy'], 'it does not exist'],
    ['an array for a number', ['x=x.npy', 'w=w.npy', 'eps=w.npy'], ['o1.npy'], '`eps`'],
    ['an output that is an input', given, ['x.npy'], '` is an input'],
    ['an output that is something else', given, ['mine.wgsl'], 'is not an .npy file'],
    ['no output', given, [], 'no output is named'],
    ['a folder that is not there', given, ['no/o.npy'], 'cannot be written'],
  ])('refuses %s', async (_, inputs, out, said) => {
    const ran = await run(inputs, out);
    expect(ran.said).toContain(said);
    expect(ran.exit).toBe(3);
    expect(existsSync(at('o1.npy'))).toBe(false);
  });
});

describe('extract', () => {
  test('prints the kernel, with the line that marks it', () => {
    const ran = weft(folder, ['extract', 'weighted', '--target', 'wgsl', '--tile', 'k=8']);
    expect(ran.stdout.split('\n')[0]).toBe('// Generated by Weft: weft extract weighted --target wgsl --tile k=8');
    expect(ran.stdout).toContain('@compute');
    expect(ran.status).toBe(0);
  });
  test('replaces its own file, and no other', async () => {
    const write = (file: string): Promise<Outcome> => extract('weighted', 'cuda', undefined, file);
    expect((await write('out.cu')).exit).toBe(0);
    const first = readFileSync(at('out.cu'), 'utf8');
    writeFileSync(at('out.cu'), first.replace(/\n[^]*/, '\n// changed\n'));
    expect((await write('out.cu')).exit).toBe(0);
    expect(readFileSync(at('out.cu'), 'utf8')).toBe(first);
    const ran = await write('mine.wgsl');
    expect(ran.said).toContain('Weft did not write it');
    expect(ran.exit).toBe(3);
    expect(readFileSync(at('mine.wgsl'), 'utf8')).toBe('// by hand\n');
  });
  test.each([
    ['what is not proved', 'unproved', 'wgsl', undefined, 2, 'no theorem, no kernel'],
    ['what is no stream', 'sum-add', 'wgsl', undefined, 3, 'there is no stream and no definition `sum-add`'],
    ['an unknown target', 'weighted', 'metal', undefined, 3, 'the targets are wgsl, cuda, host'],
    ['an unknown axis', 'weighted', 'wgsl', 'z=8', 3, 'its axes are'],
    ['a tile that is no number', 'weighted', 'wgsl', 'k=big', 3, 'is no tile'],
    ['a tile out of range', 'weighted', 'wgsl', 'k=0', 3, 'out of range'],
  ])('refuses %s', async (_, name, target, tile, exit, said) => {
    const ran = await extract(name, target, tile);
    expect(ran).toMatchObject({ exit, stdout: '' });
    expect(ran.said).toContain(said);
  });
});

describe('shares', () => {
  const options = (text: string): RunOptions => {
    const of = (name: string): string | undefined => new RegExp(`--${name} (\\S+)`).exec(text)?.[1];
    const given = Object.entries({ tile: of('tile'), perLane: of('per-lane'), whole: of('whole') });
    return { target: 'host', in: [], out: [], ...Object.fromEntries(given.filter(([, v]) => v !== undefined)) };
  };
  const extractWith = (text: string): Promise<Outcome> =>
    outcome(() => extractCommand(checked, 'scaled', { ...options(text), target: 'cuda' }));

  test.each([
    ['several elements of each tile', '--tile m=8,n=8 --per-lane m=2,n=4'],
    ['of tiles by default', '--per-lane m=4,n=4'],
    ['one lane for each row', '--tile m=8 --per-lane m=1'],
    ['all columns to one lane', '--tile m=8,n=8 --per-lane n=8'],
    ['an inner axis of whole tiles', '--tile m=8,d=4 --whole d'],
    ['both', '--tile m=8,n=8,d=4 --per-lane m=2,n=4 --whole d'],
  ])('takes %s: %s', async (_, text) => {
    const ran = await extractWith(text);
    expect(ran).toMatchObject({ exit: 0, said: '' });
    expect(ran.stdout.split('\n')[0]).toBe(`// Generated by Weft: weft extract scaled --target cuda ${text}`);
    expect(/m_slot|n_slot/.test(ran.stdout)).toBe(/m=2|n=4|m=4/.test(text.replace(/--tile \S+/, '')));
    expect(ran.stdout.includes('d_head')).toBe(false);
  });

  test.each([
    ['no element each', '--tile m=8 --per-lane m=0', 'lanes cannot hold 0 each of a tile of 8 along `m`'],
    ['no divisor', '--tile m=8 --per-lane m=3', 'lanes cannot hold 3 each of a tile of 8 along `m`'],
    ['more than the tile', '--tile m=8 --per-lane m=16', 'lanes cannot hold 16 each of a tile of 8 along `m`'],
    ['no divisor of the default', '--per-lane n=5', 'lanes cannot hold 5 each of a tile of 32 along `n`'],
    ['an axis that is none', '--per-lane z=2', 'lanes do not share tiles of `z`'],
    ['the streamed axis', '--tile k=8 --per-lane k=2', 'lanes do not share tiles of `k`'],
    ['an inner axis', '--tile d=8 --per-lane d=2', 'lanes do not share tiles of `d`'],
    ['an axis twice', '--per-lane m=2,m=4', '`m=4` is no size'],
    ['what is no size', '--per-lane m=two', '`m=two` is no size'],
    ['a size below 0', '--per-lane m=-2', '`m=-2` is no size'],
    ['no size at all', '--per-lane m', '`m` is no size'],
    ['an inner axis that has no tile', '--whole d', '`d` is no inner axis with a tile'],
    ['the streamed axis, whole', '--tile k=8 --whole k', '`k` is no inner axis with a tile'],
    ['an axis of the result, whole', '--tile m=8 --whole m', '`m` is no inner axis with a tile'],
    ['an axis that is none, whole', '--tile d=4 --whole z', '`z` is no inner axis with a tile'],
    ['an axis twice, whole', '--tile d=4 --whole d,d', '`d` is no axis'],
    ['a size, whole', '--tile d=4 --whole d=4', '`d=4` is no axis'],
  ])('refuses %s: %s', async (_, text, said) => {
    const ran = await extractWith(text);
    expect(ran).toMatchObject({ exit: 3, stdout: '' });
    expect(ran.said).toContain(said);
  });

  const shapes = { a: [3, 5], b: [5, 4, 6], c: [6] };
  const runWith = (text: string): Promise<Outcome> => {
    const [a, b, c] = Object.entries(shapes).map(([name, shape], i) => {
      const data = values(
        shape.reduce((n, x) => n * x, 1),
        i,
      );
      writeFileSync(at(`${name}.npy`), npy(shape, data));
      return `${name}=${at(`${name}.npy`)}`;
    }) as [string, string, string];
    const all = { ...options(text), in: [a, b, c], out: [at(`s${(outputs += 1)}.npy`)], check: true };
    return outcome(() => runCommand(checked, 'scaled', all));
  };
  let outputs = 0;

  test.each(['--per-lane m=4,n=4', '--tile d=3 --whole d', '--tile m=4,n=2,d=2 --per-lane m=2,n=2 --whole d'])(
    'run within the bound: %s',
    async (text) => {
      const ran = await runWith(text);
      expect(ran.stdout).toMatch(/^scaled on the host: error/);
      expect(ran.exit).toBe(0);
    },
  );
  test('run refuses a size that is no multiple of a whole tile, and writes nothing', async () => {
    const ran = await runWith('--tile d=4 --whole d');
    expect(ran.exit).toBe(3);
    expect(ran.said).toContain('the axis `d` has size 6, no multiple of 4');
    expect(existsSync(at(`s${outputs}.npy`))).toBe(false);
  });

  test('the whole command takes both options', () => {
    const given = ['--tile', 'm=8,n=8,d=4', '--per-lane', 'm=2,n=4', '--whole', 'd'];
    const ran = weft(folder, ['extract', 'scaled', '--target', 'wgsl', ...given]);
    expect(ran.stdout.split('\n')[0]).toContain('--per-lane m=2,n=4 --whole d');
    expect(ran.status).toBe(0);
  });
});

describe('data that a theorem says nothing of', () => {
  const positive = `import "../weft/theorems/conditions.weft"
stream s [n] (x : R[n]) over n
  where 0 < first x
  spec sum(x)
  state (s : R)
  head sum(x)
  final s
  step s + sum(x)
  foldable
`;
  const proved = `import "../weft/proofs/conditions.weft"
proof s
  refl
qed
proof s.inherits
  cases 0 < first x
qed
proof s.foldable
  stream
qed
`;
  test('are refused by --check with their element, and nothing is written', async () => {
    const own = project({
      'theorems/s.weft': positive,
      'proofs/s.weft': proved,
      'good.npy': npy([2, 3], Float32Array.of(1, -2, 3, 4, 5, 6)),
      'bad.npy': npy([2, 3], Float32Array.of(1, 2, 3, -4, 5, 6)),
    });
    const all = await checkProject(own, []);
    const run = (input: string, check: boolean): Promise<Outcome> => {
      const [from, to] = [`x=${own}/${input}.npy`, `${own}/${input}.out.npy`];
      return outcome(() => runCommand(all, 's', { target: 'host', in: [from], out: [to], check }));
    };
    expect(await run('good', true)).toMatchObject({ exit: 0 });
    const refused = await run('bad', true);
    expect(refused).toMatchObject({ exit: 3 });
    expect(refused.said).toContain('the data do not meet what `s` holds under, at element 1 of the batch: 0 < first x');
    expect(existsSync(`${own}/bad.out.npy`)).toBe(false);
    expect(await run('bad', false)).toMatchObject({ exit: 0 });
    expect(existsSync(`${own}/bad.out.npy`)).toBe(true);
  });
});

describe('kernels', () => {
  test('are written, found the same, and found drifted or stray', async () => {
    const proved = project({ 'theorems/w.weft': stream.replace(/stream unproved[^]*/, ''), 'proofs/w.weft': proofs });
    const all = await checkProject(proved, []);
    const kernels = (check: boolean): Promise<Outcome> => outcome(() => kernelsCommand(all, proved, [], { check }));
    const written = ['weighted', 'scaled'].map((n) => `wrote ${n}.wgsl\nwrote ${n}.cu\n`).join('');
    expect((await kernels(true)).said).toContain('missing  weighted.wgsl');
    expect(await kernels(false)).toMatchObject({ exit: 0, stdout: written });
    expect((await kernels(true)).exit).toBe(0);
    writeFileSync(join(proved, 'kernels/weighted.cu'), 'changed');
    writeFileSync(join(proved, 'kernels/extra.txt'), 'stray');
    const ran = await kernels(true);
    expect(ran.said).toContain('differs  weighted.cu');
    expect(ran.said).toContain('stray    extra.txt');
    expect(ran.exit).toBe(1);
  });
  test('are those that weft.json lists, where it does', async () => {
    const texts = { 'theorems/w.weft': stream.replace(/stream unproved[^]*/, ''), 'proofs/w.weft': proofs };
    const listed = project({ ...texts, 'weft.json': '{ "kernels": ["scaled"] }' });
    const all = await checkProject(listed, []);
    expect((await outcome(() => kernelsCommand(all, listed, [], {}))).stdout).toBe(
      'wrote scaled.wgsl\nwrote scaled.cu\n',
    );
    const unknown = project({ ...texts, 'weft.json': '{ "kernels": ["scalled"] }' });
    const ran = await outcome(() => kernelsCommand(all, unknown, [], {}));
    expect(ran).toMatchObject({ exit: 3 });
    expect(ran.said).toContain('there is no stream and no definition `scalled`');
  });
});
