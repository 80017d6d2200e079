/**
 * Identifiers of the text. Invariant: every name of the IR, whatever a person called it, becomes a plain ASCII identifier that is no reserved
 * word of any target and is used once; equal kernels get equal names. It does not know where a name is used.
 */

// prettier-ignore
const reserved = new Set(('alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl concept const consteval constexpr ' +
  'constinit const_cast continue co_await co_return co_yield decltype default delete do double dynamic_cast else enum explicit export extern false float for friend ' +
  'goto if inline int long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return ' +
  'short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename union unsigned using virtual ' +
  'void volatile wchar_t while xor xor_eq dim3 main exp pow log2 exp2 sin cos tan tanh fabs fma floor ceil round trunc sign length dot cross all any i j_ expf log logf sqrt sqrtf fmaxf fmax max min select vec2 vec3 vec4 vec3u array f32 f16 u32 i32 mat2x2 ' +
  'alias const_assert continuing diagnostic discard enable fn let loop override requires var ptr sampler texture atomic storage uniform workgroup function ' +
  'arguments await async debugger eval finally implements import in instanceof interface let null of package super undefined var with yield Math ' +
  'Float32Array Float64Array Uint32Array Number Infinity NaN globalThis buffers params stream lane block Params workgroupBarrier fminf Array LANES blockIdx threadIdx blockDim gridDim warpSize ' +
  'y0 y1 yn j0 j1 jn gamma lgamma signgam div abs time index read write open close exit abort signal stdin stdout stderr errno assert linux unix NULL EOF ' +
  'active as attribute become binding_array cast common_type complex crate debugger demote design explicit extends external fallthrough filter final finally fixed fragment get ' +
  'constructor hasOwnProperty isPrototypeOf propertyIsEnumerable prototype toLocaleString toString valueOf groupshared highp hlsl impl instanceof is layout lowp macro match mediump meta mod module move mut new nil noinline nointerpolation null nullptr of operator ' +
  'partition pass patch pixelfragment precise precision premerge pub readonly ref regardless resource restrict self set shared smooth snorm staticcast std subroutine target ' +
  'texture type typeof unless unorm unsafe unsized use vertex where writeonly ' +
  'Self abstract asm_fragment coherent column_major common compile compile_fragment demote_to_helper from fxgroup macro_rules non_coherent noncoherent noperspective ' +
  'packoffset priv require row_major trait varying wgsl').split(' '));

/** How names of the targets' own headers, and of what an emitter defines, begin. */
const ours = /^(WEFT|weft|cuda|nv)/;

const plain = (name: string): string => {
  const ascii = name
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/_{2,}/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 48);
  return /^[A-Za-z]/.test(ascii) && !ours.test(ascii) ? ascii : `x${ascii === '' ? '' : `_${ascii}`}`;
};

export class Symbols {
  private readonly used = new Set<string>();
  private readonly table = new Map<string, string>();

  /** The identifier of a name of one kind; the first asks for its own spelling, a later one that collides gets a suffix. */
  of(kind: string, name: string, suffix = ''): string {
    const key = `${kind}\n${name}`;
    const known = this.table.get(key);
    if (known) return known;
    const base = plain(name);
    let made = base;
    for (let i = 1; this.used.has(made.toLowerCase()) || reserved.has(made); i++)
      made = `${base}${suffix || '_x'}${i > 1 ? i : ''}`;
    this.used.add(made.toLowerCase());
    this.table.set(key, made);
    return made;
  }
}

/** One line of a comment: printable ASCII, and nothing that could end or continue it. */
export function commentLine(text: string): string {
  const safe = text
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/\?\?/g, '? ?')
    .replace(/\*\//g, '* /');
  return `// ${safe}`.trimEnd().replace(/\\$/, '\\ .');
}
