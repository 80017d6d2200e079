// Every scheduled term of the tests, at three choices of tiles.
import type { Scheduled } from '../../src/lower/scheduled.js';
import * as C from './cases.js';

export const TILES: readonly C.Tiles[] = [
  { rows: 4, stream: 3, columns: 2 },
  { rows: 1, stream: 1, columns: 1 },
  { rows: 8, stream: 5, columns: 7 },
];

export const all = (t: C.Tiles): Readonly<Record<string, Scheduled>> => ({
  contraction: C.contraction(t),
  'contraction by tiles': C.contractionByTiles(t),
  'contraction by tiles, the rest last': C.contractionByTiles(t, true),
  'weighted mean': C.weighted(t),
  'weighted mean, woven over heads, the rest last': C.weighted(t, { batch: true, last: true }),
  'weighted mean, columns in a run-time loop': C.weighted(t, { columns: 'serial' }),
  'weighted mean, its width in tiles': C.weighted(t, { width: 'tiles' }),
  normed: C.normed(t),
  total: C.total(t),
  placed: C.placed(t),
  'the map inside the fold': C.inside(t),
});
