// A plausible wrong phrase for every entry of every emitter's table, and for every line of the frame that stands around a kernel's body. Invariant:
// `uncovered` names each entry that no row replaces. It does not know how a text is judged.
import { type Dialect, type Phrase, atom, phrases } from '../../../../src/kernel/emit/dialect.js';
import { cuda } from '../../../../src/kernel/emit/cuda.js';
import { host } from '../../../../src/kernel/emit/host.js';
import { wgsl } from '../../../../src/kernel/emit/wgsl.js';

type Name = 'wgsl' | 'cuda' | 'host';
export const DIALECTS: Readonly<Record<Name, Dialect>> = { wgsl, cuda, host };

type Table = Record<string, unknown>;
type Lines = (...args: never[]) => string;
type Phrases = (...args: readonly Phrase[]) => Phrase;

export interface Wrong {
  readonly entry: string;
  readonly wrong: string;
  /** the entry's value, given the right one */
  readonly by: (right: never) => unknown;
}
const row = <A>(entry: string, wrong: string, by: (right: A) => unknown): Wrong => ({
  entry,
  wrong,
  by: by as Wrong['by'],
});
const text = (entry: string, wrong: string, from: RegExp | string, to: string): Wrong =>
  row<Lines>(
    entry,
    wrong,
    (right) =>
      (...args: never[]) =>
        right(...args).replace(from, to),
  );
const swapped = (entry: string): Wrong =>
  row<Phrases>(
    entry,
    'operands swapped',
    (right) => (x: Phrase, y: Phrase, z?: Phrase) => (z ? right(x, z, y) : right(y, x)),
  );
const instead = (entry: string, wrong: string, f: (...args: readonly Phrase[]) => string): Wrong =>
  row<Phrases>(entry, wrong, () => (...args: readonly Phrase[]) => ({ text: f(...args), level: 0 }));
const called = (entry: string, f: string): Wrong =>
  instead(entry, `${f}(…)`, (...args) => `${f}(${args.map((a) => a.text).join(', ')})`);
const bare = (entry: string, sign: string): Wrong =>
  row<Phrases>(entry, 'no parentheses', () => (x: Phrase, y: Phrase) => ({
    text: `${x.text} ${sign} ${y.text}`,
    level: 9,
  }));
const first = (entry: string): Wrong => row<Phrases>(entry, 'its first operand', () => (x: Phrase) => x);

const FUNCTIONS = {
  wgsl: { exp: 'exp2', log: 'log2', sqrt: 'inverseSqrt', max: 'min', min: 'max' },
  cuda: { exp: 'exp2f', log: 'log2f', sqrt: 'cbrtf', max: 'fminf', min: 'fmaxf' },
  host: { exp: 'Math.expm1', log: 'Math.log2', sqrt: 'Math.cbrt', max: 'Math.min', min: 'Math.max' },
} as const;
const ONE = { wgsl: '1u', cuda: '1u', host: '1' } as const;

// prettier-ignore
const operators = (t: Name): readonly Wrong[] => [
  instead('operator.add', '-', (x, y) => `${x!.text} - (${y!.text})`), bare('operator.add', '+'),
  swapped('operator.sub'), instead('operator.sub', '+', (x, y) => `${x!.text} + (${y!.text})`), bare('operator.sub', '-'),
  instead('operator.mul', '+', (x, y) => `(${x!.text}) + (${y!.text})`), bare('operator.mul', '*'), first('operator.mul'),
  swapped('operator.div'), instead('operator.div', '*', (x, y) => `(${x!.text}) * (${y!.text})`), bare('operator.div', '/'),
  first('operator.neg'), first('operator.recip'), instead('operator.recip', 'of the sign', (x) => `-1.0 / (${x!.text})`),
  ...(['exp', 'log', 'sqrt', 'max', 'min'] as const).map((f) => called(`operator.${f}`, FUNCTIONS[t][f])),
  first('operator.exp'), first('operator.max'),
  swapped('operator.lt'), instead('operator.lt', '>', (x, y) => `(${x!.text}) > (${y!.text})`),
  first('operator.not'), instead('operator.and', '||', (x, y) => `((${x!.text}) || (${y!.text}))`), instead('operator.or', '&&', (x, y) => `((${x!.text}) && (${y!.text}))`),
  instead('operator.true', 'false', () => 'false'), instead('operator.false', 'true', () => 'true'),
];

// prettier-ignore
const common: readonly Wrong[] = [
  bare('phrases.plus', '+'), first('phrases.plus'), instead('phrases.plus', '-', (x, y) => `${x!.text} - (${y!.text})`),
  bare('phrases.minus', '-'), first('phrases.minus'),
  bare('phrases.times', '*'), first('phrases.times'),
  first('phrases.modulo'), instead('phrases.modulo', '/', (x, y) => `${x!.text} / (${y!.text})`),
  row<(name: string, index: readonly Phrase[]) => Phrase>('phrases.element', 'indices in the other order', (right) => (name: string, index: readonly Phrase[]) => right(name, [...index].reverse())),
  row<(name: string, index: readonly Phrase[]) => Phrase>('phrases.element', 'the first element', (right) => (name: string, index: readonly Phrase[]) => right(name, index.map(() => atom('0')))),
  text('phrases.assign', '+=', ' = ', ' += '), row<Lines>('phrases.assign', 'nothing', () => () => ''),
  row<(c: Phrase) => string>('phrases.when', 'always', () => () => 'if (true)'), row<(c: Phrase) => string>('phrases.when', 'never', () => () => 'if (false)'),
  text('phrases.guard', '<=', ' < ', ' <= '), text('phrases.guard', 'always', /if \(.*\)/, 'if (true)'),
];

// prettier-ignore
const table = (t: Name): readonly Wrong[] => [
  ...operators(t),
  ...common,
  row<(n: number) => string>('integer', 'one more', (right) => (n: number) => right(n + 1)),
  row<(v: { num: bigint; den: bigint }) => Phrase>('real', 'without the denominator', (right) => ({ num }: { num: bigint }) => right({ num, den: 1n })),
  row<(v: { num: bigint; den: bigint }) => Phrase>('real', 'without the sign', (right) => ({ num, den }: { num: bigint; den: bigint }) => right({ num: num < 0n ? -num : num, den })),
  instead('toReal', '1', () => '1.0'),
  first('quotient'), instead('quotient', '*', (x, y) => `(${x!.text}) * (${y!.text})`), swapped('quotient'),
  first('lesser'), instead('lesser', 'the greater', (x, y) => `${t === 'host' ? 'Math.max' : 'max'}(${x!.text}, ${y!.text})`),
  instead('truth', 'always', () => 'true'), instead('truth', 'the opposite', (x) => `${x!.text} == ${t === 'host' ? '0' : t === 'cuda' ? '0.0f' : '0.0'}`),
  row<(x: Phrase) => Phrase>('toInteger', 'one more', (right) => (x: Phrase) => atom(`(${right(x).text} + ${ONE[t]})`)), instead('equal', '<', (x, y) => `(${x!.text}) < (${y!.text})`), instead('equal', 'always', () => 'true'),
  swapped('choose'), row<Phrases>('choose', 'always yes', () => (_: Phrase, yes: Phrase) => yes), row<Phrases>('choose', 'always no', () => (_c: Phrase, _y: Phrase, no: Phrase) => no),
  row<(b: string) => Phrase>('isFirst', '!=', () => (b: string): Phrase => ({ text: `${b} != ${t === 'host' ? '0' : '0u'}`, level: 3 })), row<(b: string) => Phrase>('isFirst', 'block 1', () => (b: string): Phrase => ({ text: `${b} == ${ONE[t]}`, level: 3 })),
  row<(n: string, v: string) => string>('intBinding', 'one more', (right) => (n: string, v: string) => right(n, `${v} + ${ONE[t]}`)),
  row<(n: string, k: string, v: string) => string>('letBinding', 'negative', (right) => (n: string, k: string, v: string) => right(n, k, k === 'real' ? `-(${v})` : `!(${v})`)),
  row<(n: string, k: string, v?: string) => string>('variable', 'always from 0', (right) => (n: string, k: string, v?: string) => right(n, k, v === undefined ? v : k === 'real' ? '0.5' : 'false')),
  row<(n: string, k: string, d: readonly string[]) => string>('array', 'of one element', (right) => (n: string, k: string, d: readonly string[]) => right(n, k, d.map(() => ONE[t]))),
  row<(i: string, f: string, b: string, by?: string) => string>('loop', 'from 1', (right) => (i: string, f: string, b: string, by?: string) => right(i, `${f} + ${ONE[t]}`, b, by)),
  text('loop', 'one turn less', ' < ', ` + ${ONE[t]} < `),
  row<(i: string, f: string, b: string, by?: string) => string>('loop', 'twice the step', (right) => (i: string, f: string, b: string, by?: string) => right(i, f, b, `2 * ${by ?? '1'}`.replaceAll(/\b(\d+)\b/g, t === 'host' ? '$1' : '$1u'))),
  text('loop', '<=', ' < ', ' <= '),
  row('alone', 'the other', (right: boolean) => !right),
  row('unrolled', 'a word that is none', () => () => ['unroll @']),
];

/** Lines of the frame: the first text that has the place is changed. */
export interface Edit {
  readonly entry: string;
  readonly from: RegExp;
  readonly to: string;
}
// prettier-ignore
export const EDITS: Readonly<Record<Name, readonly Edit[]>> = {
  wgsl: [
    { entry: 'workgroup size',        from: /@workgroup_size\((\d+)\)/,                  to: '@workgroup_size(1)' },
    { entry: 'workgroup memory',      from: /var<workgroup>/,                            to: 'var<private>' },
    { entry: 'block builtin',         from: /workgroup_id/,                              to: 'num_workgroups' },
    { entry: 'lane builtin',          from: /@builtin\(local_invocation_index\) (\w+) : u32\) \{/, to: '@builtin(local_invocation_index) lane0 : u32) {\n  let $1 = 0u;' },
    { entry: 'grid dimension',        from: /= block\.x/,                                to: '= block.y' },
    { entry: 'input access',          from: /var<storage, read_write>/,                  to: 'var<storage, read>' },
    { entry: 'element type',          from: /: array<f32>;/,                             to: ': array<u32>;' },
    { entry: 'binding order',         from: /@binding\(0\)([^\n]*)\n([^\n]*)@binding\(1\)/, to: '@binding(1)$1\n$2@binding(0)' },
    { entry: 'binding of parameters', from: /@binding\((\d+)\) var<uniform>/,            to: '@binding(9) var<uniform>' },
    { entry: 'tile constant',         from: /_TILE = (\d+)u;/,                           to: '_TILE = 1$1u;' },
    { entry: 'order of parameters',   from: /(struct Params \{\n)([^\n]*\n)([^\n]*\n)/,  to: '$1$3$2' },
    { entry: 'parameter binding',     from: /let (\w+) = params\.\w+;\n( *)let (\w+) = params\.(\w+);/, to: 'let $1 = params.$4;\n$2let $3 = params.$4;' },
    { entry: 'shape of a tile',       from: /var<workgroup> (\w+) : array<array<f32, (\w+)>, (\w+)>/, to: 'var<workgroup> $1 : array<array<f32, $3>, $2>' },
    { entry: 'barrier',               from: /( *)workgroupBarrier\(\);\n/,               to: '$1storageBarrier();\n' },
  ],
  cuda: [
    { entry: 'shared memory',         from: /__shared__ float/,                          to: 'float' },
    { entry: 'lane',                  from: /threadIdx\.x/,                              to: 'threadIdx.y' },
    { entry: 'grid dimension',        from: /= blockIdx\.x/,                             to: '= blockIdx.y' },
    { entry: 'tile constant',         from: /_TILE = (\d+)u;/,                           to: '_TILE = 1$1u;' },
    { entry: 'lesser of integers',    from: /x < y \? x : y/,                            to: 'x < y ? y : x' },
    { entry: 'order of arguments',    from: /stream, (\w+), (\w+),/,                     to: 'stream, $2, $1,' },
    { entry: 'order of parameters',   from: /params\[0\](.*\n.*)params\[1\]/,            to: 'params[1]$1params[0]' },
    { entry: 'grid of the launch',    from: /dim3\(([^,]*), ([^,]*), /,                  to: 'dim3($2, $1, ' },
    { entry: 'threads of the launch', from: /dim3\((\d+)u\), 0/,                         to: 'dim3(1u), 0' },
    { entry: 'shape of a tile',       from: /__shared__ float (\w+)\[(\w+)\]\[(\w+)\]/,  to: '__shared__ float $1[$3][$2]' },
    { entry: 'linkage',               from: /extern "C" int/,                            to: 'static int' },
    { entry: 'signature',             from: /const float\* __restrict__ (\w+),\n( *)const float\* __restrict__ (\w+)/, to: 'const float* __restrict__ $3,\n$2const float* __restrict__ $1' },
    { entry: 'threads at most',       from: /__launch_bounds__\(\d+\)/,                  to: '__launch_bounds__(1)' },
  ],
  host: [
    { entry: 'buffers',               from: /const \[(\w+), (\w+)/,                      to: 'const [$2, $1' },
    { entry: 'parameters',            from: /const \[(\w+), (\w+)(.*)\] = params/,       to: 'const [$2, $1$3] = params' },
    { entry: 'tile constant',         from: /_TILE = (\d+);/,                            to: '_TILE = 1$1;' },
    { entry: 'blocks',                from: /_block < 1 \+ (\w+);/,                      to: '_block < $1;' },
    { entry: 'lanes',                 from: /(\w+) < (\w+_TILE); (\w+)\+\+\) \{/,        to: '$1 < $2 - 1; $3++) {' },
    { entry: 'signature',             from: /buffers: Float32Array/,                     to: 'buffers: Float64Array' },
  ],
};

/** What a target has and the others have not: types, barriers as a list of lines. */
// prettier-ignore
const own: Readonly<Record<Name, readonly Wrong[]>> = {
  wgsl: [row('barrier', 'none', () => []),
    row<(n: string, k: string, d: readonly string[]) => string>('array', 'of the other kind', (right) => (n: string, k: string, d: readonly string[]) => right(n, k === 'real' ? 'boolean' : 'real', d))],
  cuda: [row('barrier', 'none', () => []), row('unrolled', 'nothing', () => () => []),
    row<(n: string, k: string, v?: string) => string>('variable', 'of the other kind', (right) => (n: string, k: string, v?: string) => right(n, k === 'real' ? 'boolean' : 'real', v)),
    row<(n: string, k: string, d: readonly string[]) => string>('array', 'of the other kind', (right) => (n: string, k: string, d: readonly string[]) => right(n, k === 'real' ? 'boolean' : 'real', d))],
  host: [],
};

export const wrongOf = (t: Name): readonly Wrong[] => [...table(t), ...own[t]];

/** Entries of the tables that no row replaces; what is written there is a list without a line or a name. */
export function uncovered(t: Name): readonly string[] {
  const rows = new Set(wrongOf(t).map((r) => r.entry));
  const dialect = DIALECTS[t] as unknown as Table;
  const entries = [
    ...Object.keys(dialect).filter((k) => k !== 'operator'),
    ...Object.keys(DIALECTS[t].operator).map((k) => `operator.${k}`),
    ...Object.keys(phrases).map((k) => `phrases.${k}`),
  ];
  return entries.filter((e) => {
    const value = dialect[e];
    return !rows.has(e) && e !== 'target' && !(Array.isArray(value) && value.length === 0);
  });
}

/** Runs with an entry replaced, and puts the right one back. */
export function replacing<A>(t: Name, { entry, by }: Wrong, run: () => A): A {
  const [head, tail] = entry.split('.') as [string, string | undefined];
  const dialect = DIALECTS[t] as unknown as Table;
  const holder = head === 'phrases' ? (phrases as Table) : tail ? (dialect[head] as Table) : dialect;
  const key = tail ?? head;
  const right = holder[key];
  holder[key] = by(right as never);
  try {
    return run();
  } finally {
    holder[key] = right;
  }
}
