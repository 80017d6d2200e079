// The language server as an editor meets it: the real protocol to the real process, one test for each thing that it can do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Hover,
  Location,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { Client, positionOf } from '../../support/client.js';
import { project } from '../../support/weft.js';

const texts = {
  'theorems/base.weft': `sort Position
axiom add-comm (x y : R) : x + y = y + x
axiom add-zero (x : R) : x + 0 = x
axiom boolean-cases {A, C} {f : B * A -> C, g : B * A -> C} (b : B, x : A)
  given yes : (x : A) : f(true, x) = g(true, x)
  given no : (x : A) : f(false, x) = g(false, x)
  : f(b, x) = g(b, x)
def double (x : R) : R := x + x
theorem zero-add (x : R) : 0 + x = x
theorem open-one (x : R) : x + 0 = x
`,
  'proofs/base.weft': `proof zero-add
  rewrite add-comm
  rewrite add-zero
qed
`,
  'theorems/user.weft': `import "base.weft"
-- twice
theorem twice [n : Position] (x y : R) : double(x) + (0 + y) = double(x) + y
theorem both (x y : R) : if x < y then 0 + x else x + 0 = x
theorem far (x : R) : x * 1 = x
`,
  'proofs/user.weft': `import "base.weft"
proof twice
  rewrite zero-add with x := y
qed
proof both
  cases x < y
  { rewrite zero-add }
  { rewrite add-zero }
qed
`,
} as const;
type Path = keyof typeof texts;

let client: Client;
const text = (path: Path): string => texts[path];
const ask = <A>(method: string, path: Path, mark: string, after = 1, more: object = {}): Promise<A> =>
  client.ask<A>(method, path, { position: positionOf(text(path), mark, after), ...more });
const codes = (path: Path) => client.diagnostics.get(path)?.map((d) => [d.code, d.range.start.line]);

/** With another text in the place of a file's, for a while. */
async function changed<A>(path: Path, now: string, look: () => Promise<A>): Promise<A> {
  await client.change(path, now);
  await client.checked();
  const found = await look();
  await client.change(path, text(path));
  await client.checked();
  return found;
}
const slice = (source: string, { range }: { readonly range: Location['range'] }): string =>
  source.split('\n')[range.start.line]!.slice(range.start.character, range.end.character);

beforeAll(async () => {
  client = await Client.start(project(texts));
  for (const path of Object.keys(texts) as Path[]) await client.open(path, text(path));
  await client.checked();
});
afterAll(() => client.kill());

describe('diagnostics', () => {
  it('have a range and a code', () => {
    expect(codes('theorems/base.weft')).toEqual([['E-STATUS', 9]]);
    expect(codes('theorems/user.weft')).toEqual([['E-STATUS', 4]]);
    const both = client.diagnostics.get('proofs/user.weft')!;
    expect(both.map((d) => d.code)).toEqual([]);
  });
  it('follow the text, and leave with what they are about', async () => {
    const wrong = text('proofs/base.weft').replace('  rewrite add-zero\n', '');
    const found = await changed('proofs/base.weft', wrong, () =>
      Promise.resolve([codes('proofs/base.weft'), codes('proofs/user.weft')]),
    );
    expect(found).toEqual([
      [['E-EQ', 2]],
      [
        ['E-STATUS', 2],
        ['E-STATUS', 6],
      ],
    ]);
    expect(codes('proofs/base.weft')).toEqual([]);
  });
  it('of text that is half typed are of that item alone', async () => {
    const half = text('theorems/user.weft').replace('double(x) + y\n', 'double(x) +\n');
    expect(
      await changed('theorems/user.weft', half, () =>
        Promise.resolve([codes('theorems/user.weft'), codes('proofs/user.weft')]),
      ),
    ).toEqual([
      [
        ['E-SYNTAX', 2],
        ['E-STATUS', 4],
      ],
      [],
    ]);
  });
});

describe('proof/goals', () => {
  interface Answer {
    readonly goals: {
      readonly goals: { readonly hyps: { names: string[]; ty: string }[]; readonly ty: string }[];
      readonly stack: unknown[][];
    } | null;
    readonly messages: { readonly text: string }[];
    readonly law: string | null;
    readonly counterexample: { readonly text: string } | null;
  }
  const goals = (mark: string, mode: string, after = 1) =>
    ask<Answer>('proof/goals', 'proofs/base.weft', mark, after, { mode });
  const types = (a: Answer) => a.goals?.goals.map((g) => g.ty.replace(/\s+/g, ' ').trim());

  it('before and after a step', async () => {
    expect(types(await goals('rewrite add-comm', 'Prev'))).toEqual(['0 + x = x']);
    const after = await goals('rewrite add-comm', 'After');
    expect(types(after)).toEqual(['x + 0 = x']);
    expect(after.goals!.goals[0]!.hyps).toEqual([{ names: ['x'], ty: 'R' }]);
    expect([after.law, after.messages]).toEqual(['theorem zero-add (x : R) : 0 + x = x', []]);
    expect(types(await goals('proof zero', 'After'))).toEqual(['0 + x = x']);
    expect(types(await goals('rewrite add-zero', 'After'))).toEqual(['x = x']);
  });
  it('of a block, with those of its neighbours on the stack', async () => {
    const inner = await ask<Answer>('proof/goals', 'proofs/user.weft', '{ rewrite zero-add', 3, { mode: 'Prev' });
    expect(types(inner)).toHaveLength(1);
    expect(inner.goals!.stack).toHaveLength(1);
    expect(inner.goals!.stack[0]!.map((side) => (side as unknown[]).length)).toEqual([0, 1]);
    const second = await ask<Answer>('proof/goals', 'proofs/user.weft', '{ rewrite add-zero', 3, { mode: 'Prev' });
    expect(second.goals!.stack[0]!.map((side) => (side as unknown[]).length)).toEqual([1, 0]);
  });
  it('while a step is half typed, and numbers where the goal is false', async () => {
    const half = text('proofs/base.weft').replace('rewrite add-zero', 'rewrite');
    const found = await changed('proofs/base.weft', half, () => goals('rewrite add-comm', 'After'));
    expect(types(found)).toEqual(['x + 0 = x']);
    const unproved = text('theorems/base.weft').replace('0 + x = x', '0 + x = x + 1');
    const answer = await changed('theorems/base.weft', unproved, () =>
      ask<Answer>('proof/goals', 'proofs/base.weft', 'rewrite add-zero', 1, { counterexample: true }),
    );
    expect(answer.counterexample?.text).toContain('the left side is');
    expect(answer.messages).toHaveLength(1);
  });
  it('nothing outside of a proof', async () => {
    expect((await ask<Answer>('proof/goals', 'theorems/base.weft', 'theorem')).goals).toBeNull();
  });
});

describe('hover', () => {
  const hover = async (path: Path, mark: string, after = 1): Promise<string> => {
    const found = await ask<Hover | null>('textDocument/hover', path, mark, after);
    return found ? (found.contents as { value: string }).value : '';
  };
  it('shows the type of the smallest phrase', async () => {
    expect(await hover('theorems/user.weft', 'x < y', 0)).toContain('x : R');
    expect(await hover('theorems/user.weft', 'x < y', 2)).toContain('x < y : B');
    expect(await hover('proofs/user.weft', ':= y', 3)).toContain('y : R');
  });
  it('shows the statement of a name, and its verdict', async () => {
    const cited = await hover('proofs/user.weft', 'zero-add');
    expect(cited).toContain('theorem zero-add (x : R) : 0 + x = x');
    expect(cited).toContain('proved (2 axioms)');
    expect(await hover('theorems/user.weft', 'double')).toContain('def double (x : R) : R := x + x');
    expect(await hover('theorems/user.weft', '-- twice', 4)).toBe('');
  });
});

describe('names', () => {
  it('lead to where they are declared', async () => {
    const go = async (path: Path, mark: string, after = 1) => {
      const found = await ask<Location | null>('textDocument/definition', path, mark, after);
      return found && [client.pathOf(found.uri), slice(texts[client.pathOf(found.uri) as Path], found)];
    };
    expect(await go('proofs/user.weft', 'zero-add')).toEqual(['theorems/base.weft', 'zero-add']);
    expect(await go('theorems/user.weft', 'double')).toEqual(['theorems/base.weft', 'double']);
    expect(await go('theorems/user.weft', 'Position')).toEqual(['theorems/base.weft', 'Position']);
    expect((await go('theorems/user.weft', '"base.weft"'))![0]).toBe('theorems/base.weft');
    expect(await go('theorems/user.weft', '(x y', 1)).toBeNull();
  });
  it('are found wherever they are used', async () => {
    const found = await ask<Location[]>('textDocument/references', 'theorems/base.weft', 'zero-add', 1, {
      context: { includeDeclaration: true },
    });
    expect(found.map((l) => client.pathOf(l.uri)).sort()).toEqual([
      'proofs/base.weft',
      'proofs/user.weft',
      'proofs/user.weft',
      'theorems/base.weft',
    ]);
    const uses = await ask<Location[]>('textDocument/references', 'theorems/base.weft', 'zero-add', 1, {
      context: { includeDeclaration: false },
    });
    expect(uses).toHaveLength(3);
  });
  it('are renamed everywhere, or nowhere', async () => {
    const edit = await ask<WorkspaceEdit>('textDocument/rename', 'proofs/user.weft', 'zero-add', 1, {
      newName: 'left-zero',
    });
    const count = Object.values(edit.changes!).reduce((n, all) => n + all.length, 0);
    expect([Object.keys(edit.changes!).length, count]).toEqual([3, 4]);
    for (const [newName, why] of [
      ['twice', 'declared already'],
      ['qed', 'cannot be a name'],
      ['a b', 'cannot be a name'],
    ] as const)
      await expect(ask('textDocument/rename', 'proofs/user.weft', 'zero-add', 1, { newName })).rejects.toThrow(why);
    await expect(ask('textDocument/prepareRename', 'proofs/user.weft', 'rewrite')).rejects.toThrow('can be renamed');
  });
});

describe('completion', () => {
  const labels = async (path: Path, now: string, mark: string): Promise<readonly string[]> =>
    changed(path, now, async () => {
      const all = await client.ask<CompletionItem[]>('textDocument/completion', path, {
        position: positionOf(now, mark, mark.length),
      });
      return all.map((i) => i.label);
    });
  const proof = text('proofs/user.weft');
  it('of steps, of laws that may be cited, and of their variables', async () => {
    expect(await labels('proofs/user.weft', proof.replace('  rewrite zero-add with x := y', '  re'), '  re')).toContain(
      'rewrite',
    );
    const laws = await labels('proofs/user.weft', proof.replace('zero-add with x := y', ''), 'proof twice\n  rewrite ');
    expect(laws).toEqual(expect.arrayContaining(['add-comm', 'add-zero', 'zero-add']));
    expect(laws).not.toContain('open-one');
    expect(await labels('proofs/user.weft', proof.replace('with x := y', 'with '), 'zero-add with ')).toEqual(['x']);
    expect(
      await labels('proofs/user.weft', proof.replace('rewrite zero-add with x := y', 'unfold '), 'unfold '),
    ).toContain('double');
    expect(await labels('proofs/user.weft', `${proof}proof `, 'qed\nproof ')).not.toEqual([]);
  });
  it('in statements', async () => {
    const statements = text('theorems/user.weft');
    expect(await labels('theorems/user.weft', `${statements}theorem z (x : R) : do`, ': do')).toContain('double');
    expect(await labels('theorems/user.weft', `${statements}theorem z [n : Po`, '[n : Po')).toContain('Position');
    expect(await labels('theorems/user.weft', `${statements}the`, '= x\nthe')).toContain('theorem');
    expect(await labels('theorems/user.weft', `${statements}import "ba`, '\nimport "ba')).toContain('base.weft');
  });
});

describe('an outline and colours', () => {
  it('of the items of any text', async () => {
    const found = await client.ask<DocumentSymbol[]>('textDocument/documentSymbol', 'theorems/base.weft');
    expect(found.map((s) => [s.detail, s.name])).toEqual([
      ['sort', 'Position'],
      ['axiom', 'add-comm'],
      ['axiom', 'add-zero'],
      ['axiom', 'boolean-cases'],
      ['def', 'double'],
      ['theorem', 'zero-add'],
      ['theorem', 'open-one'],
    ]);
  });
  it('of every word', async () => {
    const { data } = await client.ask<{ data: number[] }>('textDocument/semanticTokens/full', 'proofs/base.weft');
    // proof zero-add: a keyword, then a law
    expect(data.slice(0, 10)).toEqual([0, 0, 5, 0, 0, 0, 6, 8, 4, 0]);
    expect(data.length / 5).toBe(7);
  });
});

describe('formatting', () => {
  const edits = (path: Path) =>
    client.ask<TextEdit[]>('textDocument/formatting', path, { options: { tabSize: 2, insertSpaces: true } });
  it('of a text that parses; of one that is laid out, and of one that is half typed, nothing', async () => {
    expect(await edits('proofs/user.weft')).toEqual([]);
    const untidy = text('proofs/user.weft').replace('  rewrite', 'rewrite').replace('x := y', 'x:=y');
    await client.change('proofs/user.weft', untidy);
    const [edit, ...more] = await edits('proofs/user.weft');
    expect([edit!.newText, more]).toEqual([text('proofs/user.weft'), []]);
    expect(edit!.range.end).toEqual(positionOf(untidy, untidy, untidy.length));
    await client.change('proofs/user.weft', untidy.replace('qed', ''));
    expect(await edits('proofs/user.weft')).toEqual([]);
    await client.change('proofs/user.weft', text('proofs/user.weft'));
    await client.checked();
  });
});

describe('code actions', () => {
  const titles = async (path: Path, now: string): Promise<readonly CodeAction[]> =>
    changed(path, now, () =>
      client.ask<CodeAction[]>('textDocument/codeAction', path, {
        range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
        context: { diagnostics: [] },
      }),
    );
  const applied = (now: string, action: CodeAction): string => {
    const [edit] = Object.values(action.edit!.changes!)[0]!;
    const lines = now.split('\n');
    const at = (p: { line: number; character: number }) =>
      lines.slice(0, p.line).reduce((n, l) => n + l.length + 1, 0) + p.character;
    return now.slice(0, at(edit!.range.start)) + edit!.newText + now.slice(at(edit!.range.end));
  };
  it('add the missing qed', async () => {
    const now = text('proofs/base.weft').replace('qed\n', '');
    const [action] = await titles('proofs/base.weft', now);
    expect(action!.title).toBe('add `qed`');
    expect(applied(now, action!).trimEnd()).toBe(text('proofs/base.weft').trimEnd());
  });
  it('import the file that has a name', async () => {
    const now = text('theorems/user.weft').replace('import "base.weft"\n', '');
    const found = await titles('theorems/user.weft', now);
    const action = found.find((a) => a.title.startsWith('import'));
    expect(action!.title).toBe('import `base.weft` in `theorems/user.weft`');
    expect(applied(now, action!)).toBe(text('theorems/user.weft'));
    // and of the installed library
    const shipped = await titles(
      'theorems/user.weft',
      `${text('theorems/user.weft')}def f [n] (x : R[n]) : R := sum n (x[n])\n`,
    );
    expect(shipped.map((a) => a.title).join()).toContain('import `../weft/theorems/');
  });
  it('write a name that is near', async () => {
    const now = text('proofs/base.weft').replace('add-zero', 'add-zeo');
    const action = (await titles('proofs/base.weft', now)).find((a) => a.title === 'write `add-zero`');
    expect(applied(now, action!)).toBe(text('proofs/base.weft'));
  });
});
