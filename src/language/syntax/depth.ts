/**
 * How deep the rules of the grammar call one another while a text is read. Invariant: counted at each rule that every circle of the grammar goes
 * through, so that a text is refused, with its place, long before the stack ends; the count is the same on every machine. Knows no rule's meaning.
 */
import type * as ohm from 'ohm-js';

/** Rules inside one another: eight for a bracket of an expression, six for a `let` or an `if`, five at most for a word in front of an operand. */
export const maximumRules = 900;

/** A text that is nested deeper than a limit, and where. */
export class Deep extends Error {
  constructor(
    readonly at: number,
    readonly limit: number,
  ) {
    super('the text is nested too deep');
  }
}

/** What Ohm's matching has, beyond its published types. */
interface MatchState {
  readonly _applicationStack: readonly unknown[];
  readonly inputStream: { readonly pos: number };
}
interface Body {
  eval(state: MatchState): unknown;
}

/** Every circle of rules goes through one of these. */
const circles = ['AppExp', 'DiagramAtom', 'AxisAtom', 'ObjectAtom', 'Brace', 'Step'] as const;

const counted = (body: Body): Body =>
  Object.create(body, {
    eval: {
      value(state: MatchState): unknown {
        if (state._applicationStack.length > maximumRules) throw new Deep(state.inputStream.pos, maximumRules);
        return body.eval(state);
      },
    },
  }) as Body;

/** The same grammar, which counts. */
export function counting(grammar: ohm.Grammar): ohm.Grammar {
  const { rules } = grammar as unknown as { readonly rules: Readonly<Record<string, { body: Body }>> };
  for (const name of circles) rules[name]!.body = counted(rules[name]!.body);
  return grammar;
}
