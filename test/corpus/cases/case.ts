// One case: what its `case.json` may say, and the folders in which cases stand. Knows nothing of how a case is run.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { PathReporter } from 'io-ts/lib/PathReporter.js';

const home = fileURLToPath(new URL('.', import.meta.url));

const array = t.union([
  t.strict({ dtype: t.keyof({ f4: null, f8: null }), shape: t.array(t.number), values: t.array(t.number) }),
  t.strict({ header: t.string, bytes: t.number }),
]);

const step = t.exact(
  t.intersection([
    t.type({ run: t.string, exit: t.number }),
    t.partial({
      has: t.array(t.string),
      lacks: t.array(t.string),
      seconds: t.number,
      megabytes: t.number,
      files: t.record(t.string, t.boolean),
    }),
  ]),
);

const codec = t.exact(
  t.intersection([t.type({ about: t.string, steps: t.array(step) }), t.partial({ arrays: t.record(t.string, array) })]),
);

export type Step = t.TypeOf<typeof step>;
export type ArrayOf = t.TypeOf<typeof array>;
export interface Case extends t.TypeOf<typeof codec> {
  /** `AREA/NAME`. */
  readonly name: string;
  readonly folder: string;
}

const keys: Readonly<Record<string, readonly string[]>> = {
  case: ['about', 'arrays', 'steps'],
  step: ['run', 'exit', 'has', 'lacks', 'seconds', 'megabytes', 'files'],
};

/** A key that nothing reads is a mistake: a phrase under it would never be looked for. */
function unknownKeys(value: { readonly steps: readonly object[] }): readonly string[] {
  const extra = (what: string, of: object) => Object.keys(of).filter((k) => !keys[what]!.includes(k));
  return [...extra('case', value), ...value.steps.flatMap((s) => extra('step', s))];
}

function read(name: string): Case {
  const folder = path.join(home, name);
  const json: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'case.json'), 'utf8'));
  const decoded = codec.decode(json);
  if (E.isLeft(decoded)) throw new Error(`${name}: ${PathReporter.report(decoded).join('; ')}`);
  const extra = unknownKeys(json as { readonly steps: readonly object[] });
  if (extra.length > 0 || decoded.right.steps.length === 0) throw new Error(`${name}: ${extra.join(', ')} or no step`);
  return { ...decoded.right, name, folder };
}

const folders = (at: string): readonly string[] =>
  fs
    .readdirSync(at, { withFileTypes: true })
    .filter((f) => f.isDirectory())
    .map((f) => f.name)
    .sort();

/** Every folder below an area is a case: one without a `case.json` is an error, not a folder to pass over. */
export const cases = (): readonly Case[] =>
  folders(home).flatMap((area) => folders(path.join(home, area)).map((name) => read(`${area}/${name}`)));
