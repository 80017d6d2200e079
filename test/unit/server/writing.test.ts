// What the language server does for who writes a proof: what `with` may name, steps that close a goal; over the real protocol.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, InlayHint, SignatureHelp } from 'vscode-languageserver-protocol';
import { Client, positionOf } from '../../support/client.js';
import { add, project } from '../../support/weft.js';

const statements = `${add}sort Position
axiom law [n : Position, m] {A, f : A -> R[n m]} (x : A) : f(x) = f(x)
theorem t (x : R) : 0 + x = x
def total [n] (x : R[n]) : R := fold i:n (s = 0) s + x[i]
axiom tail [p, q] (x : R[p], y : R[q]) : total(x ++ y) = total(x) + total(y)
theorem long [k, l] (a : R[k], b : R[l]) : total(a ++ b) = total(a) + total(b)
theorem u (x : R) : x + 1 = x + 2
`;
const proofs = 'proof t\n  rewrite add-comm\n  rewrite add-zero\nqed\n';
const path = 'proofs/a.weft';

let client: Client;
beforeAll(async () => {
  client = await Client.start(project({ 'theorems/a.weft': statements, [path]: proofs }));
  await client.open(path, proofs);
  await client.checked();
});
afterAll(() => client.kill());

async function changed<A>(now: string, look: () => Promise<A>): Promise<A> {
  await client.change(path, now);
  await client.checked();
  try {
    return await look();
  } finally {
    await client.change(path, proofs);
    await client.checked();
  }
}

describe('signature help', () => {
  const at = (typed: string) =>
    changed(`proof t\n  ${typed}`, () =>
      client.ask<SignatureHelp | null>('textDocument/signatureHelp', path, {
        position: positionOf(`proof t\n  ${typed}`, typed, typed.length),
      }),
    );
  const active = async (typed: string) => {
    const found = await at(typed);
    const { label, parameters } = found!.signatures[0]!;
    const part = parameters![found!.activeParameter!];
    return part && label.slice(...(part.label as [number, number]));
  };
  it('shows all that a law can be given, in the order of its statement', async () => {
    const found = await at('rewrite law with ');
    expect(found!.signatures[0]!.label).toBe('law [n : Position, m] {A, f : A -> R[n m]} (x : A)');
    expect(await active('rewrite law with ')).toBeUndefined();
  });
  it('marks what is being written', async () => {
    expect(await active('rewrite <- law with m := ')).toBe('m');
    expect(await active('rewrite law with m := a, f := fun (x : R, y : R) => x')).toBe('f : A -> R[n m]');
    expect(await active('apply law with\n    m := a,\n    x := (p, q')).toBe('x : A');
    expect(await active('rewrite law with m := a, ')).toBeUndefined();
  });
  it('is none elsewhere', async () => {
    expect(await at('rewrite law ')).toBeNull();
    expect(await at('rewrite nothing with ')).toBeNull();
    expect(await at('rewrite law with m := a\n  ring')).toBeNull();
  });
});

describe('inlay hints', () => {
  const labels = (now: string, lines: readonly [number, number] = [0, 99]) =>
    changed(now, async () => {
      const range = { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
      const all = await client.ask<InlayHint[]>('textDocument/inlayHint', path, { range });
      return all.map(({ label, position }) => `${position.line}:${position.character}${String(label)}`);
    });
  it('say what a rewrite found, after what it was given', async () => {
    const proof = (step: string): string => `proof long\n  rewrite ${step}\nqed\n`;
    expect(await labels(proof('tail'))).toEqual(['1:14 with p := k, q := l']);
    expect(await labels(proof('tail with p := k'))).toEqual(['1:26, q := l']);
    expect(await labels(proof('tail with p := k, q := l'))).toEqual([]);
    expect(await labels(proof('tail'), [2, 3])).toEqual([]);
    expect(await labels(proof('tail at 7'))).toEqual([]);
  });
});

describe('closing a goal', () => {
  const everything = { range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } };
  const closed = (now: string) =>
    changed(now, async () => {
      const all = await client.ask<CodeAction[]>('textDocument/codeAction', path, {
        ...everything,
        context: { diagnostics: [] },
      });
      const action = all.find((a) => a.title === 'look for steps that close the goal');
      if (!action) return undefined;
      expect(action.edit).toBeUndefined();
      const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
      const { range, newText } = Object.values(edit!.changes!)[0]![0]!;
      const lines = now.split('\n');
      const offset = (p: { line: number; character: number }) =>
        lines.slice(0, p.line).reduce((n, l) => n + l.length + 1, 0) + p.character;
      return now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end));
    });
  it('writes the first steps that do, in the place of a hole', async () => {
    expect(await closed('proof t\n  ?\nqed\n')).toBe(proofs);
    expect(await closed('proof t ? qed\n')).toBe('proof t rewrite add-comm\n        rewrite add-zero qed\n');
  });
  it('and before a `qed` that is too early', async () => {
    expect(await closed('proof t\n  rewrite add-comm\nqed\n')).toBe(
      proofs.replace('rewrite add-zero', 'apply add-zero'),
    );
  });
  it('says that there are none', async () => {
    await expect(closed('proof u\n  ?\nqed\n')).rejects.toThrow('no steps are found that close this goal');
    expect(await closed(proofs)).toBeUndefined();
  });
});
