/**
 * What stands above a kernel (design 5): facts that its reader must know, as lines. Invariant: every line is computed from the kernel or handed
 * in; nothing is claimed that was not. It does not know how comments look in a target.
 */
import { type AxisUse, type Grouped, type Kernel, laneCount, lanesAlong } from '../ir/kernel.js';
import type { Law } from '../ir/validate.js';
import type { Memory } from '../emit/memory.js';

/** SHA-256 of certificates: of the theorem `spec = scheduled`, whose right-hand side the kernel computes, and of the theorem that is stated. */
export interface Certified {
  readonly scheduled: string;
  readonly theorem: string;
}

export interface Provenance {
  /** the theorem that the kernel computes the right-hand side of */
  readonly theorem: string;
  readonly statement?: string;
  readonly certificate?: Certified;
  readonly axioms: readonly string[];
  readonly hypotheses?: readonly string[];
  /** conditions under which no side uses a convention: proved, or to be met by the caller */
  readonly domain: readonly { readonly condition: string; readonly proved: boolean }[];
  readonly tested?: string;
  readonly measured?: string;
}

const OUTSIDE =
  'outside of the domain: nothing is said of the numbers that depend on it (1/0 is 0 in the theorem, infinite or NaN in CUDA, any number in WGSL); all others are as inside';

const list = (items: readonly string[], none: string): string => (items.length === 0 ? none : items.join(', '));

function heldBy(u: Grouped): string {
  if (u.as === 'share') return `${lanesAlong(u)} lanes hold ${u.share!.each} elements each`;
  return u.as === 'lane' ? 'one lane for each element' : 'one lane holds a tile';
}

function useLine(u: AxisUse): string {
  switch (u._tag) {
    case 'Grid':
      return `${u.name}: one block for each element`;
    case 'Serial':
      return `${u.name}: a loop`;
    case 'Grouped':
      return `${u.name}: tiles of ${u.capacity} over the grid, the ragged one first; ${heldBy(u)}`;
    case 'Streamed':
      return `${u.name}: streamed in tiles of ${u.capacity}, ${u.head ? `the ragged one ${u.last ? 'last' : 'first'}` : 'a multiple of which it must be long'}`;
  }
}

/** How often each input is read from global memory: by every block of the grouped axes that it does not have. */
function movedLine(kernel: Kernel): string {
  const moved = kernel.inputs.map((a) => {
    const again = kernel.uses.filter((u) => u._tag === 'Grouped' && !mentions(a.axes, u));
    return again.length === 0
      ? `${a.name} once`
      : `${a.name} ${again.map((u) => `(tiles of ${u.name})`).join(' ')} times`;
  });
  return [...moved, ...kernel.outputs.map((a) => `${a.name} written once`)].join('; ');
}
const mentions = (
  axes: readonly { readonly terms: readonly { readonly vars: readonly unknown[] }[] }[],
  u: AxisUse,
): boolean => u._tag === 'Grouped' && axes.some((e) => e.terms.some((m) => m.vars.includes(u.tile)));

export function headerLines(kernel: Kernel, memory: Memory, law: Law, from: Provenance): readonly string[] {
  const named = (proved: boolean): readonly string[] => [
    ...new Set(from.domain.filter((d) => d.proved === proved).map((d) => d.condition)),
  ];
  return [
    `${kernel.name}: computes the right-hand side of the theorem ${from.theorem}, which is proved.`,
    ...(from.statement ? [from.statement] : []),
    ...(from.certificate
      ? [`certificate: ${from.certificate.scheduled}`, `certificate of the theorem: ${from.certificate.theorem}`]
      : []),
    `axioms: ${list(from.axioms, 'none')}`,
    ...(from.hypotheses && from.hypotheses.length > 0 ? [`hypotheses: ${from.hypotheses.join(', ')}`] : []),
    `domain, proved: ${list(named(true), 'nothing to prove')}`,
    `domain, to be met by the caller: ${list(named(false), 'nothing')}`,
    ...(named(false).length > 0 ? [OUTSIDE] : []),
    `validated: the code below, evaluated back, has the normal form of that side${law === 'slicing' ? ' up to exchange of map and fold and unused state' : ''}, for every tile size`,
    ...kernel.uses.map((u) => `axis ${useLine(u)}`),
    `datatype: ${kernel.inputs[0]?.datatype ?? 'f32'}; a theorem is about reals, rounding is not proved`,
    `memory: ${memory.workgroup} bytes of workgroup memory, ${memory.private} bytes of private variables a lane, ${laneCount(kernel)} lanes`,
    `moved: ${movedLine(kernel)}`,
    `tested sizes: ${from.tested ?? 'not recorded'}`,
    `measured error: ${from.measured ?? 'not recorded'}`,
  ];
}
