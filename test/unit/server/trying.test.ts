// The six calls for programs: a proof is started, steps are run, goals and premises read, states compared; over the real protocol.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../support/client.js';
import { project } from '../../support/weft.js';

const texts = {
  'theorems/a.weft': `axiom add-comm (x y : R) : x + y = y + x
axiom add-zero (x : R) : x + 0 = x
axiom boolean-cases {A, C} {f : B * A -> C, g : B * A -> C} (b : B, x : A)
  given yes : (x : A) : f(true, x) = g(true, x)
  given no : (x : A) : f(false, x) = g(false, x)
  : f(b, x) = g(b, x)
axiom inverse {f : R -> R} (x : R)
  given h : (y : R) : f(f(y)) = y
  : f(x) = x
theorem zero-add (x : R) : 0 + x = x
theorem both (x y : R) : if x < y then 0 + x else x + 0 = x
theorem unproved (x : R) : x + 0 = x
theorem same {f : R -> R, g : R -> R} (x : R)
  given h : (y : R) : f(y) = g(y)
  : f(x) + 0 = g(x)
theorem use {f : R -> R} (x : R)
  given h : (y : R) : f(f(y)) = y + 0
  : f(x) + 0 = x
theorem broken (x : R) : x = y
theorem earlier (x : R) : x + 0 = 0 + x
theorem later (x : R) : x + 0 = 0 + x
`,
  'proofs/a.weft': `proof zero-add
  rewrite add-comm
  rewrite add-zero
qed
proof both
  ?
qed
proof same
  rewrite add-zero
  assumption
qed
proof earlier
  rewrite add-comm
qed
proof later
  rewrite earlier
qed
`,
} as const;

interface State {
  readonly uri: string;
  readonly theorem: string;
  readonly script: string;
}
interface Reached {
  readonly state: State;
  readonly finished: boolean;
  readonly hash: string;
  readonly error?: { readonly code: string; readonly message: string };
}

let client: Client;
beforeAll(async () => {
  client = await Client.start(project(texts));
  for (const [path, text] of Object.entries(texts)) await client.open(path, text);
  await client.checked();
});
afterAll(() => client.kill());

const send = <A>(method: string, params: object): Promise<A> => client.connection.sendRequest(method, params);
const start = (theorem: string) => client.ask<Reached>('proof/start', 'proofs/a.weft', { theorem });
const run = (state: State, steps: string) => send<Reached>('proof/run', { state, steps });
const goals = async (state: State) =>
  (await send<{ ty: string }[]>('proof/state/goals', { state })).map((g) => g.ty.replace(/\s+/g, ' ').trim());
/** All steps, each of which is taken. */
async function all(theorem: string, ...steps: readonly string[]): Promise<Reached> {
  let reached = await start(theorem);
  for (const s of steps) {
    reached = await run(reached.state, s);
    expect(reached.error, s).toBeUndefined();
  }
  return reached;
}

describe('proof/start', () => {
  it('gives the statement as a goal, whether it has a proof or not', async () => {
    const { state, finished } = await start('zero-add');
    expect([state.theorem, state.script, finished]).toEqual(['zero-add', '?', false]);
    expect(await goals(state)).toEqual(['0 + x = x']);
    expect(await goals((await start('unproved')).state)).toEqual(['x + 0 = x']);
  });
  it('refuses what is no theorem, and what cannot be read', async () => {
    await expect(start('nothing')).rejects.toThrow('there is no theorem `nothing`');
    await expect(start('add-comm')).rejects.toThrow('there is no theorem');
    await expect(start('broken')).rejects.toThrow('cannot be read');
  });
});

describe('proof/run', () => {
  it('goes on to the end, which the checker judges', async () => {
    const one = await all('zero-add', 'rewrite add-comm');
    expect([await goals(one.state), one.finished]).toEqual([['x + 0 = x'], false]);
    const two = await run(one.state, 'rewrite add-zero');
    expect([await goals(two.state), two.finished]).toEqual([[], true]);
    expect(two.state.script).toBe('rewrite add-comm\nrewrite add-zero');
    await expect(run(two.state, 'refl')).rejects.toThrow('no goal is left');
  });
  it('makes a goal of each block that a step lacks, and takes those that it has', async () => {
    const split = await all('both', 'cases x < y');
    expect(await goals(split.state)).toHaveLength(2);
    expect((await all('both', 'cases x < y', 'rewrite zero-add', 'rewrite add-zero')).finished).toBe(true);
    expect((await all('both', 'cases x < y { rewrite zero-add } { ? }', 'rewrite add-zero')).finished).toBe(true);
    const conditional = await all(
      'use',
      'rewrite inverse with f := f',
      'rewrite add-zero',
      'rewrite h',
      'rewrite add-zero',
    );
    expect(conditional.finished).toBe(true);
  });
  it('does not take a step that fails, and says why with its code', async () => {
    const { state } = await start('zero-add');
    const found = await run(state, 'rewrite add-zero');
    expect(found).toMatchObject({ state: null, error: { code: 'E-MATCH' } });
    expect((await run(state, 'rewrite both')).error!.code).toBe('E-STATUS');
    expect((await run(state, 'rewrite nothing')).error!.code).toBe('E-SCOPE');
    for (const odd of ['rewrite', '', 'refl qed proof both refl', '-- nothing'])
      expect((await run(state, odd)).error!.code, odd).toBe('E-SYNTAX');
    expect(await goals(state)).toEqual(['0 + x = x']);
  });
  it('cites no theorem that rests on the one that is proved', async () => {
    const round = await run((await start('earlier')).state, 'rewrite later');
    expect([round.state, round.error?.code]).toEqual([null, 'E-STATUS']);
    const straight = await run((await start('later')).state, 'rewrite earlier');
    expect(straight.finished).toBe(true);
  });
  it('refuses what is no state, and takes none at its word', async () => {
    await expect(send('proof/run', { state: { uri: client.uri('proofs/a.weft') }, steps: 'refl' })).rejects.toThrow(
      'a state has uri, theorem and script',
    );
    const forged = { ...(await start('unproved')).state, script: 'refl ?' };
    expect((await run(forged, 'refl')).error!.code).toBe('E-EQ');
    expect((await all('unproved', 'rewrite add-zero')).finished).toBe(true);
    const odd = { ...forged, script: '? qed proof both ?' };
    await expect(run(odd, 'refl')).rejects.toThrow('this is no state of a proof of this project');
  });
});

describe('proof/premises', () => {
  it('are what may be cited at the first goal, with their statements', async () => {
    const { state } = await start('same');
    const found = await send<{ name: string; kind: string; statement: string | null }[]>('proof/premises', { state });
    const kinds = Object.fromEntries(found.map((p) => [p.name, p.kind]));
    expect(kinds).toEqual({
      h: 'hypothesis',
      'add-comm': 'axiom',
      'add-zero': 'axiom',
      'boolean-cases': 'axiom',
      inverse: 'axiom',
      'zero-add': 'theorem',
    });
    expect(found.find((p) => p.name === 'zero-add')!.statement).toBe('theorem zero-add (x : R) : 0 + x = x');
    const first = await send<{ name: string }[]>('proof/premises', { state: (await start('zero-add')).state });
    expect(first.map((p) => p.name)).not.toContain('same');
    expect(await send('proof/premises', { state: (await all('unproved', 'rewrite add-zero')).state })).toEqual([]);
  });
});

describe('states', () => {
  it('have a hash, and are equal, by their goals', async () => {
    const [a, b] = [await all('zero-add', 'rewrite add-comm'), await start('unproved')];
    const hash = (state: State) => send<string>('proof/state/hash', { state });
    const equal = (state: State, other: State) => send<boolean>('proof/state/equal', { state, other });
    expect(await hash(a.state)).toMatch(/^[0-9a-f]{16}$/);
    expect([await hash(a.state), await hash(b.state)]).toEqual([a.hash, a.hash]);
    expect(await equal(a.state, b.state)).toBe(true);
    const other = await start('zero-add');
    expect(other.hash).not.toBe(a.hash);
    expect(await equal(a.state, other.state)).toBe(false);
  });
});
