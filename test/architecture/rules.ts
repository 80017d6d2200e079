// The direction of dependencies, as rules for dependency-cruiser. One row, one rule; the name says what is broken.
// Invariant: every rule has a file in fixtures/bad that breaks it (dependency.test.ts compares the two lists).
// It does not know what any module is for.
import type { IForbiddenRuleType } from 'dependency-cruiser';

interface Row {
  readonly name: string;
  readonly from: string;
  readonly fromNot?: string;
  readonly to: string | undefined;
  readonly toNot?: string;
}

/** The files of src/numeric that may start a process, open a file or load a driver. */
const runners = '^src/numeric/(run|webgpu|cuda|host|swiftshader)';
/** SHA-256 is Node's. */
const hash = '^src/certificate/hash\\.ts$';

// prettier-ignore
const rows: readonly Row[] = [
  { name: "core-sees-itself-and-fp-ts", from: "^src/core/",                          to: undefined,     toNot: "^src/core/|(^|/)node_modules/fp-ts/lib/(Either|Option|function|ReadonlyArray)\\.js$" },
  { name: "core-has-one-door",          from: "^src/",     fromNot: "^src/core/",    to: "^src/core/",  toNot: "^src/core/index\\.ts$" },
  { name: "syntax-sees-itself",         from: "^src/syntax/",                        to: "^src/",       toNot: "^src/syntax/" },
  { name: "ir-sees-itself-and-core",    from: "^src/ir/",                            to: "^src/",       toNot: "^src/(ir|core)/" },
  { name: "emit-sees-ir",               from: "^src/emit/",                          to: "^src/",       toNot: "^src/(emit|ir)/" },
  { name: "lower-sees-no-language",     from: "^src/(lower|cost)/",                  to: "^src/(syntax|elaborate|script|tactic|cli)/" },
  { name: "search-sees-no-kernel",      from: "^src/(elaborate|tactic|script)/",     to: "^src/(schedule|ir|lower|emit|cost|cli)/" },
  { name: "derive-sees-search-alone",   from: "^src/proof/derive/",                  to: "^src/",       toNot: "^src/(proof/derive|script|tactic|elaborate|syntax)/|^src/core/index\\.ts$" },
  { name: "no-one-trusted-sees-derive", from: "^src/(core|replay|syntax|elaborate|tactic|script|schedule|ir|lower|emit|certificate|numeric)/", to: "^src/proof/derive/" },
  { name: "refute-sees-no-evaluator",   from: "^src/refute/",                        to: "^src/(numeric|schedule|ir|lower|emit|extract|certificate|replay|diagnostic)/" },
  { name: "certificate-sees-no-kernel", from: "^src/certificate/",                   to: "^src/(lower|emit|extract|numeric|replay|diagnostic)/" },
  { name: "replay-sees-itself",         from: "^src/replay/",                        to: undefined,     toNot: "^src/replay/|^(node:)?(fs|path|crypto)$" },
  { name: "nobody-sees-the-cli",        from: "^src/",     fromNot: "^src/(cli/|index\\.ts$)", to: "^src/cli/" },
];

const rule = ({ name, from, fromNot, to, toNot }: Row): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from: { path: from, ...(fromNot && { pathNot: fromNot }) },
  to: { ...(to && { path: to }), ...(toNot && { pathNot: toNot }) },
});

export const forbidden: readonly IForbiddenRuleType[] = [
  ...rows.map(rule),
  {
    name: 'node-only-in-cli-and-runners',
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/(cli/|index\\.ts$)|${runners}|${hash}|^src/replay/(files|replay)\\.ts$` },
    to: { dependencyTypes: ['core'] },
  },
  { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
  { name: 'every-import-resolves', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
];
