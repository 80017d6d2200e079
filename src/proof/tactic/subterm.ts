// The terms that a term is made of. Invariant: a call is made of its diagrams; its body is another term, and who opens it says so.
import type { Term } from '../../core/index.js';

/** @example subterms(seq(f, g)) // [f, g] */
export function subterms(t: Term): readonly Term[] {
  switch (t._tag) {
    case 'Compose':
    case 'Tensor':
      return [t.first, t.second];
    case 'Map':
      return [t.body];
    case 'Scan':
      return [t.step];
    case 'Call':
      return t.args.morphisms;
    default:
      return [];
  }
}
