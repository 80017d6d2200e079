// Reads a file of definitions with the verdicts wanted of them, and asks for each. `-- wanted AXIS VERDICT [outputs]` stands above a
// definition, `-- by hand NAME LINES` the stream of the library that a person wrote for it.
import { join } from 'node:path';
import { loadBeside, packageFolder } from '../../../../src/project/project.js';
import { type Library, checkLibrary } from '../../../../src/proof/script/check.js';
import { grounded } from '../../../../src/proof/derive/ground.js';
import { Oracle } from '../../../../src/proof/derive/oracle.js';
import { readTerm } from '../../../../src/proof/derive/read.js';
import { Symbols } from '../../../../src/proof/derive/sym.js';
import { type Verdict, decide } from '../../../../src/proof/derive/verdict.js';
import type { Ground } from '../../../../src/proof/derive/verify.js';

export interface Asked {
  readonly name: string;
  readonly axis: string;
  readonly wanted: string;
  readonly outputs: boolean;
  /** lines of proof that a person wrote */
  readonly hand: number | undefined;
}
export interface Listed {
  readonly library: Library;
  readonly ground: Ground;
}
export interface Row {
  readonly name: string;
  readonly verdict: Verdict['verdict'];
  readonly wanted: string;
  readonly seconds: number;
  readonly oracle: number;
  readonly lines: number | undefined;
  readonly byHand: number | undefined;
  readonly wrong: boolean;
  readonly answer: Verdict;
}

const path = 'theorems/asked-for.weft';
const wantedLine = /-- wanted (\S+) (\S+)( outputs)?\n(?:-- by hand \S+ (\d+)\n)?def (\S+)/g;

export const asked = (text: string): readonly Asked[] =>
  [...text.matchAll(wantedLine)].map(([, axis, wanted, outputs, hand, name]) => ({
    name: name!,
    axis: axis!,
    wanted: wanted!,
    outputs: outputs !== undefined,
    hand: hand === undefined ? undefined : Number(hand),
  }));

/** The library with the definitions of a text, checked. */
export function listed(text: string): Listed {
  const own = text.replaceAll('../weft/theorems/', '');
  const imported = [...own.matchAll(/^import "([^"]+)"/gm)].map((m) => `theorems/${m[1]!}`);
  const sources = loadBeside(packageFolder, join(packageFolder, 'theorems/separation.weft'), [
    ...imported,
    'proofs/separation.weft',
  ]);
  const library = checkLibrary([...sources.statements, { path, text: own }], sources.proofs);
  const wrong = library.diagnostics.filter((d) => d.severity === 'error');
  if (wrong.length > 0)
    throw new Error(
      `the definitions do not read: ${wrong.map((d) => `${d.file} ${d.code} ${d.fact._tag}`).join(', ')}`,
    );
  const { envs } = library.statements;
  return { library, ground: grounded(library, envs.get(path)!, envs.get('theorems/separation.weft')!) };
}

/** Seconds of the processor, so that other processes change nothing. */
function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const order = ['refused', 'two-pass', 'foldable', 'mergeable', 'commutative'];

export function solve({ library, ground }: Listed, { name, axis, wanted, hand }: Asked): Row {
  const entry = library.statements.envs.get(path)!.functions.get(name);
  const over = entry?.definition.parameters.axes.find((a) => a.name === axis);
  if (!entry?.wires || !over) throw new Error(`no definition ${name} over ${axis}`);
  const imports = { theorems: [], proofs: [] };
  const before = process.cpuUsage();
  const answer = decide(ground, {
    name,
    definition: entry.definition,
    wires: entry.wires,
    over,
    stream: `${name}-found`,
    imports,
  });
  const seconds = since(before);
  const read = readTerm(new Symbols(), entry.definition.body);
  const middle = process.cpuUsage();
  new Oracle(read.inputs, read.outputs, over, 1).ranks();
  const oracle = since(middle);
  const { verdict, found } = answer;
  // a stronger claim than is true, or a refusal of what streams
  const wrong =
    verdict !== 'out-of-budget' &&
    (order.indexOf(verdict) > order.indexOf(wanted) ||
      (verdict === 'refused' && wanted !== 'refused') ||
      (verdict === 'two-pass' && !['two-pass', 'refused'].includes(wanted)));
  return {
    name,
    verdict,
    wanted,
    seconds,
    oracle,
    lines: found?.lines,
    byHand: hand,
    wrong,
    answer,
  };
}
