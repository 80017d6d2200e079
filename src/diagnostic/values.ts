/**
 * Arrays of exact values as text: in full as nested brackets, or in few words where most elements are one number. Invariant: in few words,
 * every element is still told, or the text says how many are not. Knows no counterexamples.
 */
import { isTruth } from '../proof/refute/evaluate.js';
import type { Input } from '../proof/refute/random.js';
import { showNumber } from '../language/print/algebra.js';

type Element = Input['data'][number];
const element = (x: Element): string => (isTruth(x) ? String(x) : showNumber(x));

export function nested({ dims, data }: Input): string {
  const [n, ...rest] = dims;
  if (n === undefined) return element(data[0]!);
  const step = data.length / Math.max(1, n);
  const parts = Array.from({ length: n }, (_, i) => nested({ dims: rest, data: data.slice(i * step, (i + 1) * step) }));
  return `[${parts.join(', ')}]`;
}

/** What is written out, and how many elements may be unlike the others. */
const WRITTEN = 24;
const EXCEPTIONS = 6;

/** The text that most are, with the places of the others. */
function usual(texts: readonly string[]): { readonly most: string; readonly others: readonly number[] } {
  const counts = new Map<string, number>();
  for (const t of texts) counts.set(t, (counts.get(t) ?? 0) + 1);
  const [most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  return { most, others: texts.flatMap((t, i) => (t === most ? [] : [i])) };
}

function place(dims: readonly number[], flat: number): string {
  const index: number[] = [];
  let rest = flat;
  for (const n of [...dims].reverse()) {
    index.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return `[${index.join(', ')}]`;
}

/** `[0, 1]`; `0 everywhere`; `0 everywhere but 1 at [3, 2]`. */
export function brief(x: Input): string {
  if (x.data.length <= WRITTEN) return nested(x);
  const texts = x.data.map(element);
  const { most, others } = usual(texts);
  const told = others.slice(0, EXCEPTIONS).map((i) => `${texts[i]!} at ${place(x.dims, i)}`);
  const untold = others.length - told.length;
  const more = untold > 0 ? [`${untold} others`] : [];
  return `${most} everywhere${others.length === 0 ? '' : ` but ${[...told, ...more].join(', ')}`}`;
}

/** Parts of a tuple. */
export function tupled(parts: readonly string[]): string {
  if (parts.length === 1) return parts[0]!;
  if (parts.length <= WRITTEN) return `(${parts.join(', ')})`;
  const { most, others } = usual(parts);
  const told = others.slice(0, EXCEPTIONS).map((i) => `${parts[i]!} in part ${i + 1}`);
  const untold = others.length - told.length;
  const more = untold > 0 ? [`${untold} others`] : [];
  return `${most} in each of ${parts.length} parts${others.length === 0 ? '' : ` but ${[...told, ...more].join(', ')}`}`;
}

type Named = readonly [name: string, value: string];
/** Of many wires, those that are unlike most by name; the others together. */
export function grouped(pairs: readonly Named[]): readonly string[] {
  const equations = pairs.map(([name, value]) => `${name} = ${value}`);
  if (pairs.length <= WRITTEN) return equations;
  const { most, others } = usual(pairs.map(([, value]) => value));
  if (others.length > WRITTEN)
    return [...others.slice(0, WRITTEN).map((i) => equations[i]!), `${pairs.length - WRITTEN} other wires`];
  return [...others.map((i) => equations[i]!), `${others.length === 0 ? 'every' : 'every other'} wire = ${most}`];
}
