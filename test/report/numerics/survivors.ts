// Mutants of emitted texts that no test of the kernel can or does catch, each with the reason. Invariant: a reason names a kind of change, and holds for
// every mutant of that kind; what has none counts as missed.
import type { Target } from '../../../src/kernel/emit/emit.js';
import type { Mutant } from './mutation.js';

type Reason = readonly [reason: string, holds: (target: Target, m: Mutant) => boolean];

const REASONS: readonly Reason[] = [
  [
    'equivalent: the loop over the rest has one turn at most, so its index is 0 and what it is multiplied by does not count',
    (_target, m) =>
      /_last_i \* /.test(m.before) &&
      m.before.replace(/ [-+] (\w+_last_i)/, ' $1') === m.after.replace(/ [-+] (\w+_last_i)/, ' $1'),
  ],
  [
    'equivalent: where b is the mean of a over the turns, the sum of (a - b)(a + b) is that of (a - b)(a - b)',
    (_target, m) => aboutTheMean(m),
  ],
  [
    'equivalent: WGSL sets every variable to zero, so setting it again changes nothing',
    (target, m) => target === 'wgsl' && setsToZero(m) && (m.family === 'stale' || /^for \(var \w+ = 1u/.test(m.after)),
  ],
  [
    'equivalent: WGSL keeps an index inside of its array, so the turn too many sets an element to zero that is zero',
    (target, m) => target === 'wgsl' && setsToZero(m) && /^for \(.* <= /.test(m.after),
  ],
  [
    'equivalent: WGSL begins workgroup memory with zeros, and the turn too many multiplies by an element of a row that nothing fills',
    (target, m) => target === 'wgsl' && timesUnfilled(m),
  ],
  [
    'equivalent: before a tile is filled for the first time, nothing has read it',
    (target, m) => target === 'wgsl' && m.before.trim() === 'workgroupBarrier();' && startsWithoutBarrier(m),
  ],
  [
    'equivalent: a maximum starts from the first element, and need not meet it again',
    (_target, m) => maximumFromSecond(m),
  ],
  [
    'a store of zero behind a private array: undefined in C++, and g++ leaves it out',
    (target, m) => target === 'cuda' && setsToZero(m) && /^for \(.* <= /.test(m.after),
  ],
];

/** One sign changed in a sum of squares less b, where the text has b as a sum times the inverse of the number of its summands. */
function aboutTheMean({ before, after, text }: Mutant): boolean {
  const [, sum, a, b] = /^(\w+) = \1 \+ \((\w+) - (\w+)\) \* \(\2 - \3\);$/.exec(before.trim()) ?? [];
  if (sum === undefined) return false;
  const changed = [`(${a} + ${b}) * (${a} - ${b})`, `(${a} - ${b}) * (${a} + ${b})`];
  const isMean = new RegExp(`\\b${b} = \\w*sum\\w* \\* inverse;`).test(text);
  return isMean && changed.some((c) => after.trim() === `${sum} = ${sum} + ${c};`);
}

/** The first fill of a tile, outside of every loop, is what the barrier that went stood before. */
function startsWithoutBarrier({ text }: Mutant): boolean {
  const lines = text.split('\n');
  const fill = lines.findIndex((l) => /^ *for \(var slot = /.test(l));
  const barrier = lines.findIndex((l) => l.trim() === 'workgroupBarrier();');
  return fill >= 0 && fill < barrier && /^ {2}for/.test(lines[fill]!);
}

/**
 * One turn too many of a loop that takes an element of a padded row, and does nothing but add its product with something else to sums; every fill of that
 * tile has rows as long as the loop was.
 */
function timesUnfilled({ before, after, text }: Mutant): boolean {
  const [, index, bound] = /^for \(var (\w+) = 0u; \1 < (\w+); \1\+\+\) \{$/.exec(before.trim()) ?? [];
  if (index === undefined || after.trim() !== before.trim().replace(' < ', ' <= ')) return false;
  const lines = text.split('\n').map((l) => l.trim());
  const at = lines.indexOf(after.trim());
  const [, value, tile] = new RegExp(`^let (\\w+) = (\\w+)\\[\\w+\\]\\[${index}\\];$`).exec(lines[at + 1] ?? '') ?? [];
  if (value === undefined || !new RegExp(`^var<workgroup> ${tile!} : array<array<f32, \\w+ \\+ 1u>`, 'm').test(text))
    return false;
  const filled = lines.flatMap((l, i) => {
    const [, column] = new RegExp(`^${tile!}\\[\\w+\\]\\[(\\w+)\\] = `).exec(l) ?? [];
    return column === undefined ? [] : [lines.slice(0, i).findLast((x) => x.startsWith(`let ${column} = `))];
  });
  const rows = filled.length > 0 && filled.every((l) => l?.endsWith(` = slot % ${bound!};`));
  return (
    rows &&
    lines[at + 2]?.startsWith('for (') === true &&
    addsTo(lines[at + 3] ?? '', value) &&
    lines[at + 4] === '}' &&
    lines[at + 5] === '}'
  );
}
/** sum = sum + x * y, where one of them is the factor. */
const addsTo = (line: string, factor: string): boolean => {
  const [, , x, y] = /^(\w+\[\w+\]) = \1 \+ (\S+) \* (\S+);$/.exec(line) ?? [];
  return x === factor || y === factor;
};

/** A loop from 1 in place of 0 that does nothing but keep the larger of what it has and an element, begun with the first element. */
function maximumFromSecond({ before, after, text }: Mutant): boolean {
  const [, index] = /^for \((?:var|unsigned) (\w+) = 0u;/.exec(before.trim()) ?? [];
  if (index === undefined || after.trim() !== before.trim().replace(`${index} = 0u`, `${index} = 1u`)) return false;
  const lines = text.split('\n').map((l) => l.trim());
  const at = lines.indexOf(after.trim());
  const [, element] = new RegExp(`^let (\\w+) = \\S+\\[${index}\\];$`).exec(lines[at + 1] ?? '') ?? [];
  const [, larger] = new RegExp(`^(\\w+) = max\\(\\1, ${element}\\);$`).exec(lines[at + 2] ?? '') ?? [];
  const begun = lines
    .slice(0, at)
    .some((l) => larger !== undefined && l.startsWith(`var ${larger} = `) && l.endsWith('[0u];'));
  return begun && lines[at + 3] === '}';
}

/** The line sets an element of an array to zero, or is the head of a loop that does nothing else. */
function setsToZero({ before, after, text }: Mutant): boolean {
  const zero = /^\s*\w+\[\w+\] = 0\.0f?;$/;
  if (zero.test(before)) return true;
  const lines = text.split('\n');
  const heads = lines.flatMap((l, i) => (l.trim() === after && /^for /.test(after) ? [i] : []));
  return heads.some((i) => zero.test(lines[i + 1] ?? '') && /^\s*\}$/.test(lines[i + 2] ?? ''));
}

export const reasonFor = (target: Target, m: Mutant): string | undefined =>
  REASONS.find(([, holds]) => holds(target, m))?.[0];
