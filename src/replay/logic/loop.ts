/**
 * Loops (equation 6). Invariant: over 0 nothing happens, over 1 the step runs, a sum is one loop after the other, a product a loop of loops;
 * a loop over a variable stays as it is. It does not know where the step comes from.
 */
import { type Axis, type AxisVar, type Summand } from './axis.js';
import { arrays, opaque, type Value } from './blocks.js';
import { bind, type Node, node } from './node.js';
import { type Obj } from './object.js';
import { index } from './polynomial.js';
import { later, type Then } from './trampoline.js';

/** The state after, and the outputs, one value for each path. */
export interface Turns {
  readonly state: Value;
  readonly outputs: readonly Value[];
}

export interface Loop {
  readonly state: Obj;
  /** one turn, in a context of `depth` indices, the last of which go through the path of this number */
  readonly turn: (path: number, state: Value, depth: number, then: Then<{ state: Value; output: Value }>) => void;
}

/** Two loops over one variable are equal when their initial states and their steps are, for an arbitrary state and turn. */
const close = (v: AxisVar, state: Obj, start: Value, depth: number, { state: next, outputs }: Turns): Turns => {
  const loop = node('loop', [bind(v, depth, arrays(next, state, depth + 1)), ...arrays(start, state, depth)]);
  const output = (e: Node): Node => node('output', [loop, bind(v, depth, [e])], { at: [index(v, depth)] });
  return {
    state: opaque(state, depth, (n, at) => node('final', [loop], { label: `${n}`, at })),
    outputs: outputs.map((x) => x.map(output)),
  };
};

interface Here {
  readonly start: Value;
  readonly depth: number;
  /** the number of the first path */
  readonly path: number;
}

const overSummand = (loop: Loop, { vars, tail }: Summand, here: Here, then: Then<Turns>): void => {
  const { start, depth, path } = here;
  const [v, ...rest] = vars;
  if (v === undefined && tail) return overAxis(loop, tail, here, then);
  if (v === undefined) return loop.turn(path, start, depth, ({ state, output }) => then({ state, outputs: [output] }));
  const state = opaque(loop.state, depth + 1, (n, at) => node('state', [], { label: `${n}`, at, level: depth }));
  const inner = { vars: rest, ...(tail && { tail }) };
  later(() =>
    overSummand(loop, inner, { start: state, depth: depth + 1, path }, (turns) =>
      later(() => then(close(v, loop.state, start, depth, turns))),
    ),
  );
};

/** The loop over e from the state `start`. */
export const overAxis = (loop: Loop, e: Axis, { start, depth, path }: Here, then: Then<Turns>): void => {
  const go = (n: number, state: Value, outputs: readonly Value[]): void => {
    const summand = e.summands[n];
    if (!summand) return later(() => then({ state, outputs }));
    later(() =>
      overSummand(loop, summand, { start: state, depth, path: path + outputs.length }, (part) =>
        go(n + 1, part.state, [...outputs, ...part.outputs]),
      ),
    );
  };
  go(0, start, []);
};
