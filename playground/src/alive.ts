// Whether a Worker is there still, also where it ends without a word: it holds a lock under its name for as long as it lives. Invariant: `then` is called once, after the Worker's end. Without locks, in a page
// that is not secure, nothing is known. Knows no messages but the one word that says that the lock is held.

/** In the Worker. */
export function hold(name: string, said: () => void): void {
  void navigator.locks?.request(name, () => {
    said();
    return new Promise<never>(() => undefined);
  });
}

/** In the page, once the Worker has said that it holds the lock. */
export function whenGone(name: string, then: () => void): void {
  void navigator.locks?.request(name, then);
}

/** A name that no other Worker has. */
export const nameFor = (role: string): string =>
  `weft ${role} ${Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-')}`;
