/** What a generator returns when nobody waits between its pieces. */
export function runToEnd<A>(pieces: Generator<void, A>): A {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}
