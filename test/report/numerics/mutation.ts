// Small bugs in an emitted text: operators, indices, bounds, constants, barriers, initial values, guards, one a mutant. Invariant: a mutant differs from
// the text in one place of its code, never in a comment; which mutants a seed picks depends on the text alone. It knows no runner.
import { random } from '../../support/ir/run.js';
import { seedOf } from './texts.js';

export interface Mutant {
  readonly family: string;
  /** the line as it was, and as it is */
  readonly before: string;
  readonly after: string;
  readonly text: string;
}

type Edit = readonly [family: string, from: RegExp, to: string];

// prettier-ignore
const EDITS: readonly Edit[] = [
  ['operator', / \+ /g,                                                  ' - '],
  ['operator', / - /g,                                                   ' + '],
  ['operator', / \* /g,                                                  ' + '],
  ['operator', / \/ /g,                                                  ' * '],
  ['operator', / % /g,                                                   ' / '],
  ['function', /\bmax\(/g,                                               'min('],
  ['function', /\bfmaxf\(/g,                                             'fminf('],
  ['function', /\bexp(f?)\(/g,                                           'sqrt$1('],
  ['function', /\bsqrt(f?)\(/g,                                          'exp$1('],
  ['function', /\blog(f?)\(/g,                                           'exp$1('],
  ['bound',    /(for .*) < /g,                                           '$1 <= '],
  ['bound',    /(for \((?:var|unsigned) \w+ = )0u/g,                     '$11u'],
  ['constant', /(_TILE = )(\d+)u/g,                                      '$1$2u + 1u'],
  ['constant', /\b1\.0(f?)(?! \/ )/g,                                    '2.0$1'],
  ['initial',  /^(\s*(?:var|float) \w+ = )0\.0/g,                        '$11.0'],
  ['initial',  /^(\s*(?:var|float) \w+ = )1\.0/g,                        '$10.0'],
  ['initial',  /^(\s*\w+\[\w+\] = )0\.0/g,                               '$11.0'],
  ['barrier',  /^\s*(?:workgroupBarrier|__syncthreads)\(\);$/g,          ''],
  ['guard',    /^(\s*)if \(.*\) \{$/g,                                   '$1if (true) {'],
  ['guard',    /(if \(\w+) < /g,                                         '$1 <= '],
  ['index',    /\b(\w+)_at\b(?! =)/g,                                    '$1_origin'],
  ['index',    /\[(\w+)\](?= [-+*=;])/g,                                 '[0u]'],
  ['index',    /\((\w+_origin) \+ \w+\)/g,                               '$1'],
  ['clamp',    /(?:min|weft_lesser)\((\w+), \w+ - 1u\)/g,                '$1'],
  ['block',    /(\w+_block) == 0u/g,                                     '$1 == 1u'],
  ['select',   /select\(([^(),]+), ([^(),]+), /g,                        'select($2, $1, '],
  ['select',   /\? ([^?:;()]+) : ([^?:;()]+);/g,                         '? $2 : $1;'],
  ['stale',    /^\s*\w+(?:\[\w+\])? = .*;$/g,                            ''],
  ['grid',     /dim3\(\((\w+) \+ (\w+)\)/g,                              'dim3(($2)'],
];

/** Where code is: not a comment, not a line of the preprocessor, not a declaration of an interface. */
const isCode = (line: string): boolean =>
  !/^\s*(\/\/|#|@|struct|\}|$)/.test(line) && !/kernel<<<|static unsigned|weft_lesser\(unsigned/.test(line);

/**
 * A WGSL clamp keeps reads inside of an extent for lanes that store nothing; WGSL itself keeps them inside of the buffer, so without the clamp the
 * program computes the same. In CUDA it is a read outside of an array, which the sanitizer sees.
 */
const same = (before: string, at: number, family: string): boolean =>
  (family === 'clamp' && /\bmin\(/.test(before)) || /\bmin\(\w+, \w+$/.test(before.slice(0, at));

function all(text: string): readonly Mutant[] {
  const lines = text.split('\n');
  return lines.flatMap((before, at) => {
    if (!isCode(before)) return [];
    return EDITS.flatMap(([family, from, to]) =>
      [...before.matchAll(from)]
        .filter((m) => !same(before, m.index, family))
        .map((m): Mutant => {
          const changed = m[0].replace(new RegExp(from.source), to);
          const after = before.slice(0, m.index) + changed + before.slice(m.index + m[0].length);
          return { family, before: before.trim(), after: after.trim(), text: lines.with(at, after).join('\n') };
        }),
    );
  });
}

/** `count` mutants of a text, families by turns; fewer where there are fewer. */
export function mutants(name: string, text: string, count: number, seed: number): readonly Mutant[] {
  const next = random(seedOf(name, seed));
  const families = new Map<string, Mutant[]>();
  for (const m of all(text)) if (m.text !== text) families.set(m.family, [...(families.get(m.family) ?? []), m]);
  const picked: Mutant[] = [];
  while (picked.length < count && families.size > 0)
    for (const [family, rest] of families) {
      if (picked.length === count) break;
      const [m] = rest.splice(Math.floor(next() * rest.length), 1);
      if (m && !picked.some((p) => p.text === m.text)) picked.push(m);
      if (rest.length === 0) families.delete(family);
    }
  return picked;
}
