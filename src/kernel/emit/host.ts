/**
 * The host table: TypeScript in float64 arithmetic, blocks and lanes one after another, a tile filled by every lane for itself. Invariant: its
 * only annotations are those of the exported line (numeric/program.ts); it imports nothing. It knows the IR alone.
 */
import { type Kernel, blocksOf, gridDims, laneUses } from '../ir/kernel.js';
import { type Dialect, call, common, decimal, differs, over, same } from './dialect.js';
import { Printer } from './print.js';
import type { Text } from './text.js';
import { constants } from './wgsl.js';

const nested = (kind: 'real' | 'boolean', dims: readonly string[]): string => {
  const [first, ...rest] = dims;
  if (rest.length === 0) return kind === 'real' ? `new Float64Array(${first!})` : `new Array(${first!}).fill(false)`;
  return `Array.from({ length: ${first!} }, () => ${nested(kind, rest)})`;
};

// prettier-ignore
export const host: Dialect = {
  target: 'host',
  integer:    (n) => `${n}`,
  real:       (value) => decimal(value, ''),
  toReal:     (int) => int,
  toInteger:  call('Math.floor'),
  equal:      same,
  operator:   common('1.0', { exp: 'Math.exp', log: 'Math.log', sqrt: 'Math.sqrt', max: 'Math.max', min: 'Math.min' }),
  quotient:   (x, y) => call('Math.floor')(over(x, y)),
  lesser:     call('Math.min'),
  truth:      differs('!==', '0'),
  choose:     (condition, yes, no) => ({ text: `${condition.level < 2 ? `(${condition.text})` : condition.text} ? ${yes.level < 2 ? `(${yes.text})` : yes.text} : ${no.level < 2 ? `(${no.text})` : no.text}`, level: 0 }),
  isFirst:    (block) => ({ text: `${block} === 0`, level: 3 }),
  intBinding: (name, value) => `const ${name} = ${value};`,
  letBinding: (name, _, value) => `const ${name} = ${value};`,
  variable:   (name, _, init) => `let ${name}${init === undefined ? '' : ` = ${init}`};`,
  array:      (name, kind, dims) => `const ${name} = ${nested(kind, dims)};`,
  loop:       (index, from, bound, by) => `for (let ${index} = ${from}; ${index} < ${bound}; ${by === undefined ? `${index}++` : `${index} += ${by}`})`,
  unrolled:   () => [],
  barrier:    [],
  alone:      true,
};

export function printHost(kernel: Kernel): Text {
  const p = new Printer(kernel, host);
  const blocks = gridDims(kernel).flat();
  const lanes = laneUses(kernel);
  const depth = 1 + blocks.length + lanes.length;
  const body = p.lines(kernel.body, depth);
  const tiles = kernel.tiles.map(
    (t) => `${'  '.repeat(depth)}${host.array(p.tiles.get(t.name)!, 'real', p.tileDims(t))}`,
  );
  const loops = [
    ...blocks.map((u) => host.loop(p.block(u.name), '0', p.int(blocksOf(u)).text, undefined)),
    ...lanes.map((u) => host.loop(p.index(u.name), '0', p.constant(u.name), undefined)),
  ].map((head, i) => `${'  '.repeat(1 + i)}${head} {`);
  const used = [...loops, ...body].join('\n');
  const params = p.params.filter((x) => new RegExp(`\\b${x.name}\\b`).test(used));
  const text = [
    `export function ${p.entry}(buffers: Float32Array[], params: Uint32Array): void {`,
    `  const [${[...p.arrays.values()].join(', ')}] = buffers;`,
    ...(params.length > 0 ? [`  const [${params.map((x) => x.name).join(', ')}] = params;`] : []),
    ...constants(p, (name, n) => `  const ${name} = ${n};`).filter((l) => l !== ''),
    ...loops,
    ...tiles,
    ...body,
    ...loops.map((_, i) => `${'  '.repeat(loops.length - i)}}`),
    '}',
  ];
  return { lines: text, entry: p.entry, params, arrays: [...p.arrays.values()] };
}
