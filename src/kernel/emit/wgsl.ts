/**
 * The WGSL table and the frame of a WGSL module. Invariant: inputs are bindings 0, 1, …, then the outputs, then the parameters, all of group
 * 0; no infinity, no NaN. It knows the IR alone.
 */
import type { Kernel } from '../ir/kernel.js';
import { capacityOf, laneCount, laneDims } from '../ir/kernel.js';
import { type Dialect, call, common, decimal, differs, equals, over } from './dialect.js';
import { type Grid, Printer, blockBindings, foldedBindings } from './print.js';
import type { Text } from './text.js';

const type = { real: 'f32', boolean: 'bool' } as const;
const nested = (element: string, dims: readonly string[]): string =>
  dims.reduceRight((inner, d) => `array<${inner}, ${d}>`, element);

// prettier-ignore
export const wgsl: Dialect = {
  target: 'wgsl',
  integer:    (n) => `${n}u`,
  real:       (value) => decimal(value, ''),
  toReal:     call('f32'),
  toInteger:  call('u32'),
  equal:      equals,
  operator:   common('1.0', { exp: 'exp', log: 'log', sqrt: 'sqrt', max: 'max', min: 'min' }),
  quotient:   over,
  lesser:     call('min'),
  truth:      differs('!=', '0.0'),
  choose:     (condition, yes, no) => call('select')(no, yes, condition),
  isFirst:    (block) => ({ text: `${block} == 0u`, level: 3 }),
  intBinding: (name, value) => `let ${name} = ${value};`,
  letBinding: (name, _, value) => `let ${name} = ${value};`,
  variable:   (name, kind, init) => `var ${name}${init === undefined ? ` : ${type[kind]}` : ` = ${init}`};`,
  array:      (name, kind, dims) => `var ${name} : ${nested(type[kind], dims)};`,
  loop:       (index, from, bound, by) => `for (var ${index} = ${from}; ${index} < ${bound}; ${by === undefined ? `${index}++` : `${index} += ${by}`})`,
  unrolled:   () => [],
  barrier:    ['workgroupBarrier();'],
  alone:      false,
};

/** Of the grid's three numbers the first two, row by row. */
function folded(p: Printer): { readonly grid: string[]; readonly builtins: string[] } {
  const rows = p.symbols.of('frame', 'blocks');
  return {
    grid: foldedBindings(p, `block.x + ${rows}.x * block.y`),
    builtins: [`@builtin(num_workgroups) ${rows} : vec3u`],
  };
}

export function printWgsl(kernel: Kernel, numbered: Grid): Text {
  const p = new Printer(kernel, wgsl);
  const body = p.lines(kernel.body, 1);
  const frame =
    numbered === 'folded' ? folded(p) : { grid: blockBindings(p, ['block.x', 'block.y', 'block.z']), builtins: [] };
  const grid = frame.grid.map((l) => `  ${l}`);
  const params = p.params.filter((x) => new RegExp(`\\b${x.name}\\b`).test([...grid, ...body].join('\n')));
  const buffers = [
    ...kernel.inputs.map((a) => `var<storage, read> ${p.arrays.get(a.name)!} : array<f32>;`),
    ...kernel.outputs.map((a) => `var<storage, read_write> ${p.arrays.get(a.name)!} : array<f32>;`),
    ...(params.length > 0 ? ['var<uniform> params : Params;'] : []),
  ].map((line, i) => `@group(0) @binding(${i}) ${line}`);
  const tiles = shared(p);
  const lanes = laneCount(kernel);
  const indices = p.laneIndices().map((l) => `  ${l}`);
  const builtins = [
    '@builtin(workgroup_id) block : vec3u',
    ...frame.builtins,
    ...(lanes > 1 ? [`@builtin(local_invocation_index) ${p.lane()} : u32`] : []),
  ];
  const text = [
    ...(params.length > 0 ? ['struct Params {', ...params.map((x) => `  ${x.name} : u32,`), '}', ''] : []),
    ...buffers,
    '',
    ...constants(p, (name, n) => `const ${name} = ${n}u;`),
    ...tiles,
    ...(tiles.length > 0 ? [''] : []),
    `@compute @workgroup_size(${lanes})`,
    `fn ${p.entry}(${builtins.join(', ')}) {`,
    ...params.map((x) => `  let ${x.name} = params.${x.name};`),
    ...grid,
    ...indices,
    ...single(p, lanes),
    ...body,
    '}',
  ];
  return { lines: text, entry: p.entry, params, arrays: [...p.arrays.values()] };
}

const shared = (p: Printer): string[] =>
  p.kernel.tiles.map((t) => {
    return `var<workgroup> ${p.tiles.get(t.name)!} : ${nested('f32', p.tileDims(t))};`;
  });

/** The only lane of a block of one. */
function single(p: Printer, lanes: number): string[] {
  if (lanes !== 1) return [];
  return laneDims(p.kernel).map((u) => `  ${p.dialect.intBinding(p.along(u), p.dialect.integer(0))}`);
}

export function constants(p: Printer, line: (name: string, value: number) => string): string[] {
  const tiled = p.kernel.uses.flatMap((u) => {
    const capacity = capacityOf(u);
    return capacity === undefined ? [] : [line(p.constant(u.name), capacity)];
  });
  return tiled.length > 0 ? [...tiled, ''] : [];
}
export { single };
