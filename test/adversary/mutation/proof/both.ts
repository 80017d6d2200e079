// One change made in a statement and in its proof alike, so that the two still fit each other. Invariant: names of theorems are kept. Knows no checker.
export interface Both {
  readonly statement: string;
  readonly proof: string;
}

const word = (name: string): RegExp => new RegExp(`(?<![\\w.'-])${name}(?![\\w'-])`, 'g');
const everywhere: readonly (readonly [RegExp, string])[] = [
  [/ \+ /g, ' * '],
  [/ \+ /g, ' - '],
  [/ \* /g, ' + '],
  [/ - /g, ' + '],
  [/ \/ /g, ' * '],
  [/ < /g, ' > '],
  [/ and /g, ' or '],
  [word('exp'), 'log'],
  [word('recip'), 'neg'],
  [word('sum'), 'max'],
  [word('max'), 'sum'],
  [word('true'), 'false'],
  [word('0'), '1'],
  [word('1'), '0'],
  [word('x'), 'y'],
  [word('y'), 'x'],
  [/\+\+/g, '+'],
];

/** The body of a statement, from the first colon outside brackets on: what is declared stays. */
function bodyAt(statement: string): number {
  let depth = 0;
  for (const [i, c] of [...statement].entries()) {
    if ('([{'.includes(c)) depth += 1;
    else if (')]}'.includes(c)) depth -= 1;
    else if (c === ':' && depth === 0) return i;
  }
  return statement.length;
}

export function both(statement: string, proof: string): readonly Both[] {
  const at = bodyAt(statement);
  const start = proof.indexOf('\n');
  return everywhere.flatMap(([from, to]) => {
    const [body, steps] = [statement.slice(at), proof.slice(start)].map((t) => t.replace(from, to)) as [string, string];
    if (body === statement.slice(at)) return [];
    return [{ statement: statement.slice(0, at) + body, proof: proof.slice(0, start) + steps }];
  });
}
