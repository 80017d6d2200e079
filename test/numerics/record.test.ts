// The recorded table speaks of the kernels that are checked in: each text has its record, and no record is of a text that is gone.
// `npx tsx test/numerics/record.ts` writes it again; then `weft kernels`.
import { expect, it } from 'vitest';
import { RECORDED } from '../../src/extract/recorded.generated.js';
import { coded } from './record.js';

it('every kernel that is checked in has a record of its code, and there are no others', () => {
  const found = Object.entries(RECORDED).map(([code, { name, target }]) => `${name} ${target} ${code}`);
  const wanted = coded().map(({ kernel, target, code }) => `${kernel.name} ${target} ${code}`);
  expect(found.sort()).toEqual(wanted.sort());
});
