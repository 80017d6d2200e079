/**
 * Attacks through the library's entry, src/index.ts: what it hands out and what it is handed. Invariant: nothing that it proves is false,
 * and no kernel is extracted for a theorem that is not proved.
 */
import { type Check, WeftError, checkTexts, extract } from '../../../src/index.js';
import { type Attack, K, genuine, must } from './attack.js';

const truth = 'theorem t (x : R) : x + 1 = x + 1\n';
const lie = 'theorem t () : 0 = 1\n';
const proof = 'proof t\n  refl\nqed\n';
const file = (path: string, text: string) => ({ path, text });
const stream = `stream s [n] (x : R[n]) over n
  spec fold i:n (s = 0) (s + x[i])
  state (t : R)
  head fold i:n (s = 0) (s + x[i])
  final t
  merge t + t'
  mergeable
`;

/** Texts that say one thing when first read, another later. */
const shifty = (path: string, ...texts: readonly string[]): { path: string; text: string } => {
  let reads = 0;
  return Object.defineProperty({ path, text: '' }, 'text', {
    get: () => texts[Math.min(reads++, texts.length - 1)],
    enumerable: true,
  });
};
const attack = (name: string, run: () => string | undefined): Attack => ({ family: 'the library', name, run });

/** Whether anything that the library says is proved is not what its own statement says. */
function judged(check: Check): string | undefined {
  for (const [name, { thm }] of check.library.proved) {
    if (!K.isThm(thm)) return `${name} is no theorem`;
    const { lhs, rhs } = must(K.sequent(thm));
    const law = check.library.statements.stated.get(name)?.law;
    if (!law || law.lhs !== lhs || law.rhs !== rhs) return `${name} is not what is stated`;
    const shown = must(K.equal(lhs, rhs));
    if (!shown) return `${name} is proved by refl, and its sides differ`;
  }
  return undefined;
}

const changing = [1, 2, 3, 4].flatMap((reads) => [
  attack(`a statement that changes after ${reads} reads`, () =>
    judged(
      checkTexts([shifty('theorems/a.weft', ...Array<string>(reads).fill(truth), lie), file('proofs/a.weft', proof)]),
    ),
  ),
  attack(`a statement that is true after ${reads} reads`, () =>
    judged(
      checkTexts([shifty('theorems/a.weft', ...Array<string>(reads).fill(lie), truth), file('proofs/a.weft', proof)]),
    ),
  ),
  attack(`a proof that changes after ${reads} reads`, () =>
    judged(
      checkTexts([
        file('theorems/a.weft', lie),
        shifty('proofs/a.weft', ...Array<string>(reads).fill(proof), 'proof t qed'),
      ]),
    ),
  ),
]);

const open = [file('theorems/a.weft', stream), file('proofs/a.weft', 'import "../weft/proofs/streaming.weft"\n')];
let unproved: Check | undefined;

/** A check of the stream, nothing of which is proved, changed by its owner. */
function changed(name: string, change: (check: Check) => Check): Attack {
  return attack(`a check ${name}`, () => {
    const honest = (unproved ??= checkTexts(open));
    if (honest.ok) return 'what is not proved is ok';
    try {
      const made = extract(change(honest), 's', { target: 'host' });
      return `a kernel: ${made.text.slice(0, 60)}`;
    } catch (error) {
      return error instanceof WeftError || error instanceof TypeError ? undefined : String(error);
    }
  });
}
const owners = [
  changed('as it is', (c) => c),
  changed('that says it is ok', (c) => ({ ...c, ok: true, exit: 0 })),
  changed('whose theorems say they are proved', (c) => ({
    ...c,
    library: { ...c.library, theorems: c.library.theorems.map((t) => ({ ...t, status: 'proved' as const })) },
  })),
  changed('with a theorem of its own making', (c) => ({
    ...c,
    library: {
      ...c.library,
      proved: new Map([
        ...c.library.proved,
        ...['s', 's.mergeable'].map((n) => [n, { name: n, thm: {} }] as const),
      ]) as never,
    },
  })),
  changed('with a proxy of the theorems', (c) => ({
    ...c,
    library: {
      ...c.library,
      proved: { get: () => ({ thm: new Proxy(genuine as object, {}) }), has: () => true } as never,
    },
  })),
];

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'].map((name) =>
  attack(`a theorem named ${name}`, () => {
    const check = checkTexts([
      file('theorems/a.weft', `theorem ${name === '__proto__' ? 'proto' : name} () : 0 = 1\n`),
      file('proofs/a.weft', `proof ${name === '__proto__' ? 'proto' : name}\n refl\nqed\n`),
    ]);
    return check.ok || check.library.proved.size > 0 ? 'proved' : judged(check);
  }),
);
const paths = ['__proto__', 'constructor', 'theorems/__proto__', '../../etc/passwd', 'weft/theorems/axioms.weft'].map(
  (path) =>
    attack(`a text at the path ${path}`, () => {
      try {
        return judged(checkTexts([file(path, lie), file('proofs/a.weft', proof)]));
      } catch (error) {
        if (error instanceof WeftError) return undefined;
        throw error;
      }
    }),
);

export const throughLibrary: readonly Attack[] = [...changing, ...owners, ...names, ...paths];
