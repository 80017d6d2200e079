// The pictures of docs/reference/library.md: of each stream its statement, and of the theorems that are cited most, in docs/pictures/library. Knows no file.
import type { Statements } from '../src/proof/script/statements.js';
import { drawEquation } from '../src/draw/draw.js';

const theorems =
  'add-comm left-distrib max-add max-shift merge-tiling pairing post-composition pre-composition rescaling separated-fold sum-add sum-exchange sum-exp-gauge sum-linear tiling tiling-last weaving';

/** What has a picture. */
export const picturesOf = ({ streams }: Statements): ReadonlySet<string> =>
  new Set([...streams.keys(), ...theorems.split(' ')].sort());

/** Both sides of a statement. */
export function libraryPicture({ stated, axioms }: Statements, name: string): string {
  const law = stated.get(name)?.law ?? axioms.get(name)?.law;
  if (!law) throw new Error(`there is no statement ${name}`);
  return drawEquation([law.lhs, law.rhs], law.wires ?? [], name, { title: name });
}
