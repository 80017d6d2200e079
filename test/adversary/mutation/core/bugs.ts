// Bugs to plant in the structural evaluator: what is changed, and what goes wrong then. Data alone.
import type { Change } from './mutant.js';

const evaluate = 'src/core/evaluate.ts';
const node = 'src/core/node.ts';
const cells = 'src/core/cells.ts';
const axis = 'src/core/axis.ts';

// prettier-ignore
export const bugs: Readonly<Record<string, Change>> = {
  'a diagonal over a sum takes the wrong block':      { file: evaluate, from: 'xs, leaf, i, i)', to: 'xs, leaf, i, 0)' },
  'an exchange keeps the order of the indices':       { file: evaluate, from: '[...names.slice(p.length), ...names.slice(0, p.length)]', to: 'names' },
  'an exchange of sums takes the wrong block':        { file: evaluate, from: 'xs, leaf, i, j)', to: 'xs, leaf, j, i)' },
  'first takes the last block':                       { file: evaluate, from: 't.object, xs, 0)', to: 't.object, xs, paths(t.axis).length - 1)' },
  'select has one branch':                            { file: evaluate, from: 'xs[n + 1 + i]!', to: 'xs[1 + i]!' },
  'positions in a sum start again':                   { file: evaluate, from: 'const before = offset;', to: 'const before = this.number(0n);' },
  'positions in a product are not row-major':         { file: evaluate, from: "this.operate('mul', acc, this.sizeAtom(v))", to: 'acc' },
  'positions before a sum are not scaled':            { file: evaluate, from: "m.tail ? this.operate('mul', outer, this.sizeOf(m.tail)) : outer", to: 'outer' },
  'a size forgets the sum in a product':              { file: evaluate, from: '...(m.tail ? [this.sizeOf(m.tail)] : [])', to: '' },
  'a scan over a sum starts again':                   { file: evaluate, from: 'now = next;', to: '' },
  'a loop binds turn and state the other way round':  { file: evaluate, from: 'after.map((c) => pool.bind(c, names))', to: 'after.map((c) => pool.bind(c, [turn, loop]))' },
  'a scan starts from the step':                      { file: evaluate, from: 'const cells = [...state, ...steps, pool.bind(pool.open(c, inner.map(freeOf)), names)]', to: 'const cells = [...steps, ...steps, pool.bind(pool.open(c, inner.map(freeOf)), names)]' },
  'every component of a fold is the first':           { file: evaluate, from: "{ _tag: 'Fold', axis: v, component }", to: "{ _tag: 'Fold', axis: v, component: 0 }" },
  'names under a map are always the same':            { file: evaluate, from: 'const names = this.fresh(xs, vars.length); const opened', to: 'const names = vars.map((_, i) => i + 1); const opened' },
  'a fresh name is the last one used':                { file: evaluate, from: 'used + 1 + i', to: 'Math.max(1, used + i)' },
  'swap does nothing':                                { file: evaluate, from: "case 'Swap': return [...xs.slice(slots(t.left).length), ...xs.slice(0, slots(t.left).length)];", to: "case 'Swap': return xs;" },
  'repeat puts the axis inside':                      { file: evaluate, from: '[...p, ...c.vars]', to: '[...c.vars, ...p]' },
  'results are shared between different inputs':      { file: evaluate, from: 'for (const c of inputs) key += `,${c.id}`;', to: 'key += `,${inputs.length}`;' },
  'a variable gives its first output everywhere':     { file: evaluate, from: 'axes: t.axes, output }', to: 'axes: t.axes, output: 0 }' },
  'split hands out its parts the other way round':    { file: cells, from: 'return [...range(a + b, object, cells, 0, a), ...range(a + b, object, cells, a, a + b)];', to: 'return [...range(a + b, object, cells, b, a + b), ...range(a + b, object, cells, 0, b)];' },
  'concat puts the second part first':                { file: cells, from: '[...blocksOf(a, object, cells.slice(0, n)), ...blocksOf(b, object, cells.slice(n))]', to: '[...blocksOf(b, object, cells.slice(n)), ...blocksOf(a, object, cells.slice(0, n))]' },
  'blocks are joined backwards':                      { file: cells, from: 'blocks.flatMap((b) => b.slice', to: '[...blocks].reverse().flatMap((b) => b.slice' },
  'a block of a leaf is taken column by column':      { file: cells, from: '(i * b + j)', to: '(j * a + i)' },
  'open fills the binders backwards':                 { file: node, from: 'refs[n - 1 - (r.depth - under)]', to: 'refs[r.depth - under - rest]' },
  'a node without parts is left as it is':            { file: node, from: 'if (!touches(root, 0)) return root;', to: 'if (root.cells.length === 0) return root;' },
  'open overlooks the innermost index':               { file: node, from: 'node.dangling > under + rest', to: 'node.dangling > under + rest + 1' },
  'bind numbers the names backwards':                 { file: node, from: 'bound(under + n + names.length - 1 - k)', to: 'bound(under + n + k)' },
  'bind overlooks all names but the last':            { file: node, from: 'Math.min(most, name), Infinity)', to: 'Math.max(most, name), 0)' },
  'like terms replace each other':                    { file: node, from: 'plus(before, s.coefficient)', to: 's.coefficient' },
  'a product of sizes forgets a factor':              { file: node, from: 'atoms: [...s.atoms, ...t.atoms]', to: 'atoms: s.atoms' },
  'the first element has position 1':                 { file: node, from: "refs[0]!._tag === 'First' ? this.constant(rational(0n))", to: "refs[0]!._tag === 'First' ? this.constant(rational(1n))" },
  'neg of a number is the number':                    { file: node, from: 'times(rational(-1n), t.coefficient)', to: 't.coefficient' },
  'or of literals is and':                            { file: node, from: 'x! || y!', to: 'x! && y!' },
  'select of a literal takes the other branch':       { file: node, from: 'condition.value ? 1 : 2', to: 'condition.value ? 2 : 1' },
  'states of a loop are confused':                    { file: node, from: '`S${d.component}`', to: "'S'" },
  'results of a fold are confused':                   { file: node, from: '`F${d.axis.id},${d.component}`', to: '`F${d.axis.id}`' },
  'loops over different axes are confused':           { file: node, from: '`F${d.axis.id},${d.component}`', to: '`F${d.component}`' },
  'scans over different axes are confused':           { file: node, from: '`N${d.axis.id}`', to: "'N'" },
  'instances of a family are confused':               { file: node, from: "`A${d.variable.id},${d.axes.map((a) => a.id).join('.')},${d.output}`", to: '`A${d.variable.id},${d.output}`' },
  'outputs of a variable are confused':               { file: node, from: "`A${d.variable.id},${d.axes.map((a) => a.id).join('.')},${d.output}`", to: "`A${d.variable.id},${d.axes.map((a) => a.id).join('.')}`" },
  'sizes of different axes are confused':             { file: node, from: '`Z${d.axis.id}`', to: "'Z'" },
  'operators are confused':                           { file: node, from: '`O${d.operator}`', to: "`O${d.operator === 'sqrt' ? 'log' : d.operator}`" },
  'the elements of a product are listed inside out':  { file: axis, from: 'Object.freeze([...m.vars, ...p])', to: 'Object.freeze([...p, ...m.vars])' },
};

/** Changes of the axes' laws: false equations of index sets. */
// prettier-ignore
export const falseAxes: Readonly<Record<string, Change>> = {
  'a * b = b * a':             { file: axis, from: '[...vars, ...only.vars]', to: '[...vars, ...only.vars].sort((v, w) => v.id - w.id)' },
  'a * (b + c) = a * b + a * c': { file: axis, from: 'if (rest.terms.length > 1) return internAxis([{ vars, tail: rest }]);', to: 'if (rest.terms.length > 1) return internAxis(rest.terms.map((m) => ({ vars: [...vars, ...m.vars], tail: m.tail })));' },
  'a + b = b + a':             { file: axis, from: 'return internAxis([...e.terms, ...f.terms]); }', to: 'return internAxis([...e.terms, ...f.terms].sort((m, n) => (m.vars[0]?.id ?? 0) - (n.vars[0]?.id ?? 0))); }' },
};
