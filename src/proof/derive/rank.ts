/**
 * Numeric rank of a matrix, by one-sided Jacobi rotations (singular values). Invariant: rows are normalised first, since each
 * carries a relative precision of its own. Knows nothing of what the rows are.
 */

/** Singular values above this part of the largest count. */
export const tolerance = 1e-9;
const sweeps = 40;

/** The singular values of rows, largest first; rows of zeros and of what is not finite are left out. */
export function singularValues(rows: readonly Float64Array[]): readonly number[] {
  const kept = rows.flatMap((r) => normalised(r) ?? []);
  if (kept.length === 0) return [];
  const [m, n] = [kept.length, kept[0]!.length];
  // rotate the shorter side
  const vectors = m <= n ? kept : Array.from({ length: n }, (_, j) => Float64Array.from(kept, (r) => r[j]!));
  orthogonalise(vectors);
  return vectors.map((v) => Math.sqrt(dot(v, v))).sort((a, b) => b - a);
}

export function rankOf(rows: readonly Float64Array[]): number {
  const values = singularValues(rows);
  const largest = values[0] ?? 0;
  return largest === 0 ? 0 : values.filter((v) => v > tolerance * largest).length;
}

function normalised(row: Float64Array): [Float64Array] | undefined {
  let most = 0;
  for (const x of row) {
    if (!Number.isFinite(x)) return undefined;
    most = Math.max(most, Math.abs(x));
  }
  if (most === 0) return undefined;
  const scaled = row.map((x) => x / most);
  const length = Math.sqrt(dot(scaled, scaled));
  return [scaled.map((x) => x / length)];
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i += 1) s += a[i]! * b[i]!;
  return s;
}

/** Rotates pairs of vectors until all are orthogonal. */
function orthogonalise(vectors: readonly Float64Array[]): void {
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let turned = false;
    for (let p = 0; p < vectors.length; p += 1)
      for (let q = p + 1; q < vectors.length; q += 1) if (rotate(vectors[p]!, vectors[q]!)) turned = true;
    if (!turned) return;
  }
}

function rotate(a: Float64Array, b: Float64Array): boolean {
  const [alpha, beta, gamma] = [dot(a, a), dot(b, b), dot(a, b)];
  if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta) || alpha * beta < 1e-60) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = c * x - s * y;
    b[i] = s * x + c * y;
  }
  return true;
}
