// Scheduled terms that the tests lower: each is built by hand, and none is known to src.
import type { Expr } from '../../../src/language/point/point.js';
import type { AxisUse, Level, Share } from '../../../src/kernel/ir/kernel.js';
import type { Scheduled } from '../../../src/kernel/ir/scheduled.js';
import type * as K from '../../../src/core/index.js';
import * as D from './dsl.js';

export interface Tiles {
  readonly rows: number;
  readonly stream: number;
  readonly columns: number;
  /** how lanes share the rows and the columns */
  readonly rowShare?: Omit<Share, 'lanes'>;
  readonly columnShare?: Omit<Share, 'lanes'>;
  /** whether each lane's row stands in a tile that all lanes fill */
  readonly rowTile?: boolean;
}
type Level3 = readonly [name: string, axes: readonly K.Axis[], level?: Level];

const [d0] = [D.variable('d')];
const d = D.axis(d0);
const serial = (v: K.AxisVar, name: string): AxisUse => ({ _tag: 'Serial', name, axis: v });
const grid = (v: K.AxisVar, name: string): AxisUse => ({ _tag: 'Grid', name, axis: v });

/** Rows are lanes and columns registers, or lanes share either. */
const rowsOf = (name: string, t: Tiles): ReturnType<typeof D.grouped> => D.grouped(name, t.rows, 'lane', t.rowShare);
const columnsOf = (name: string, t: Tiles): ReturnType<typeof D.grouped> =>
  D.grouped(name, t.columns, 'register', t.columnShare);
/** What several lanes read alike is staged, and rows where that is asked for. */
const rowLevel = (t: Tiles): Level => (t.rowShare || t.rowTile ? 'workgroup' : 'global');

function scheduled(name: string, wires: readonly Level3[], uses: readonly AxisUse[], body: Expr): Scheduled {
  const rhs = D.term(
    wires.map(([n, axes]) => ({ name: n, axes })),
    body,
  );
  return {
    name,
    rhs,
    wires: wires.map(([n, , level]) => ({ name: n, level: level ?? 'global' })),
    results: ['out'],
    uses,
  };
}

/** c = a b, the sum continued element by element across tiles. */
export function contraction(t: Tiles): Scheduled {
  const [m, k, n] = [rowsOf('m', t), D.streamed('k', t.stream), columnsOf('n', t)];
  const at = (i: string, j: string, l: string): Expr => D.mul(D.at(D.wire('a'), i, l), D.at(D.wire('b'), l, j));
  return scheduled(
    'contraction',
    [
      ['a', [m.axis, k.axis], rowLevel(t)],
      ['b', [k.axis, n.axis], 'workgroup'],
    ],
    [m.use, k.use, n.use],
    D.map(m.axis, (i) => D.map(n.axis, (j) => D.sum(k.axis, (l) => at(i, j, l)))),
  );
}

/** The same with a partial sum for each tile, added up. */
export function contractionByTiles(t: Tiles, last = false): Scheduled {
  const [m, k, n] = [rowsOf('m', t), D.streamed('k', t.stream, last), columnsOf('n', t)];
  const tileOf = (w: Expr, i: string): Expr => D.map(k.axis, (l) => (i === '' ? D.at(w, l) : D.at(w, i, l)));
  return scheduled(
    'by_tiles',
    [
      ['a', [m.axis, k.axis], rowLevel(t)],
      ['b', [k.axis, n.axis], 'workgroup'],
    ],
    [m.use, k.use, n.use],
    D.map(m.axis, (i) =>
      D.map(n.axis, (j) =>
        D.streamSum(k, [tileOf(D.wire('a'), i), D.column(D.wire('b'), k.axis, j)], ([x, y], l) =>
          D.mul(D.at(x!, l), D.at(y!, l)),
        ),
      ),
    ),
  );
}

/** sum_k exp(s - m) v / sum_k exp(s - m), s the contraction over d: one pass with (m, l, o). */
export function weighted(
  t: Tiles,
  options: {
    readonly batch?: boolean;
    readonly last?: boolean;
    readonly columns?: 'register' | 'serial';
    readonly width?: 'tiles' | 'whole';
  } = {},
): Scheduled {
  const [q, k] = [rowsOf('q', t), D.streamed('k', t.stream, options.last)];
  const e = columnsOf('e', t);
  const [ev, hv] = [D.variable('ee'), D.variable('heads')];
  const eAxis = options.columns === 'serial' ? D.axis(ev) : e.axis;
  const wide = options.width === 'whole' ? D.wholly('d', t.stream) : D.streamed('d', t.columns + 1);
  const width = options.width ? wide.axis : d;
  const lead = options.batch ? [D.axis(hv)] : [];
  const uses = [
    ...(options.batch ? [grid(hv, 'heads')] : []),
    q.use,
    k.use,
    options.columns === 'serial' ? serial(ev, 'e') : e.use,
    options.width ? wide.use : serial(d0, 'd'),
  ];
  const body = (h: readonly string[]): Expr =>
    D.map(q.axis, (i) =>
      D.map(eAxis, (c) => {
        const score = (key: Expr): Expr => D.sum(width, (l) => D.mul(D.at(D.wire('q'), ...h, i, l), D.at(key, l)));
        const keys = h.length > 0 ? D.at(D.wire('k'), ...h) : D.wire('k');
        const values = h.length > 0 ? D.at(D.wire('v'), ...h) : D.wire('v');
        const scores = D.map(k.axis, (j) => score(D.at(keys, j)));
        return D.streamSoft(k, scores, D.column(values, k.axis, c));
      }),
    );
  const term = options.batch ? D.map(lead[0]!, (h) => body([h])) : body([]);
  return scheduled(
    'weighted',
    [
      ['q', [...lead, q.axis, width], rowLevel(t)],
      ['k', [...lead, k.axis, width], 'workgroup'],
      ['v', [...lead, k.axis, eAxis], 'workgroup'],
    ],
    uses,
    term,
  );
}

/** sum_i x g w / sqrt(sum_i x² / size + c) */
export function normed(t: Tiles): Scheduled {
  const [n, i, j] = [rowsOf('n', t), D.streamed('i', t.stream), columnsOf('j', t)];
  const x = (a: string, l: string): Expr => D.at(D.wire('x'), a, l);
  return scheduled(
    'normed',
    [
      ['x', [n.axis, i.axis], rowLevel(t)],
      ['g', [i.axis]],
      ['w', [i.axis, j.axis], 'workgroup'],
      ['c', []],
    ],
    [n.use, i.use, j.use],
    D.map(n.axis, (a) =>
      D.map(j.axis, (b) => {
        const square = D.sum(i.axis, (l) => D.mul(x(a, l), x(a, l)));
        const dot = D.sum(i.axis, (l) => D.mul(D.mul(x(a, l), D.at(D.wire('g'), l)), D.at(D.wire('w'), l, b)));
        return D.mul(dot, D.recip(D.sqrt(D.add(D.mul(square, D.recip(D.sizeOf(i.axis))), D.wire('c')))));
      }),
    ),
  );
}

/** One number from one stream: no lanes. */
export function total(t: Tiles): Scheduled {
  const n = D.streamed('n', t.stream);
  return scheduled(
    'total',
    [['x', [n.axis]]],
    [n.use],
    D.mul(
      D.sum(n.axis, (i) => D.at(D.wire('x'), i)),
      D.recip(D.sizeOf(n.axis)),
    ),
  );
}

/** Elementwise, with the position of a row in its whole axis. */
export function placed(t: Tiles): Scheduled {
  const n = rowsOf('n', t);
  const c = D.variable('c');
  return scheduled(
    'placed',
    [['x', [n.axis, D.axis(c)]]],
    [n.use, serial(c, 'c')],
    D.map(n.axis, (i) =>
      D.map(D.axis(c), (j) =>
        D.add(
          D.mul(D.at(D.wire('x'), i, j), D.at(D.positionOf(n.axis), i)),
          D.neg(D.max(D.at(D.positionOf(D.axis(c)), j), D.number(1n, 3n))),
        ),
      ),
    ),
  );
}

/** The state of every row in one loop: the map inside the fold. */
export function inside(t: Tiles): Scheduled {
  const [n, k] = [rowsOf('n', t), D.streamed('k', t.stream)];
  const zero = D.map(n.axis, () => D.number(0n));
  const out = D.folds(
    k.axis,
    [
      { object: D.R(n.axis), init: zero },
      { object: D.R(n.axis), init: zero },
    ],
    ([s, z], l) =>
      D.tuple(
        D.map(n.axis, (i) => D.add(D.at(s!, i), D.at(D.wire('x'), i, l))),
        D.map(n.axis, (i) => D.max(D.at(z!, i), D.mul(D.at(s!, i), D.at(D.wire('x'), i, l)))),
      ),
  );
  return scheduled(
    'inside',
    [['x', [n.axis, k.axis]]],
    [n.use, k.use],
    D.letIn(
      [
        { name: 'a', object: D.R(n.axis) },
        { name: 'b', object: D.R(n.axis) },
      ],
      out,
      D.map(n.axis, (i) => D.add(D.at(D.wire('a'), i), D.mul(D.number(2n), D.at(D.wire('b'), i)))),
    ),
  );
}
