/**
 * A second copy of the core in the same process, as `import('…?x=1')` or a second installation gives: what it makes is its own.
 * Invariant: nothing that one made passes for the other's. A second *door* to the same core is no second core.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import type * as Door from '../../../src/core/index.js';
import { type Core, kit, must } from '../../support/door.js';
import { type Attack, K, genuine, k, passed, uses } from './attack.js';

const src = fileURLToPath(new URL('../../../src/core', import.meta.url));

/** The core's files under another folder, imported from there. */
async function copied(): Promise<Core> {
  const folder = mkdtempSync(join(fileURLToPath(new URL('../../../node_modules', import.meta.url)), '.forgery-'));
  try {
    cpSync(src, join(folder, 'core'), { recursive: true });
    return (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'core', 'index.ts')).href)) as Core;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rejects = (made: E.Either<Door.CoreError, unknown>, what: string): string | undefined =>
  E.isRight(made) ? what : undefined;

/** Values of the second core, each handed to the first. */
async function attacks(): Promise<readonly Attack[]> {
  const C = await copied();
  const other = kit(C);
  const theirs = must(C.structural(other.id(other.R), other.id(other.R)));
  const believed = must(C.axiom('0 = 1', [], other.num(0), other.num(1)));
  const attack = (name: string, run: () => string | undefined): Attack => ({ family: 'a second core', name, run });
  const v = other.v('n');
  return [
    attack('its theorem', () => passed(theirs)),
    attack('its axiom', () => passed(believed)),
    attack('ours, there', () => {
      const through = Object.entries(uses).filter(([, use]) => E.isRight(use(genuine, C)));
      return C.isThm(genuine) || through.length > 0
        ? `accepted by the second core: ${through.map(([n]) => n).join()}`
        : undefined;
    }),
    attack('its term', () => rejects(K.structural(other.num(0), other.num(1)), 'a term')),
    attack('its term beside ours', () => rejects(K.compose(other.num(0), k.id(k.R)), 'a term')),
    attack('its object', () => rejects(K.id(other.R), 'an object')),
    attack('its axis', () => rejects(K.real(other.ax('a')), 'an axis')),
    attack('its axis 1', () => rejects(K.sum(C.one, k.ax('a')), 'an axis')),
    attack('its axis variable', () => rejects(K.ofVar(v), 'an axis variable')),
    attack('its hypothesis', () =>
      rejects(K.assume(must(C.hypothesis([], other.num(0), other.num(1))), []), 'a hypothesis'),
    ),
    attack('its hypothesis of an axiom', () =>
      rejects(K.axiom('x', [must(C.hypothesis([], other.num(0), other.num(1)))], k.num(0), k.num(0)), 'a hypothesis'),
    ),
    attack('its definition', () =>
      rejects(
        K.call(must(C.define('c', { axes: [], objects: [], morphisms: [] }, other.num(0))), {
          axes: [],
          objects: [],
          morphisms: [],
        }),
        'a definition',
      ),
    ),
    attack('its family', () =>
      rejects(
        K.instantiate(genuine, { morphisms: [[k.h('h', k.R, k.R), must(C.family([], other.op('exp')))]] }),
        'a family',
      ),
    ),
    attack('its morphism variable', () =>
      rejects(K.variable(other.h('h', other.R, other.R), []), 'a morphism variable'),
    ),
    attack('its images', () =>
      rejects(
        K.instantiate(must(K.structural(must(K.size(k.ax('n'))), must(K.size(k.ax('n'))))), {
          axes: [[k.v('n'), other.ax('a')]],
        }),
        'images',
      ),
    ),
    attack('its evaluator', () => {
      try {
        K.normalForm(C.evaluator() as never, k.num(0));
      } catch {
        // its own refusal
      }
      return rejects(K.structural(k.num(0), k.num(1)), '0 = 1');
    }),
  ];
}

/** Another name of the same files: it may open the same core, and then its theorems are the core's own. */
async function queried(): Promise<readonly Attack[]> {
  const href = pathToFileURL(join(src, 'thm.ts')).href;
  const twin = (await import(/* @vite-ignore */ `${href}?forgery=1`)) as {
    readonly structural: Core['structural'] | ((a: Door.Term, b: Door.Term) => Door.Thm);
    readonly isThm: (x: unknown) => boolean;
  };
  const made = (twin.structural as (a: Door.Term, b: Door.Term) => Door.Thm)(k.id(k.R), k.id(k.R));
  const same = twin.isThm(genuine);
  return [
    {
      family: 'a second core',
      name: same ? 'thm.ts with a query: the same module' : 'thm.ts with a query: its theorem',
      run: () => (same ? undefined : passed(made)),
    },
    {
      family: 'a second core',
      name: 'thm.ts with a query: ours, there',
      run: () => (same || !twin.isThm(genuine) ? undefined : 'accepted'),
    },
  ];
}

export const seconds = async (): Promise<readonly Attack[]> => [...(await attacks()), ...(await queried())];
