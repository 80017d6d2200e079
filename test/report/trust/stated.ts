/**
 * Figures against what a page of the documentation states of them. Invariant: a figure that is stated and not counted is as wrong as one that is
 * worse; a page that states nothing is refused. It counts nothing itself.
 */
import type { Part } from './part.js';

/** A row `| part | figure | at least 3 |`; figures are numbers of that part's own. */
export interface Stated {
  readonly part: string;
  readonly figure: string;
  readonly bound: 'at least' | 'at most' | 'exactly';
  readonly value: number;
}

const row = /^\| *([^|]+?) *\| *([^|]+?) *\| *(at least|at most|exactly) ([\d.,]+)[^|]*\|/;

export function statedIn(page: string): readonly Stated[] {
  const rows = page.split('\n').flatMap((line) => {
    const found = row.exec(line);
    if (!found) return [];
    const [, part, figure, bound, value] = found;
    return [
      { part: part!, figure: figure!, bound: bound as Stated['bound'], value: Number(value!.replaceAll(',', '')) },
    ];
  });
  if (rows.length === 0) throw new Error('the page states no figure');
  return rows;
}

/** Why the figures are worse than stated, one line each. */
export function worse(stated: readonly Stated[], parts: readonly Part[]): readonly string[] {
  return stated.flatMap(({ part, figure, bound, value }) => {
    const found = parts.find((p) => p.title === part)?.figures.find((f) => f.name === figure);
    if (!found) return [`${part}: ${figure}: stated ${bound} ${value}, not counted`];
    const now = found.value;
    const good = bound === 'at least' ? now >= value : bound === 'at most' ? now <= value : now === value;
    return good ? [] : [`${part}: ${figure}: stated ${bound} ${value}, found ${now}`];
  });
}
