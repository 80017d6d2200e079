/**
 * Work that is put off, so that deep terms need no deep stack. Invariant: tasks run one at a time, the last put off first; what follows
 * a part's value is told to the part as a function. It does not know what is computed.
 */
import { decline, spend } from './refusal.js';

export type Then<A> = (value: A) => void;

let tasks: (() => void)[] = [];

export const later = (task: () => void): void => {
  tasks.push(task);
};

/** What `start` tells its continuation, once all tasks are done. */
export const run = <A>(start: (then: Then<A>) => void): A => {
  const outer = tasks;
  tasks = [];
  const found: A[] = [];
  try {
    start((value) => found.push(value));
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      spend();
      task();
    }
  } finally {
    tasks = outer;
  }
  return found[0] ?? decline('a computation did not end');
};

/** `step` on each item, one after the other, and then their values. */
export const each = <A, B>(
  items: readonly A[],
  step: (item: A, n: number, then: Then<B>) => void,
  then: Then<readonly B[]>,
): void => {
  const values: B[] = [];
  const go = (n: number): void => {
    const item = items[n];
    if (n >= items.length || item === undefined) return later(() => then(values));
    later(() =>
      step(item, n, (value) => {
        values.push(value);
        go(n + 1);
      }),
    );
  };
  go(0);
};
