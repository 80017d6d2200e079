/**
 * Names that a script may use and that mean something elsewhere: words of WGSL, C++, CUDA and JavaScript, properties of every object, names
 * that become equal when a character is replaced. Invariant: each is an identifier of the language of scripts.
 */
export interface Names {
  readonly stream: string;
  readonly streamed: string;
  readonly kept: string;
  readonly array: string;
  readonly weight: string;
  readonly state: string;
}
const of = (stream: string, streamed: string, kept: string, array: string, weight: string, state: string): Names => ({
  stream,
  streamed,
  kept,
  array,
  weight,
  state,
});

// prettier-ignore
export const hostile: readonly Names[] = [
  of('fn', 'var', 'workgroup', 'array', 'f32', 'override'),
  of('main', 'int', 'float', 'asm', 'volatile', 'register'),
  of('constructor', 'prototype', 'arity', 'hasOwnProperty', 'toString', 'isPrototypeOf'),
  of('global', 'threadIdx', 'blockIdx', 'blockDim', 'warpSize', 'shared'),
  of('eval', 'arguments', 'await', 'yield', 'async', 'delete'),
  of('a-b', 'a_b', "a'b", 'A-B', 'A_B', "A'B"),
  of("a''", "a'", 'a', "b'", 'b', "b''"),
  of('x-1', 'x_1', "x'1", 'X-1', 'X_1', 'x__1'),
  of('params', 'buffers', 'block', 'lane', 'Params', 'slot'),
  of('weft_lesser', 'WEFT_LAUNCH', 'cudaStream_t', 'nvcc', 'weft', 'cuda'),
  of('Math', 'Infinity', 'NaN', 'globalThis', 'Float32Array', 'process'),
  of('unsigned', 'mutable', 'static', 'extern', 'namespace', 'goto'),
  of('vec3u', 'u32', 'struct', 'storage', 'uniform', 'ptr'),
  of('n_size', 'n', 'n_tiles', 'n_head', 'n_rest', 'n_i'),
  of('N_TILE', 'N', 'K', 'N_TILE_x', 'n-tile', 'n_tile'),
  of('import0', 'export', 'require', 'module', 'exports', 'default'),
  of('undefined', 'null', 'this', 'super', 'new', 'typeof'),
  of('restrict', 'inline', 'auto', 'decltype', 'constexpr', 'alignas'),
  of('dim3', 'expf', 'fmaxf', 'sqrtf', 'printf', 'malloc'),
  of(`l${'o'.repeat(300)}ng`, `l${'o'.repeat(300)}ng1`, `l${'o'.repeat(300)}ng2`, `l${'o'.repeat(300)}ng3`, `l${'o'.repeat(300)}ng4`, `l${'o'.repeat(300)}ng5`),
  of('o', 'O', 'I', 'l', 'i', 'L'),
  of('select0', 'max', 'min', 'floor', 'abs', 'exp2'),
  of('EOF', 'NULL', 'errno', 'stdin', 'INT_MAX', 'true0'),
  of('t', 'i', 'x', 'y', 'r', 's'),
];

/** A weighted sum of rows, with these names for everything. */
export const statement = ({
  stream,
  streamed,
  kept,
  array,
  weight,
  state,
}: Names): string => `stream ${stream} [${streamed}, ${kept}] (${array} : R[${streamed} ${kept}], ${weight} : R[${kept}]) over ${streamed}
  spec map ${kept} (${weight}[${kept}] * sum ${streamed} (${array}[${streamed}, ${kept}]))
  state (${state} : R[${kept}])
  head map ${kept} (sum ${streamed} (${array}[${streamed}, ${kept}]))
  final map ${kept} (${weight}[${kept}] * ${state}[${kept}])
  merge map ${kept} (${state}[${kept}] + ${state}'[${kept}])
  mergeable
`;
export const proof = ({ stream }: Names): string =>
  `proof ${stream}\n  refl\nqed\nproof ${stream}.mergeable\n  rewrite sum-add\nqed\n`;

/** Words that no identifier of an emitted text may be, from the languages' own lists. */
// prettier-ignore
export const words: Readonly<Record<'wgsl' | 'cuda' | 'host', readonly string[]>> = {
  wgsl: 'alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if let loop override requires return struct switch true var while NULL Self abstract active alignas alignof as asm asm_fragment async attribute auto await become cast catch class co_await co_return co_yield coherent column_major common compile compile_fragment concept const_cast consteval constexpr constinit crate debugger decltype delete demote demote_to_helper do dynamic_cast enum explicit export extends extern external fallthrough filter final finally friend from fxgroup get goto groupshared highp impl implements import inline instanceof interface layout lowp macro macro_rules match mediump meta mod module move mut mutable namespace new nil noexcept noinline nointerpolation non_coherent noncoherent noperspective null nullptr of operator package packoffset partition pass patch pixelfragment precise precision premerge priv protected pub public readonly ref regardless register reinterpret_cast require resource restrict self set shared sizeof smooth snorm static static_assert static_cast std subroutine super target template this thread_local throw trait try type typedef typeid typename typeof union unless unorm unsafe unsized use using varying virtual volatile wgsl where with writeonly yield'.split(' '),
  cuda: 'alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq threadIdx blockIdx blockDim gridDim warpSize dim3 main NULL EOF errno stdin'.split(' '),
  host: 'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield undefined NaN Infinity globalThis Math Float64Array'.split(' '),
};
