import { openGpu } from '../../src/numeric/webgpu.js';
import { extracted } from '../../test/kernels/pool.js';
import { textFor, holds, outputsOf } from '../../test/kernels/property.js';
import { prepare, expected, bounds, naive } from '../../test/kernels/case.js';
import { get } from '../../test/lower/dsl.js';
import { fullCases } from '../../test/device/full.js';
import { chooseRows, partOf, rowsOfOutputs } from '../../test/device/rows.js';
import { permuted, splitAgrees } from '../../test/numerics/properties.js';
import { checkAgreements, checkExtremes, checkStorage } from '../../test/numerics/check.js';
import { tilingsOf } from '../../test/numerics/texts.js';
const t = async <A>(w: string, f: () => A | Promise<A>): Promise<A> => {
  const s = process.cpuUsage();
  const s0 = performance.now();
  const r = await f();
  const u = process.cpuUsage(s);
  console.log(
    '  ',
    w,
    'cpu',
    ((u.user + u.system) / 1e6).toFixed(2),
    'wall',
    ((performance.now() - s0) / 1000).toFixed(2),
  );
  return r;
};
const gpu = get(await openGpu({ software: true }));
for (const name of process.argv.slice(2)) {
  const k = await t(name + ' extract', () => get(extracted(name, 'wgsl', { tiles: {}, ragged: 'first' })));
  const small = tilingsOf(name, 5).map((choice) => get(extracted(name, 'wgsl', choice)));
  const tx = small.map((k) => [textFor(k, 'wgsl', gpu.run)]);
  await t('holds', async () => {
    for (const [i, x] of tx.entries()) await holds(x, tilingsOf(name, 5)[i]!, 8, new Map(), 5);
  });
  await t('agreements', () => checkAgreements(tx.flat(), 5, 4, 60000));
  await t('extremes', () => checkExtremes(tx[1]!, 5));
  await t('storage', () => checkStorage(tx[0]!, 5, 4, 60000));
  for (const [nm, c] of fullCases(k, 5, 1)) {
    console.log(nm, JSON.stringify(c));
    const p = await t('prepare', () => prepare(k, c));
    const rows = chooseRows(k, c);
    const part = await t('partOf', () => partOf(k, c, p.inputs, rows));
    await t('expected', () => expected(k, part.prepared));
    await t('naive', () => naive(k, part.prepared));
    const bound = await t('bounds', () => bounds(k, part.prepared));
    await t('permuted', () => permuted(k, c, p));
    await t('split', () => splitAgrees(textFor(k, 'wgsl', gpu.run), part.prepared, { outputs: bound, bound }, 5));
    if (name === 'total' || name === 'variance') {
      const o = await t('run', () => outputsOf(textFor(k, 'wgsl', gpu.run), p, 1));
      await t('rowsOf', () => rowsOfOutputs(k, c, o, rows));
    }
  }
}
await gpu.close();
