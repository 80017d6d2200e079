// Changes of certificates (docs/reference/certificate.md). Each family is a function from a certificate to mutants; those with many places take a few,
// by a seed. Knows the format's page, and no checker.
import { stream } from '../../attack/model.js';

/** What surrounds a certificate. */
export interface Certified {
  readonly name: string;
  readonly text: string;
}
export interface Archive {
  /** of all theorems, in the order in which they were proved, and their hashes */
  readonly all: readonly (Certified & { readonly hash: string })[];
  readonly axioms: readonly string[];
}
export type CertificateFamily = (c: Certified, archive: Archive, seed: number) => readonly string[];

interface Record {
  readonly line: number;
  readonly text: string;
  /** `t op`, `s trans`, `v`: the kind, and the rule where it has one */
  readonly head: string;
}

const linesOf = (c: Certified): readonly string[] => c.text.split('\n');
/** The records between the header and `qed`. */
const records = (c: Certified): readonly Record[] =>
  linesOf(c)
    .slice(2, -2)
    .map((text, i) => ({
      line: i + 2,
      text,
      head: text
        .split(' ')
        .slice(0, /^[ts] /.test(text) ? 2 : 1)
        .join(' '),
    }));
const headed = (c: Certified, ...heads: readonly string[]): readonly Record[] =>
  records(c).filter((r) => heads.includes(r.head));
const kindOf = (r: Record): string => r.text.slice(0, 1);

const withLine = (c: Certified, line: number, ...by: readonly string[]): string => {
  const lines = [...linesOf(c)];
  lines.splice(line, 1, ...by);
  return lines.join('\n');
};
const rewritten = (
  c: Certified,
  found: readonly Record[],
  change: (text: string) => readonly string[],
): readonly string[] => found.flatMap((r) => change(r.text).map((by) => withLine(c, r.line, by)));

/** At most `count` of a list. */
function some<A>(list: readonly A[], count: number, seed: number): readonly A[] {
  const random = stream(seed);
  if (list.length <= count) return list;
  return Array.from({ length: count }, () => list[Math.floor(random() * list.length)]!);
}

/** The numbers of a record that are references, and where they stand; what is in strings is not. */
function numbers(text: string): readonly { readonly at: number; readonly digits: string }[] {
  const hidden = text.replace(/"(?:[^"\\]|\\.)*"|\b[0-9a-f]{64}\b/g, (m) => '_'.repeat(m.length));
  return [...hidden.matchAll(/(?<=[ (])\d+(?=[ )]|$)/g)].map((m) => ({ at: m.index, digits: m[0] }));
}
const splice = (text: string, at: number, length: number, by: string): string =>
  text.slice(0, at) + by + text.slice(at + length);

// ---- families ---------------------------------------------------------------------------------------------------------

const bytes = ['0', '1', '9', ' ', '(', ')', '"', '-', '+', '?', 'a', 's', 't', '\n', '\r', '\0', 'é', ';', '*'];
const alterByte: CertificateFamily = (c, _, seed) => {
  const random = stream(seed);
  return Array.from({ length: 14 }, () => {
    const at = Math.floor(random() * c.text.length);
    return splice(c.text, at, 1, bytes[Math.floor(random() * bytes.length)]!);
  });
};
const swapReferences: CertificateFamily = (c, _, seed) =>
  some(records(c), 12, seed).flatMap((r) => {
    const found = numbers(r.text);
    return found.slice(1).flatMap((b, i) => {
      const a = found[i]!;
      if (a.digits === b.digits) return [];
      return [
        withLine(c, r.line, splice(splice(r.text, b.at, b.digits.length, a.digits), a.at, a.digits.length, b.digits)),
      ];
    });
  });
const numberByOne: CertificateFamily = (c, _, seed) =>
  some(records(c), 12, seed).flatMap((r) =>
    numbers(r.text).flatMap(({ at, digits }) =>
      [1, -1]
        .map((d) => Number(digits) + d)
        .filter((n) => n >= 0)
        .map((n) => withLine(c, r.line, splice(r.text, at, digits.length, `${n}`))),
    ),
  );
const anyNumber: CertificateFamily = (c, _, seed) => {
  const random = stream(seed + 1);
  return some(
    headed(
      c,
      ...records(c)
        .filter((r) => kindOf(r) === 's')
        .map((r) => r.head),
    ),
    10,
    seed,
  ).flatMap((r) =>
    numbers(r.text).map(({ at, digits }) =>
      withLine(c, r.line, splice(r.text, at, digits.length, `${Math.floor(random() * (Number(digits) + 1))}`)),
    ),
  );
};
const dropRecord: CertificateFamily = (c, _, seed) => some(records(c), 12, seed).map((r) => withLine(c, r.line));
/** The record is gone, and all references are counted anew: those to it go to the one before it. */
const dropAndRenumber: CertificateFamily = (c, _, seed) => {
  const steps = records(c).filter((r) => kindOf(r) === 's');
  return some(steps, 10, seed).map((gone) => {
    const number = steps.indexOf(gone);
    const down = (text: string): string =>
      [...numbers(text)].reverse().reduce((now, { at, digits }) => {
        const n = Number(digits);
        return n < number || n === 0 ? now : splice(now, at, digits.length, `${n - 1}`);
      }, text);
    const premises = /^(s (sym|trans|;|\*|map|scan|inst|cut|ind)|qed)/;
    return linesOf(c)
      .flatMap((text, i) => (i === gone.line ? [] : [i > gone.line && premises.test(text) ? down(text) : text]))
      .join('\n');
  });
};
const duplicate: CertificateFamily = (c, _, seed) =>
  some(records(c), 10, seed).map((r) => withLine(c, r.line, r.text, r.text));
const exchangeRecords: CertificateFamily = (c, _, seed) => {
  const list = records(c);
  const near = list.slice(1).flatMap((b, i) => (kindOf(list[i]!) === kindOf(b) ? [[list[i]!, b] as const] : []));
  return some(near, 14, seed).map(([a, b]) => {
    const lines = [...linesOf(c)];
    [lines[a.line], lines[b.line]] = [b.text, a.text];
    return lines.join('\n');
  });
};
const nameOfAxiom: CertificateFamily = (c, { axioms }) =>
  rewritten(c, headed(c, 's axiom'), (text) =>
    axioms.flatMap((a, i) => {
      const by = text.replace(/"[^"]*"/, `"${a}"`);
      return by === text || (i % 5 > 0 && !a.startsWith(text.slice(9, 12))) ? [] : [by];
    }),
  );
const changeCite: CertificateFamily = (c, { all }) => {
  const own = all.findIndex((o) => o.name === c.name);
  return rewritten(c, headed(c, 's cite'), (text) => {
    const name = /"([^"]*)"/.exec(text)![1]!;
    const hash = text.slice(-64);
    const others = [all[own], ...all.slice(own + 1, own + 2), ...all.slice(Math.max(0, own - 2), own)];
    return [
      text.slice(0, -1) + (text.endsWith('0') ? '1' : '0'),
      splice(text, text.length - 64, 1, hash.startsWith('0') ? '1' : '0'),
      ...others.flatMap((o) =>
        o && o.name !== name
          ? [`s cite "${o.name}" ${o.hash}`, `s cite "${o.name}" ${hash}`, `s cite "${name}" ${o.hash}`]
          : [],
      ),
    ];
  });
};
const lastStep = (c: Certified): number => Number(/^qed (\d+)/m.exec(c.text)![1]);
const countOf = (c: Certified): number => records(c).filter((r) => kindOf(r) === 's').length;

/** The proved equation the other way round, or only one of its sides. */
const swapSides: CertificateFamily = (c) => {
  const [end, count] = [linesOf(c).length - 2, countOf(c)];
  return [
    withLine(c, end, `s sym ${lastStep(c)}`, `qed ${count}`),
    withLine(c, end, `s sym ${lastStep(c)}`, `s trans ${lastStep(c)} ${count}`, `qed ${count + 1}`),
    withLine(c, end, `s sym ${lastStep(c)}`, `s trans ${count} ${lastStep(c)}`, `qed ${count + 1}`),
    ...rewritten(c, headed(c, 's eq', 's trans', 's ;', 's *'), (text) => [text.replace(/(\d+) (\d+)$/, '$2 $1')]),
  ];
};
const changeQed: CertificateFamily = (c, _, seed) => {
  const line = linesOf(c).length - 2;
  const others = Array.from({ length: countOf(c) + 2 }, (__, i) => i).filter((n) => n !== lastStep(c));
  return [
    ...some(others, 8, seed).map((n) => withLine(c, line, `qed ${n}`)),
    withLine(c, line),
    withLine(c, line, 'qed'),
  ];
};
const changeVariable: CertificateFamily = (c) =>
  rewritten(c, headed(c, 'v'), (text) => [
    text.slice(0, -1) + (text.endsWith('+') ? '?' : '+'),
    text.replace(/^v ("[^"]*") \S+/, (_, name: string) => `v ${name} ${text.includes(' - ') ? '"Position"' : '-'}`),
    text.replace(/^v "([^"]*)"/, 'v "$1x"'),
    text.replace(/^v "([^"]*)"/, (_, name: string) => `v "${name === 'n' ? 'm' : 'n'}"`),
  ]);
const otherSide: CertificateFamily = (c) =>
  rewritten(c, headed(c, 's ind'), (text) => [
    text.endsWith('right') ? text.replace(/right$/, 'left') : text.replace(/left$/, 'right'),
    text.replace(/(right|left)$/, 'middle'),
    text.replace(/^s ind (\d+) (\d+) (\d+) (\d+) (\d+)/, 's ind $1 $2 $3 $5 $4'),
    text.replace(/^s ind (\d+) (\d+) (\d+)/, 's ind $1 $3 $2'),
  ]);

const sameType: readonly (readonly string[])[] = [
  ['add', 'mul'],
  ['exp', 'log', 'neg', 'sqrt', 'recip'],
  ['and', 'or'],
  ['true', 'false'],
];
const otherTerm: CertificateFamily = (c) => [
  ...rewritten(c, headed(c, 't op'), (text) => {
    const word = text.slice(5);
    return (sameType.find((list) => list.includes(word)) ?? []).filter((w) => w !== word).map((w) => `t op ${w}`);
  }),
  ...rewritten(c, headed(c, 't const'), (text) =>
    ['0', '1', '-1', '1/2', '2'].map((q) => `t const ${q}`).filter((t) => t !== text),
  ),
];
/** A term for another that stands near it: often of the same type. */
const nearTerm: CertificateFamily = (c, _, seed) =>
  some(headed(c, 's eq', 's axiom', 't ;', 't *'), 14, seed).flatMap((r) =>
    numbers(r.text)
      .slice(-2)
      .flatMap(({ at, digits }) =>
        [-2, -3, 2].flatMap((d) =>
          Number(digits) + d < 0
            ? []
            : [withLine(c, r.line, splice(r.text, at, digits.length, `${Number(digits) + d}`))],
        ),
      ),
  );
const dropOfList: CertificateFamily = (c, _, seed) =>
  some(
    records(c).filter((r) => /\([^)]+\)/.test(r.text)),
    12,
    seed,
  ).flatMap((r) =>
    [...r.text.matchAll(/\(([^()]+)\)/g)].flatMap((m) => {
      const items = m[1]!.split(' ');
      return items.map((_, i) =>
        withLine(c, r.line, splice(r.text, m.index, m[0].length, `(${items.filter((__, j) => j !== i).join(' ')})`)),
      );
    }),
  );
const dropHypothesis: CertificateFamily = (c) => [
  ...rewritten(c, headed(c, 's axiom'), (text) =>
    /\(\)/.test(text) ? [text.replace('()', '(0)')] : [text.replace(/\(([^)]*)\)/, '()')],
  ),
  ...rewritten(c, headed(c, 'h'), (text) => {
    const [a, b] = text.split(' ').slice(-2);
    return [
      text.replace(/\d+ \d+$/, `${a} ${a}`),
      text.replace(/\d+ \d+$/, `${b} ${b}`),
      text.replace(/\d+ \d+$/, `${b} ${a}`),
    ];
  }),
  ...rewritten(c, headed(c, 's assume', 's cut'), (text) => [text.replace(/\([^)]*\)$/, '()')]),
];
/** Another theorem's certificate under this name; a triviality under this name. */
const forge: CertificateFamily = (c, { all }) => {
  const own = all.findIndex((o) => o.name === c.name);
  const header = `theorem "${c.name}"`;
  const as = (text: string): string => text.replace(/^theorem .*$/m, header);
  const others = [...all.slice(Math.max(0, own - 4), own), ...all.slice(own + 1, own + 4)];
  const terms = records(c).filter((r) => kindOf(r) === 't').length;
  const [top, end] = [linesOf(c).slice(0, -2), countOf(c)];
  const trivial = [0, terms - 1, Math.floor(terms / 2)].map((t) =>
    [...top, `s eq ${t} ${t}`, `qed ${end}`, ''].join('\n'),
  );
  return [
    ...others.map((o) => as(o.text)),
    ...trivial,
    `weft-certificate 1\n${header}\no (R)\nt id 0\ns eq 0 0\nqed 0\n`,
    `weft-certificate 1\n${header}\nt const 0\ns eq 0 0\nqed 0\n`,
    c.text.replace('weft-certificate 1', 'weft-certificate 2'),
    c.text.replace(/^theorem/m, 'schedule'),
    c.text.replace(/^theorem "(.*)"$/m, 'theorem "$1x"'),
    c.text.replace(/^theorem "(.*)"$/m, `theorem "${others[0]?.name ?? 'none'}"`),
    `${c.text}\n`,
    c.text.replace(/\n$/, ''),
    c.text.replaceAll('\n', '\r\n'),
    `${c.text}${c.text}`,
  ];
};

export const onCertificates: Readonly<{ readonly [family: string]: CertificateFamily }> = {
  'alter a byte': alterByte,
  'swap two references': swapReferences,
  'a number by one': numberByOne,
  'any earlier step': anyNumber,
  'drop a record': dropRecord,
  'drop a step and renumber': dropAndRenumber,
  'duplicate a record': duplicate,
  'exchange two records': exchangeRecords,
  'another axiom': nameOfAxiom,
  'another citation': changeCite,
  'swap the sides': swapSides,
  'another qed': changeQed,
  'another variable': changeVariable,
  'induction from the other side': otherSide,
  'another term of the type': otherTerm,
  'a term near by': nearTerm,
  'drop of a list': dropOfList,
  'drop a hypothesis': dropHypothesis,
  'a forged header': forge,
};
