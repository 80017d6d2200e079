/** Long lines of what is shown, broken between words. Invariant: only blanks are lost at a break; what follows is indented. */

export const lineWidth = 96;
const indent = '    ';

/** Where a line is broken: offsets of the first character of each further line. */
export function breaksOf(line: string, width = lineWidth): readonly number[] {
  const breaks: number[] = [];
  let [start, room] = [0, width];
  while (line.length - start > room) {
    const at = breakBefore(line, start, start + room);
    if (at === undefined) return breaks;
    breaks.push(at);
    [start, room] = [at, width - indent.length];
  }
  return breaks;
}

/** An operand, and what it is applied to, stand on one line: a line ends after a mark or a word that wants more. */
const wantsMore = /(?:[,;:=<>+*/-]|\b(?:and|or|not|in|then|else))$/;

/** The last blank before `limit`, rather where brackets are few; none where a word is as long as the line. */
function breakBefore(line: string, start: number, limit: number): number | undefined {
  let best: number | undefined;
  let [depth, shallow] = [0, Infinity];
  for (let i = start; i < limit; i += 1) {
    const c = line[i]!;
    if ('([{'.includes(c)) depth += 1;
    if (')]}'.includes(c)) depth -= 1;
    const late = i > start + (limit - start) / 2;
    if (
      c === ' ' &&
      wantsMore.test(line.slice(Math.max(0, i - 5), i)) &&
      i > start + indent.length &&
      (depth <= shallow || (late && best === undefined))
    ) {
      if (depth < shallow || late) [best, shallow] = [i + 1, late ? depth : Infinity];
    }
  }
  if (best !== undefined) return best;
  for (let i = line.indexOf(' ', limit); i >= 0; i = line.indexOf(' ', i + 1))
    if (wantsMore.test(line.slice(i - 5, i))) return i + 1;
  return undefined;
}

const pieces = (line: string, breaks: readonly number[]): readonly string[] =>
  [0, ...breaks].map((from, i) => `${i === 0 ? '' : indent}${line.slice(from, breaks[i] ?? line.length).trimEnd()}`);

export const wrapped = (line: string, width = lineWidth): readonly string[] => pieces(line, breaksOf(line, width));

/** A line and the marks under it, broken at the same places; a part without marks has none under it. */
export function wrappedWith(line: string, marks: string, width = lineWidth): readonly string[] {
  const breaks = breaksOf(line, width);
  const [texts, under] = [pieces(line, breaks), pieces(marks.padEnd(line.length), breaks)];
  return texts.flatMap((t, i) => (under[i]!.trim() === '' ? [t] : [t, under[i]!]));
}
