// What a false line's certificate would say is refused by the second checker, by every route; the certificates of true lines are accepted.
import { beforeAll, describe, expect, it } from 'vitest';
import { certificates } from '../../src/proof/certificate/certificate.js';
import type { Library } from '../../src/proof/script/check.js';
import { type Judged, judge } from './judge.js';
import { twinOf } from './forged.js';
import { type Case, cases } from '../support/corpus.js';
import { aboutTheChecker } from './route.js';
import { whole } from './verdict.js';

const all: readonly Case[] = cases().filter((c) => c.kind !== 'run');
let library: Library;
let found: Judged;
beforeAll(() => {
  library = whole(all);
  found = judge(all, library);
}, 240_000);

describe('forged certificates', () => {
  it('are refused, each with its reason', () => {
    expect(found.forged.length).toBeGreaterThan(300);
    const wrong = found.forged.filter(({ verdict }) => verdict.status !== 'rejected' || !verdict.reason);
    expect(wrong.map(({ forged, verdict }) => `${forged.path}: ${verdict.status} ${verdict.reason ?? ''}`)).toEqual([]);
  });
  it.each([
    ['structural', /equal/],
    ['axiom', /axiom|side/],
    ['assumed', /hypothes/],
    ['cited', /stated|statement|side/],
    ['renamed', /stated|statement|side/],
    ['circular', /certificate/],
  ] as const)('as %s for that reason', (route, reason) => {
    const those = found.forged.filter(({ forged }) => forged.route === route);
    expect(those.length).toBeGreaterThan(30);
    expect(those.filter(({ verdict }) => !reason.test(verdict.reason!)).map(({ verdict }) => verdict.reason)).toEqual([]);
  });
  it('exist for every false line that can be stated', () => {
    const claimed = new Set(found.forged.map(({ forged }) => forged.claim.replace(/[-.].*$/, '')));
    const lines = all.filter((c) => c.kind === 'reject' && !aboutTheChecker.test(c.id)).map((c) => c.id);
    const refused = new Set(found.refused.map((r) => r.id));
    expect(lines.filter((id) => !claimed.has(id) && !refused.has(id))).toEqual([]);
  });
  it('are not needed where the statement itself cannot be read', () => {
    expect(found.refused.length).toBeGreaterThan(4);
    expect(found.refused.filter((r) => r.reason === undefined).map((r) => r.id)).toEqual([]);
  });
});

describe('honest certificates', () => {
  it('are accepted: the library, the true lines, and so every twin', () => {
    expect(found.honest.length).toBeGreaterThan(250);
    expect(found.honest.filter((v) => v.status !== 'proved').map((v) => `${v.path}: ${v.reason}`)).toEqual([]);
    const proved = new Set(found.honest.map((v) => v.name));
    const lines = all.filter((c) => c.kind === 'reject' && !aboutTheChecker.test(c.id));
    expect(lines.filter((c) => !proved.has(twinOf(c, library) ?? '')).map((c) => c.id)).toEqual([]);
    expect(certificates(library).of('attention')._tag).toBe('Right');
  });
});
