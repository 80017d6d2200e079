// Wrong phrases of what lanes share: the element in a slot, a lane's digits, slots past the end, turns, puts, rows and the memory that a launcher asks
// for. Invariant: as wrong.ts; the text is the same for WGSL and CUDA but where a row is one's own.
import type { Edit } from './wrong.js';

// prettier-ignore
const both: readonly Edit[] = [
  { entry: 'slots apart',               from: /(\w+_slot) \* \d+u \+/g,                        to: '$1 +' },
  { entry: 'slots of one lane',         from: /(= \w+_slot \* \d+u) \+ \w+_lane;/g,            to: '$1;' },
  { entry: 'runs apart',                from: /(\w+_slot \/ (\d+)u) \* \d+u/,                  to: '$1 * $2u' },
  { entry: 'lanes in runs',             from: /(_lane) \* \d+u \+ (\w+_slot %)/,               to: '$1 + $2' },
  { entry: 'places in a run',           from: / \+ \w+_slot % \d+u;/,                          to: ';' },
  { entry: 'runs in a lane',            from: /\w+_slot \/ \d+u \* \d+u \+ /,                  to: '' },
  { entry: 'digit of a lane',           from: /(\w+_lane = lane) \/ \d+u/,                     to: '$1' },
  { entry: 'last digit of a lane',      from: /(\w+_lane = lane) % \d+u/,                      to: '$1' },
  { entry: 'one slot fewer',           from: /(\w+_slot < )(\d+)u/g,                          to: '$1$2u - 1u' },
  { entry: 'one slot more',             from: /(\w+_slot < )(\d+)u/,                           to: '$1$2u + 1u' },
  { entry: 'slots past the end',        from: /if \(\w+ < (k_head|K_TILE)\)/g,                 to: 'if (true)' },
  { entry: 'slots at the end',          from: /if \((\w+) < (k_head|K_TILE)\)/g,               to: 'if ($1 + 1u < $2)' },
  { entry: 'an array of slots',         from: /sum_d\[k_slot\]/g,                              to: 'sum_d[0u]' },
  { entry: 'turns of a fill',           from: /turn < (\d+)u/,                                 to: 'turn < $1u - 1u' },
  { entry: 'turns apart',               from: /(slot|\w+) = turn \* \d+u/,                     to: '$1 = turn' },
  { entry: 'turns of one lane',         from: /( = turn \* \d+u) \+ \w+;/,                     to: '$1;' },
  { entry: 'where lanes put',           from: /kept_tile\[(\w+)\]\[(\w+)\] = /g,               to: 'kept_tile[$2][$1] = ' },
  { entry: 'what lanes put',            from: /(kept_tile\S+ = \w+)\[k_slot\]/g,               to: '$1[0u]' },
  { entry: 'length of a row',           from: / \+ 4u([\]>])/g,                                to: '$1' },
];

// prettier-ignore
export const SHARED_EDITS: Readonly<Record<'wgsl' | 'cuda' | 'host', readonly Edit[]>> = {
  wgsl: both,
  cuda: [
    ...both,
    { entry: 'where a tile begins',     from: /weft_shared \+ [1-9]\d*u/,                      to: 'weft_shared + 0u' },
    { entry: 'where the first begins',  from: /weft_shared \+ 0u/,                             to: 'weft_shared + 8u' },
    { entry: 'rows of a carved tile',   from: /reinterpret_cast<float \(\*\)\[(\w+)[^\]]*\]>/, to: 'reinterpret_cast<float (*)[$1]>' },
    { entry: 'rows, carved shorter',    from: /\(\* const b_tile\)\[(\w+) \+ 4u\](.*)\[\w+ \+ 4u\]/, to: '(* const b_tile)[$1 - 4u]$2[$1 - 4u]' },
    { entry: 'bytes of the launch',     from: /(dim3\(\d+u\)), [1-9]\d*/,                      to: '$1, 16' },
    { entry: 'alignment of a row',      from: /__align__\(16\) /g,                             to: '' },
    { entry: 'unrolled, otherwise',     from: /#pragma unroll.*/g,                             to: '#pragma unroll 3' },
  ],
  host: [],
};
