// The model of a device: one that ships with Weft, by its name, or a file. Invariant: what is not a model is refused with the field that is wrong. Knows no
// kernels.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { nearest } from '../diagnostic/message.js';
import { reasonOf, refuse } from '../diagnostic/refused.js';
import { type Machine, machineFrom } from '../kernel/cost/machine.js';
import { near } from '../language/elaborate/scope.js';
import { listed, quoted } from '../language/print/clean.js';
import { packageFolder } from '../project/package.js';

const folder = join(packageFolder, 'docs/reference/devices');

/** The names of the models that ship with Weft. */
export const deviceNames = (): readonly string[] =>
  readdirSync(folder)
    .filter((f) => f.endsWith('.json'))
    .map((f) => basename(f, '.json'))
    .sort();

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      return refuse(`${quoted(path)} is not JSON`, 'copy a file of docs/reference/devices/ and change it');
    return refuse(`${quoted(path)} cannot be read: ${reasonOf(error)}`, 'name a file that is there');
  }
}

/** A name, or the path of a file that ends in .json. */
export function deviceOf(asked: string): Machine {
  const names = deviceNames();
  const isFile = asked.endsWith('.json');
  if (!isFile && !names.includes(asked))
    refuse(
      `there is no device ${quoted(asked)}`,
      nearest(
        near(asked, names).map(quoted),
        `the devices are ${listed(names)}; a file FILE.json is a model of your own`,
      ),
    );
  const model = machineFrom(parsed(isFile ? asked : join(folder, `${asked}.json`)));
  if (E.isRight(model)) return model.right;
  return refuse(
    `the device ${quoted(asked)} has no right value for ${quoted(model.left)}`,
    'every figure is a positive number; copy a file of docs/reference/devices/ and change it',
  );
}
