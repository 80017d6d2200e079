/**
 * The C header of a CUDA text: its launcher, and the host's arithmetic of tiles (program.ts) as an inline function, one phrase for each way in which an
 * axis is used. Invariant: C99 and C++; it refuses what program.ts refuses, and a grid that this text cannot have; it includes and prints nothing.
 */
import { hashOf } from '../../proof/certificate/hash.js';
import type { Emitted } from '../emit/emit.js';
import { Symbols, commentLine } from '../emit/names.js';
import type { Part } from '../emit/param.js';
import {
  type ArrayDecl,
  type AxisUse,
  type Lanes,
  type Streamed,
  foldedUses,
  gridDims,
  lanesOf,
} from '../ir/kernel.js';
import { type Product, extentOf } from './extent.js';
import type { Certified } from './header.js';
import { MOST_BLOCKS } from './program.js';

/** What the inline functions return where nothing is launched; the same numbers in every header (docs/reference/launcher.md). */
export const STATUS = {
  size_wrong: -1,
  no_multiple: -2,
  over_most: -3,
  array_too_large: -4,
  grid_too_long: -5,
} as const;
type Status = keyof typeof STATUS;

const SAID: Readonly<Record<Status, string>> = {
  size_wrong: 'a size is 0, or 2^31 or more',
  no_multiple: 'a size is no multiple of its tile',
  over_most: 'a size is more than lanes hold',
  array_too_large: 'an array would have 2^31 elements or more',
  grid_too_long: 'more blocks than a grid takes; a text that was extracted with --fold takes them',
};

const MEANING: Readonly<Record<Part, string>> = {
  size: 'how long it is',
  rest: 'elements in front',
  count: 'full tiles',
  head: 'elements of the ragged tile',
  flag: 'whether there is a last tile',
  last: 'elements of the last tile, or 1',
  lanes: 'lanes that have a part, or 0',
};

/** Spells the header of one text. */
class Launcher {
  private readonly symbols = new Symbols();
  private readonly uses: readonly AxisUse[];
  /** the axes that have a size of their own */
  private readonly axes: readonly Exclude<AxisUse, Lanes>[];
  private readonly arrays: readonly { readonly name: string; readonly decl: ArrayDecl; readonly typed: string }[];

  constructor(private readonly of: Emitted) {
    const { kernel } = of.validated;
    this.uses = kernel.uses;
    this.axes = kernel.uses.filter((u): u is Exclude<AxisUse, Lanes> => u._tag !== 'Lanes');
    this.axes.forEach((u) => this.symbols.of('size', u.name));
    this.arrays = [...kernel.inputs, ...kernel.outputs].map((decl, i) => {
      const name = of.arrays[i]!;
      return { name, decl, typed: `${i < kernel.inputs.length ? 'const ' : ''}float* ${name}` };
    });
  }

  private named(what: string): string {
    return `${this.of.entry}_${what}`;
  }
  private field(use: string): string {
    return this.symbols.of('size', use);
  }
  private size(use: string): string {
    return `sizes->${this.field(use)}`;
  }
  private refusal(condition: string, status: Status): string {
    return `  if (${condition}) return ${this.named(status)};`;
  }

  // ---- what is declared ----

  arrayLines(): readonly string[] {
    const shape = (axes: ArrayDecl['axes']): string =>
      axes.map((e) => `[${sum(extentOf(this.uses, e), (use) => this.field(use))}]`).join('') || ' is one number';
    const { inputs } = this.of.validated.kernel;
    return this.arrays.map(({ name, decl }, i) => {
      const kind = decl.kind === 'boolean' ? ', truth values: 0 is false, any other true' : '';
      return `  ${i < inputs.length ? 'read   ' : 'written'} ${name}${shape(decl.axes)}${kind}`;
    });
  }

  private signature(name: string, last: readonly string[]): string {
    return `int ${this.named(name)}(${[...this.arrays.map((a) => a.typed), ...last].join(', ')})`;
  }

  prototype(): readonly string[] {
    return [
      '#ifdef __cplusplus',
      'extern "C" {',
      '#endif',
      `${this.signature('launch', ['const unsigned* params', 'void* stream'])};`,
      '#ifdef __cplusplus',
      '}',
      '#endif',
    ];
  }

  declarations(): readonly string[] {
    const names = Object.keys(STATUS) as Status[];
    const fields = this.axes.map((u) => `  unsigned long long ${this.field(u.name)};`);
    return [
      ...(fields.length > 0 ? [`struct ${this.named('sizes')} {`, ...fields, '};'] : []),
      ...(fields.length === 0 ? [`struct ${this.named('sizes')} {`, '  unsigned long long none;', '};'] : []),
      '',
      `enum ${this.named('status')} {`,
      ...names.map(
        (s, i) => `  ${this.named(s)} = ${STATUS[s]}${i < names.length - 1 ? ',' : ''} ${commentLine(SAID[s])}`,
      ),
      '};',
      `enum { ${this.named('params_count')} = ${this.of.params.length} };`,
    ];
  }

  // ---- what is computed ----

  arithmetic(): readonly string[] {
    const { params } = this.of;
    const lines = [
      ...this.axes.flatMap((u) => this.sizeChecks(u)),
      ...this.arrays.flatMap(({ decl }) => this.arrayCheck(decl)),
      ...this.gridChecks(),
      ...params.map(
        (p, i) =>
          `  params[${i}] = (unsigned)(${this.part(
            this.uses.find((u) => u.name === p.use)!,
            p.part,
          )}); ${commentLine(`${p.name}: ${MEANING[p.part]}`)}`,
      ),
    ];
    const unused = [
      ...(this.axes.length === 0 ? ['  (void)sizes;'] : []),
      ...(params.length === 0 ? ['  (void)params;'] : []),
    ];
    return [
      `static inline int ${this.named('params')}(const struct ${this.named('sizes')}* sizes, unsigned* params) {`,
      ...unused,
      ...lines,
      '  return 0;',
      '}',
    ];
  }

  private sizeChecks(u: Exclude<AxisUse, Lanes>): readonly string[] {
    const n = this.size(u.name);
    return [
      ...(u._tag === 'Streamed' && !u.head ? [this.refusal(`${n} % ${u.capacity} != 0`, 'no_multiple')] : []),
      this.refusal(`${n} < 1 || ${n} >= 2147483648ull`, 'size_wrong'),
      ...(u._tag === 'Held' ? [this.refusal(`${n} > ${u.most}`, 'over_most')] : []),
    ];
  }

  /** In double, which is exact below 2^53, and above it still as large as the limit. */
  private arrayCheck({ axes }: ArrayDecl): readonly string[] {
    if (axes.length === 0) return [];
    const factor = (e: readonly Product[]): string => {
      const text = sum(e, (use) => `(double)${this.size(use)}`);
      return e.length > 1 ? `(${text})` : text;
    };
    const elements = axes.map((e) => factor(extentOf(this.uses, e))).join(' * ');
    return [this.refusal(`${elements} >= 2147483648.0`, 'array_too_large')];
  }

  /** The first dimension of a grid has at most one axis in it, of which there are never too many blocks. */
  private gridChecks(): readonly string[] {
    const { kernel } = this.of.validated;
    const dims = this.of.numbered === 'folded' ? [foldedUses(kernel)] : gridDims(kernel);
    return dims.flatMap((uses, i) => {
      if (uses.length === 0 || (i === 0 && uses.length === 1)) return [];
      const blocks = uses.map((u) =>
        u._tag === 'Grouped' ? `(double)(${this.part(u, 'count')} + 1)` : `(double)${this.size(u.name)}`,
      );
      return [this.refusal(`${blocks.join(' * ')} > ${MOST_BLOCKS.cuda[i]!}.0`, 'grid_too_long')];
    });
  }

  /** A number that the text takes, from the size of its axis: partsOf of program.ts as text. */
  private part(u: AxisUse, part: Part): string {
    switch (u._tag) {
      case 'Grid':
      case 'Serial':
      case 'Held':
        return this.size(u.name);
      case 'Grouped':
        return part === 'count' ? tiles(this.size(u.name), u.capacity) : ragged(this.size(u.name), u.capacity);
      case 'Lanes': {
        const n = this.size(u.of);
        return part === 'lanes' ? `${n} > ${u.most} ? ${u.most} : 0` : ragged(n, u.most);
      }
      case 'Streamed':
        return u.last ? lastPart(this.size(u.name), u.capacity, part) : this.streamed(u, part);
    }
  }

  /** Of a stream with lanes along it each has (n - 1) / most elements, or the only one of none. */
  private streamed(u: Streamed, part: Part): string {
    const lanes = lanesOf({ uses: this.uses }, u.name);
    const n = this.size(u.name);
    const length = lanes ? `(${n} > ${lanes.most} ? (${n} - 1) / ${lanes.most} : 1)` : n;
    if (!u.head) return `${length} / ${u.capacity}`;
    return part === 'count' ? tiles(length, u.capacity) : ragged(length, u.capacity);
  }

  run(): readonly string[] {
    const count = this.of.params.length;
    const [sizes, status] = ['sizes', 'status'].map((name) => this.free(name));
    const names = [...this.arrays.map((a) => a.name), 'params', 'stream'];
    return [
      `static inline ${this.signature('run', [`const struct ${this.named('sizes')}* ${sizes!}`, 'void* stream'])} {`,
      `  unsigned params[${Math.max(count, 1)}];`,
      `  const int ${status!} = ${this.named('params')}(${sizes!}, params);`,
      `  return ${status!} == 0 ? ${this.named('launch')}(${names.join(', ')}) : ${status!};`,
      '}',
    ];
  }

  /** A name that no array has. */
  private free(name: string): string {
    return this.arrays.some((a) => a.name === name) ? this.free(`${name}_x`) : name;
  }
}

/** n = rest + count * b with 1 <= rest <= b. */
const tiles = (n: string, b: number): string => `(${n} - 1) / ${b}`;
const ragged = (n: string, b: number): string => `(${n} - 1) % ${b} + 1`;

/** n = head + count * b + flag * last, with head = min(n, b). */
function lastPart(n: string, b: number, part: Part): string {
  const isRagged = `${n} > ${b} && ${n} % ${b} != 0`;
  if (part === 'head') return `${n} < ${b} ? ${n} : ${b}`;
  if (part === 'count') return `${n} < ${b} ? 0 : ${n} / ${b} - 1`;
  return part === 'flag' ? `${isRagged} ? 1 : 0` : `${isRagged} ? ${n} % ${b} : 1`;
}

const sum = (e: readonly Product[], size: (use: string) => string): string =>
  e
    .map(({ times, sizes }) =>
      [...(times === 1 && sizes.length > 0 ? [] : [`${times}`]), ...sizes.map(size)].join(' * '),
    )
    .join(' + ') || '0';

/** The header of a CUDA text. */
export function launcherHeader(emitted: Emitted, certified: Certified): string {
  const launcher = new Launcher(emitted);
  const { entry, text } = emitted;
  const guard = `WEFT_${entry.toUpperCase()}_${hashOf(text).slice(0, 16).toUpperCase()}_H`;
  const lines = [
    ...[
      `${entry}: the launcher of that kernel, and what a host computes for it from sizes (docs/reference/launcher.md)`,
      `certificate: ${certified.scheduled}`,
      'arrays of f32, row-major, in memory of the device:',
      ...launcher.arrayLines(),
      `${entry}_params writes ${emitted.params.length} numbers; ${entry}_run computes them and launches, and returns what the launch says`,
      'returned: 0; below 0 a refusal of sizes, nothing launched; above 0 a cudaError',
    ].map(commentLine),
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    ...launcher.prototype(),
    '',
    ...launcher.declarations(),
    '',
    ...launcher.arithmetic(),
    '',
    ...launcher.run(),
    '',
    '#endif',
    '',
  ];
  return lines.join('\n');
}
