/**
 * The run-time parameters of a kernel, read off the uses of its axes. Invariant: the same for every target. It
 * knows no text.
 */
import type { AxisUse, AxisVar } from '../ir/kernel.js';

export { gridDims } from '../ir/kernel.js';

/** The run-time parameters of a use, and how each is computed from the size n of the axis: `part` names the row of sizes.ts. */
export interface Param {
  readonly name: string;
  readonly use: string;
  readonly part: Part;
  readonly axis: AxisVar;
}
export type Part = 'size' | 'rest' | 'count' | 'head' | 'flag' | 'last' | 'lanes';

export const TAIL: Readonly<Record<Part, string>> = {
  size: 'size',
  rest: 'rest',
  count: 'tiles',
  head: 'head',
  flag: 'last',
  last: 'last_size',
  lanes: 'lanes',
};

export function paramsOf(uses: readonly AxisUse[]): readonly Omit<Param, 'name'>[] {
  return uses.flatMap((u): Omit<Param, 'name'>[] => {
    if (u._tag === 'Grouped')
      return [
        { use: u.name, part: 'rest', axis: u.rest },
        { use: u.name, part: 'count', axis: u.count },
      ];
    if (u._tag === 'Lanes')
      return [
        { use: u.name, part: 'rest', axis: u.rest },
        { use: u.name, part: 'lanes', axis: u.axis },
      ];
    if (u._tag !== 'Streamed') return [{ use: u.name, part: 'size', axis: u.axis }];
    const last: Omit<Param, 'name'>[] = u.last
      ? [
          { use: u.name, part: 'flag', axis: u.last.flag },
          { use: u.name, part: 'last', axis: u.last.rest },
        ]
      : [];
    const head: Omit<Param, 'name'>[] = u.head ? [{ use: u.name, part: 'head', axis: u.head }] : [];
    return [...head, { use: u.name, part: 'count', axis: u.count }, ...last];
  });
}
