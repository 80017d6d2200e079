/**
 * What stands above a kernel: facts that its reader must know, as lines. Invariant: every line is computed from the kernel or handed
 * in; nothing is claimed that was not. It does not know how comments look in a target.
 */
import { type AxisUse, type Grouped, type Kernel, type Lanes, laneCount, lanesAlong, lanesOf } from '../ir/kernel.js';
import { often, readsOf } from './moved.js';
import type { Law } from '../validate/validate.js';
import type { Memory } from '../emit/memory.js';

/** SHA-256 of certificates: of the theorem `spec = scheduled`, whose right-hand side the kernel computes, and of the theorem that is stated. */
export interface Certified {
  readonly scheduled: string;
  /** none of a definition, whose schedule is its own unfolding */
  readonly theorem: string | undefined;
}

export interface Provenance {
  /** the theorem that the kernel computes the right-hand side of */
  readonly theorem: string;
  /** whether that is a definition, scheduled in order: no theorem says that it streams */
  readonly plain?: boolean;
  readonly statement?: string;
  /** what the theorem holds under: conditions on the inputs */
  readonly where?: readonly string[];
  /** whether inputs were seen that meet them */
  readonly isSeenMet?: boolean;
  readonly certificate?: Certified;
  /** those of the library, by name */
  readonly axioms: readonly string[];
  /** others: name, file and the hash of the statement */
  readonly foreign?: readonly string[];
  readonly hypotheses?: readonly string[];
  /** conditions under which no side uses a convention: proved, or to be met by the caller */
  readonly domain: readonly { readonly condition: string; readonly proved: boolean }[];
  readonly tested?: string;
  readonly measured?: string;
}

const OUTSIDE =
  'outside of the domain: nothing is said of the numbers that depend on it (1/0 is 0 in the theorem, infinite or NaN in CUDA, any number in WGSL); all others are as inside';

const NOTHING_SAID = 'of inputs that do not meet that, the theorem says nothing';
const NOT_SEEN =
  'no inputs were seen to meet that: on some that were tried it is open, by rounding or since it could not be evaluated';
const UP_TO: Readonly<Record<Law, string>> = {
  structural: '',
  slicing: ' up to exchange of map and fold and unused state',
  apart: ' up to exchange of map and fold, unused state, and loops side by side or one after another',
};

const list = (items: readonly string[], none: string): string => (items.length === 0 ? none : items.join(', '));

function heldBy(u: Grouped): string {
  if (u.as === 'share') return `${lanesAlong(u)} lanes hold ${u.share!.perLane} elements each`;
  return u.as === 'lane' ? 'one lane for each element' : 'one lane holds a tile';
}

function useLine(u: AxisUse, lanes: Lanes | undefined): string {
  switch (u._tag) {
    case 'Grid':
      return `${u.name}: one block for each element`;
    case 'Serial':
      return `${u.name}: a loop`;
    case 'Held':
      return `${u.name}: loops, and an array of each lane: at most ${u.most} elements`;
    case 'Grouped':
      return `${u.name}: tiles of ${u.capacity} over the grid, the ragged one first; ${heldBy(u)}`;
    case 'Streamed':
      return `${u.name}: streamed${lanes ? ' by each lane' : ''} in tiles of ${u.capacity}, ${u.head ? `the ragged one ${u.last ? 'last' : 'first'}` : 'a multiple of which it must be long'}`;
    case 'Lanes': {
      const part = u.elements === 'apart' ? `one element in ${u.most}` : 'a run of neighbours';
      return `${u.of}: ${u.most} lanes a row, each with ${part}; the elements in front that do not fill all lanes alike are computed by every lane; the states merge in order`;
    }
  }
}

/** How often each element is read from global memory and written to it, as the statements say: a cache may do better. */
function movedLine(kernel: Kernel): string {
  const read = [...readsOf(kernel)].map(([name, sum]) => `${name} ${often(sum)}`);
  return [...read, ...kernel.outputs.map((a) => `${a.name} written once`)].join('; ');
}

function claimLines(kernel: Kernel, from: Provenance): readonly string[] {
  if (!from.plain)
    return [`${kernel.name}: computes the right-hand side of the theorem ${from.theorem}, which is proved.`];
  const loops = kernel.uses.filter((u) => u._tag === 'Serial' || u._tag === 'Held').map((u) => u.name);
  const order = loops.length === 0 ? 'a map, without loops' : `its loops run in order, over ${loops.join(', ')}`;
  return [
    `${kernel.name}: computes the definition ${from.theorem} as it stands: ${order}. Nothing says that it streams.`,
    'theorem: the definition over tiles and a batch = the diagram below, by its unfolding alone',
  ];
}

export function headerLines(kernel: Kernel, memory: Memory, law: Law, from: Provenance): readonly string[] {
  const named = (proved: boolean): readonly string[] => [
    ...new Set(from.domain.filter((d) => d.proved === proved).map((d) => d.condition)),
  ];
  return [
    ...claimLines(kernel, from),
    ...(from.statement ? [from.statement] : []),
    ...(from.where ?? []).map((c) => `where, to be met by the caller: ${c}`),
    ...((from.where ?? []).length > 0 ? [NOTHING_SAID] : []),
    ...(from.isSeenMet === false ? [NOT_SEEN] : []),
    ...(from.certificate
      ? [
          `certificate: ${from.certificate.scheduled}`,
          ...(from.certificate.theorem === undefined
            ? []
            : [`certificate of the theorem: ${from.certificate.theorem}`]),
        ]
      : []),
    `axioms of the library: ${list(from.axioms, 'none')}`,
    `axioms that are not the library's: ${(from.foreign ?? []).join('; ') || 'none'}`,
    ...(from.hypotheses && from.hypotheses.length > 0 ? [`hypotheses: ${from.hypotheses.join(', ')}`] : []),
    `domain, proved: ${list(named(true), 'nothing to prove')}`,
    `domain, to be met by the caller: ${list(named(false), 'nothing')}`,
    ...(named(false).length > 0 ? [OUTSIDE] : []),
    `validated: the code below, evaluated back, has the normal form of that side${UP_TO[law]}, for every tile size`,
    ...kernel.uses.map((u) => `axis ${useLine(u, lanesOf(kernel, u.name))}`),
    `datatype: ${kernel.inputs[0]?.datatype ?? 'f32'}; a theorem is about reals, rounding is not proved`,
    `memory: ${memory.workgroup} bytes of workgroup memory, ${memory.private} bytes of private variables a lane, ${laneCount(kernel)} lanes`,
    `moved: ${movedLine(kernel)}`,
    `tested sizes: ${from.tested ?? 'not recorded'}`,
    `measured error: ${from.measured ?? 'not recorded'}`,
  ];
}
