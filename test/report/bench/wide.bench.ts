// How the time to extract a kernel grows with its tiled axes: a stream over k that sums x over so many inner axes, every one of them tiled. Each
// tiled axis doubles the text (a ragged and a whole copy of its loops), so twice the work an axis is what is aimed at.
import * as E from 'fp-ts/lib/Either.js';
import { extract } from '../../../src/kernel/extract/extract.js';
import { checkLibrary } from '../../../src/proof/script/check.js';
import { type Figure, median, report, sources, timed } from './report.js';

const letters = ['a', 'b', 'c', 'd', 'e'];

function texts(inner: readonly string[]): { readonly statement: string; readonly proof: string } {
  const sum = (over: readonly string[], x: string): string => over.reduceRight((body, i) => `sum ${i} (${body})`, x);
  const element = (order: string): string => `x[${[order, ...inner].join(', ')}]`;
  const [name, all] = [`wide-${inner.length}`, inner.join(' ')];
  const summed = `map q (${sum(['k', ...inner], element('k, q'))})`;
  const stated = `map q (${sum(['k', ...inner], element('q, k'))})`;
  return {
    statement: `stream ${name} [q, k, ${inner.join(', ')}] (x : R[q k ${all}]) over k
  spec ${stated}
  state (c : R[q])
  head ${stated}
  final c
  merge map q (c[q] + c'[q])
  commutative
`,
    proof: `proof ${name}
  rewrite post-composition with
    G := 1, A := R[q ${all}], S := R[q], C := R[q], D := R[q],
    f := [k] fun (x : R[k q ${all}]) => ${summed},
    h := [k] fun (x : R[k q ${all}]) => ${summed},
    final := id R[q],
    k := id R[q]
qed
proof ${name}.mergeable
  rewrite pre-composition-merge with
    G := 1, X := R[q ${all}], A := R[q], S := R[q],
    h := [k] fun (x : R[k q]) => map q (sum k (x[k, q])),
    merge := fun (s : R[q], t : R[q]) => map q (s[q] + t[q]),
    e := fun (x : R[q ${all}]) => map q (${sum(inner, `x[q, ${inner.join(', ')}]`)})
  { rewrite sum-add }
qed
proof ${name}.commutative
  ring
qed
`,
  };
}

const wide = letters.map((_, i) => texts(letters.slice(0, i + 1)));
const needed = ['axioms', 'order', 'ring', 'reductions', 'gauge', 'streaming', 'linear'];
const of = (folder: string): ReturnType<typeof sources> =>
  sources(folder).filter((f) => needed.some((n) => f.path.endsWith(`/${n}.weft`)));
const imported = (folder: string): string =>
  of(folder)
    .map((f) => `import "${f.path.split('/').at(-1)!}"\n`)
    .join('');
const library = checkLibrary(
  [
    ...of('theorems'),
    { path: 'theorems/wide.weft', text: imported('theorems') + wide.map((w) => w.statement).join('') },
  ],
  [...of('proofs'), { path: 'proofs/wide.weft', text: imported('proofs') + wide.map((w) => w.proof).join('') }],
);
const open = library.theorems.filter((t) => t.name.startsWith('wide') && t.status !== 'proved');
if (open.length > 0)
  throw new Error(
    `not proved: ${JSON.stringify(open.map((t) => [t.name, t.status, t.code]))} ${JSON.stringify(library.diagnostics.map((d) => [d.file, d.code, d.fact._tag]))}`,
  );

function seconds(axes: number): number {
  const tiles = new Map<string, number>([
    ['q', 8],
    ['k', 4],
    ...letters.slice(0, axes).map((a): [string, number] => [a, 2]),
  ]);
  const once = (): number => {
    const { work, value } = timed(() => extract(library, `wide-${axes}`, 'host', { tiles, ragged: 'first' }));
    if (E.isLeft(value)) throw new Error(`wide-${axes}: ${value.left._tag}`);
    return work;
  };
  return median(axes < 4 ? [once(), once(), once()] : [once()]);
}
const aims: Readonly<Record<number, number>> = { 4: 2, 5: 5 };
const counts = [1, 2, 3, 4, 5];
const all = counts.map((n) => [n, seconds(n)] as const);
report('extracting with every axis tiled, processor time', [
  ...all.map(([n, value]): Figure => ({
    what: `${n} tiled inner axes`,
    value,
    unit: 's',
    ...(aims[n] === undefined ? {} : { aim: aims[n] }),
  })),
  ...all
    .slice(1)
    .map(([n, value], i): Figure => ({ what: `${n} over ${n - 1}`, value: value / all[i]![1], unit: 'x', aim: 2 })),
]);
