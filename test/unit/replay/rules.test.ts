// Every rule of the page: a certificate that is accepted, and for each side condition one that differs from it in one record and is
// refused, with its reason.
import { expect, test } from 'vitest';
import { base, said } from './small.js';

/** records; then which of them becomes what, and why that is refused */
type Case = readonly [what: string, records: readonly string[], bad: readonly (readonly [number, string, RegExp])[]];

/**
 * A term `one`, structurally id 1, that mentions v over the axis s, and the step u: (v = v) |- one = one. By `beside`, any step has that
 * hypothesis and proves what it did.
 */
const closed = (axis: string, ...v: readonly string[]): string[] =>
  [`s: a * @a1 ${axis}`, 'S: o (R @s)', ...v, 'hyp: h () @v @v', 'as: s assume @hyp ()', 'zero: t const 0'].concat(
    ['rep: t repeat @s @R', 'r: t ; @zero @rep', 'rv: t ; @r @v', 'one: t ; @rv @del', 'er: s eq @r @r'],
    ['ed: s eq @del @del', 'c1: s ; @er @as', 'u: s ; @c1 @ed'],
  );
const other = ['V: m "v" () @S @S', 'v: t var @V ()', 'del: t del @S'];
const own = ['v: t var @H (@s)', 'del: t del @R'];
const beside = (f: string, step: string, name: string): string[] =>
  [`w: t * ${f} @one`, `s1: s * ${step} @u`, `i1: s eq ${f} @w`, `i2: s eq @w ${f}`].concat([
    's2: s trans @i1 @s1',
    `${name}: s trans @s2 @i2`,
  ]);
const induction = ['h1: t var @H (@a1)', 'b: s eq @h1 @h1', 'h2: t var @H (@n+1)', 'c: s eq @h2 @h2'];

// prettier-ignore
const cases: readonly Case[] = [
  ['a sum of one sort', ['a + @ap @ap2'], [[0, 'a + @ap @aq', /different sorts/], [0, 'a + @ap @an', /different sorts/]]],
  ['composition', ['t ; @f @id'], [[0, 't ; @f @hn', /not typed/]]],
  ['first', ['t first @an @R'], [[0, 't first @at @R', /non-empty/], [0, 't first @a0 @R', /non-empty/]]],
  ['first of a sum', ['e: a + @a1 @at', 't first @e @R'], [[0, 'e: a + @at @a1', /non-empty/]]],
  ['a scan', ['t scan @an @R @add'], []],
  ['a scan begins with its state', ['s: t copy @R', 't scan @an @R @s'], [[1, 't scan @an @Rn @s', /begin with the state/], [1, 't scan @an @B @s', /begin with the state/], [0, 's: t del @R', /begin with the state/]]],
  ['a variable at axes', ['t var @H (@n+1)'], [[0, 't var @H (@at)', /non-empty/], [0, 't var @H ()', /number of axes/], [0, 't var @H (@an @an)', /number of axes/]]],
  ['a variable of a sort', ['w: m "w" (@p) @Rp @R', 't var @w (@ap2)', 't var @w (@a1)', 't var @w (@an)'], [[1, 't var @w (@aq)', /another sort/]]],
  ['binders of a variable', ['m "w" (@n @t) @Rn @R'], [[0, 'm "w" (@n @n) @Rn @R', /stands twice/]]],
  ['a constant', ['t const -5/2', 't const 3', 't const 0'], [[0, 't const -10/4', /lowest/], [0, 't const 1/0', /denominator/], [0, 't const -0', /lowest/], [0, 't const 0.5', /rational/], [0, 't const 2/1', /lowest/], [0, 't const 02', /lowest/]]],
  ['an operator', ['t op mul'], [[0, 't op toString', /no operator/]]],
  ['a definition', ['d: d "c" (@n) () () @idn', 't call @d (@n+1) () ()'], [
    [0, 'd: d "c" () () () @idn', /n is no parameter/], [0, 'd: d "c" (@n @n) () () @idn', /twice/], [1, 't call @d (@at) () ()', /non-empty/], [1, 't call @d () () ()', /number of axes/],
  ]],
  ['a definition of an object', ['i: t id @X', 'd: d "c" () ("X") () @i', 't call @d () (@RR) ()'], [
    [1, 'd: d "c" () () () @i', /X is no parameter/], [1, 'd: d "c" () ("X" "X") () @i', /twice/], [2, 't call @d () () ()', /takes 1 objects/],
  ]],
  ['a definition of a term', ['d: d "c" () () (@F) @fid', 't call @d () () (@g)'], [
    [0, 'd: d "c" () () (@G) @fid', /f is no parameter/], [0, 'd: d "c" () () (@F @F) @fid', /twice/], [1, 't call @d () () (@hn)', /another type/], [1, 't call @d () () (@copy)', /another type/], [1, 't call @d () () ()', /takes 1 terms/],
  ]],
  ['a definition takes no families', ['d "c" (@n) () (@K) @idn'], [[0, 'd "c" (@n) () (@H) @idn', /is a family/]]],
  ['a definition and a signature', ['d "c" (@n) () (@K) @k'], [[0, 'd "c" () () (@K) @k', /n is no parameter/]]],
  ['a family', ['f (@t @n) @hn'], [[0, 'f (@n @n) @hn', /twice/]]],
  ['a family and a signature', ['f (@t) @k'], [[0, 'f (@n) @k', /signature axis/]]],
  ['a hypothesis', ['h (@n) @hn @hn'], [[0, 'h (@n @n) @hn @hn', /twice/], [0, 'h () @hn @f', /two types/]]],
  ['a hypothesis and a signature', ['h (@t) @k @k'], [[0, 'h (@n) @k @k', /signature axis/]]],

  ['eq', ['s eq @f @fid'], [[0, 's eq @f @g', /not structurally equal/], [0, 's eq @f @hn', /two types/], [0, 's eq @f @copy', /two types/]]],
  ['sym', ['y: s sym @there', 's trans @there @y'], [[0, 'y: s eq @g @g', /middle/]]],
  ['trans', ['s trans @there @back'], [[0, 's trans @there @there', /middle/]]],
  ['trans is not up to equality', ['i: s eq @fid @fid', 's trans @there @i'], [[0, 'i: s eq @f @fid', /middle/]]],
  ['composition of steps', ['h: s eq @hn @hn', 's ; @h @there'], [[1, 's ; @there @h', /not typed/]]],
  ['composition of steps: what it proves', ['c: s ; @there @back', 'l: t ; @f @fid', 'r: t ; @fid @f', 'e: s eq @r @l', 's trans @c @e'], [[0, 'c: s ; @back @there', /middle/]]],
  ['product of steps', ['c: s * @there @back', 'l: t * @f @fid', 'r: t * @fid @f', 'e: s eq @r @r', 's trans @c @e'], [[0, 'c: s * @back @there', /middle/]]],
  ['map', ['c: s map @an @there', 'm: t map @an @fid', 'e: s eq @m @m', 's trans @c @e'], [[0, 'c: s map @n+1 @there', /middle/], [0, 'c: s map @an @back', /middle/]]],
  ['scan', ['a: s eq @copy @copy', 's scan @an @R @a'], [[1, 's scan @an @RR @a', /begin with the state/]]],
  ['scan: what it proves', ['a: s eq @copy @copy', 'c: s scan @an @R @a', 'm: t scan @an @R @copy', 'e: s eq @m @m', 's trans @c @e'], [[1, 'c: s scan @n+1 @R @a', /middle/], [1, 'c: s scan @an @unit @a', /middle/]]],

  ['inst of a term', ['i: f () @g', 'c: s inst @there () () (@F @i)', 'r: t ; @g @id', 'e: s eq @r @g', 's trans @c @e'], [[1, 'c: s inst @there () () (@G @i)', /middle/], [1, 'c: s inst @there () () (@F @i @F @i)', /twice/], [0, 'i: f () @copy', /another type/], [0, 'i: f (@n) @g', /other binders/]]],
  ['inst of an axis', ['e: s eq @hn @hn', 's inst @e (@n @n+1 @t @at @p @ap2) () ()'], [
    [1, 's inst @e (@n @at) () ()', /non-empty/], [1, 's inst @e (@n @a0) () ()', /non-empty/], [1, 's inst @e (@p @aq) () ()', /another sort/], [1, 's inst @e (@n @n+1 @n @n+1) () ()', /twice/],
  ]],
  ['inst of an axis: what it proves', ['h: s eq @hn @hn', 'c: s inst @h (@n @n+1) () ()', 'r: t var @H (@n+1)', 'e: s eq @r @r', 's trans @c @e'], [[1, 'c: s inst @h (@n @1+n) () ()', /middle/], [1, 'c: s inst @h () () ()', /middle/]]],
  ['inst of an object', ['x: t var @XX ()', 'h: s eq @x @x', 'c: s inst @h () ("X" @RR) ()', 'm: m "x" () @RR @RR', 'r: t var @m ()', 'e: s eq @r @r', 's trans @c @e'], [[2, 'c: s inst @h () ("X" @RR "X" @RR) ()', /twice/], [2, 'c: s inst @h () ("Y" @RR) ()', /middle/]]],
  ['inst under an axis', ['X1: o ("X" @an)', 'x: t id @X1', 'h: s eq @x @x', 'c: s inst @h () ("X" @Rp) ()', 'o: o (R @an @ap)', 'r: t id @o', 'e: s eq @r @r', 's trans @c @e'], [[4, 'o: o (R @ap @an)', /middle/]]],
  ['inst of a family', ['b: t first @an @R', 'i: f (@n) @b', 'e: s eq @hn @hn', 's inst @e () () (@H @i)'], [[1, 'i: f () @b', /other binders/], [1, 'i: f (@t) @hn', /other binders/], [1, 'i: f (@p) @hn', /other binders/], [1, 'i: f (@n) @idn', /another type/]]],
  ['inst of a family: what it proves', ['b: t first @an @R', 'i: f (@n) @b', 'h: t var @H (@n+1)', 'e: s eq @h @h', 'c: s inst @e () () (@H @i)', 'r: t first @n+1 @R', 'd: s eq @r @r', 's trans @c @d'], [[5, 'r: t first @1+n @R', /middle/]]],
  ['inst: the type after the substitution', ['o: o (R @n+1)', 'k2: t id @o', 'i: f () @k2', 'e: s eq @k @k', 's inst @e (@n @n+1) () (@K @i)'], [[4, 's inst @e () () (@K @i)', /another type/], [1, 'k2: t id @Rn', /another type/]]],
  ['inst is all at once', ['o: o (R @an @at)', 'h: t id @o', 'e: s eq @h @h', 'm: v "m" - ?', 'am: a v @m', 's1: a + @a1 @an', 'c: s inst @e (@n @s1 @t @an) () ()', 'r: o (R @s1 @an)', 'i: t id @r', 'd: s eq @i @i', 's trans @c @d'], [[7, 'r: o (R @s1 @s1)', /middle/]]],
  ['inst: axes are formed anew', ['u: v "u" "P" +', 'au: a v @u', 's2: a + @ap @au', 'i: t size @s2', 'e: s eq @i @i', 's inst @e (@u @ap2) () ()'], [[5, 's inst @e (@u @an) () ()', /different sorts/]]],
  ['inst of hypotheses', ['h: h () @f @g', 'a: s assume @h ()', 'i: f () @g', 'c: s inst @a () () (@F @i)', 'gg: h () @g @g', 'e: s eq @g @g', 's cut @e @c ()'], [[3, 'c: s inst @a () () ()', /no hypothesis/]]],

  ['assume', ['h: h (@n) @hn @hn', 's assume @h (@n+1)'], [[1, 's assume @h (@at)', /non-empty/], [1, 's assume @h ()', /number of axes/]]],
  ['assume: what it proves', ['h: h (@n) @hn @hn', 'c: s assume @h (@n+1)', 'r: t var @H (@n+1)', 'e: s eq @r @r', 's trans @c @e'], [[1, 'c: s assume @h (@1+n)', /middle/]]],
  ['cut', ['h: h () @f @fid', 'c: s assume @h ()', 's cut @there @c ()'], [[2, 's cut @back @c ()', /no hypothesis/]]],
  ['cut of a general statement', ['h: h (@n) @hn @hn', 'c: s assume @h (@a1)', 'e: s eq @hn @hn', 's cut @e @c (@n)'], [[3, 's cut @e @c ()', /no hypothesis/], [3, 's cut @e @c (@n @n)', /twice/], [3, 's cut @e @c (@t)', /no hypothesis/]]],
  ['cut: the axis is in no hypothesis', [...closed('@ap', ...own), 'i: s eq @hn @hn', ...beside('@hn', '@i', 'c'), 'all: h (@n) @hn @hn', 'd: s assume @all (@an)', 's cut @c @d (@n)'], [
    [0, 's: a * @a1 @an', /n occurs in a hypothesis/],
  ]],
  ['cut: nor in its signatures', [...closed('@ap', ...other), 'i: s eq @hn @hn', ...beside('@hn', '@i', 'c'), 'all: h (@n) @hn @hn', 'd: s assume @all (@an)', 's cut @c @d (@n)'], [
    [0, 's: a * @a1 @an', /n occurs in a hypothesis/],
  ]],
  ['def', ['d: d "c" (@n) () () @idn', 'c: s def @d (@n+1) () ()', 'o: o (R @n+1)', 'i: t id @o', 'e: s eq @i @i', 's trans @c @e'], [[1, 'c: s def @d (@1+n) () ()', /middle/], [1, 'c: s def @d (@at) () ()', /non-empty/]]],

  ['ind', ['h1: t var @H (@a1)', 'b: s eq @h1 @h1', 'h2: t var @H (@n+1)', 'c: s eq @h2 @h2', 's ind @n @hn @hn @b @c right'], [
    [4, 's ind @n @hn @hn @b @c left', /next case/], [4, 's ind @n @hn @hn @c @c right', /case 1/], [4, 's ind @n @hn @hn @b @b right', /next case/], [4, 's ind @n @hn @f @b @c right', /two types/], [4, 's ind @n @hn @hn @b @c up', /left or right/],
  ]],
  ['ind to the left', ['h1: t var @H (@a1)', 'b: s eq @h1 @h1', 'h2: t var @H (@1+n)', 'c: s eq @h2 @h2', 's ind @n @hn @hn @b @c left'], [[4, 's ind @n @hn @hn @b @c right', /next case/]]],
  ['ind where there may be no element', ['lt: t var @L (@at)', 'l0: t var @L (@a0)', 'b: s eq @l0 @l0', 't1: a + @at @a1', 'l2: t var @L (@t1)', 'c: s eq @l2 @l2', 's ind @t @lt @lt @b @c right'], [[1, 'l0: t var @L (@a1)', /case 0/]]],
  ['ind uses its hypothesis', [...closed('@an', ...own), ...induction, ...beside('@h2', '@c', 'd'), 's ind @n @hn @hn @b @d right'], [
    [0, 's: a * @a1 @n+1', /n occurs in a hypothesis/],
  ]],
  ['ind: the axis is in no other hypothesis', [...closed('@ap', ...other), ...induction, ...beside('@h2', '@c', 'd'), 's ind @n @hn @hn @b @d right'], [
    [0, 's: a * @a1 @an', /n occurs in a hypothesis/],
  ]],
  ['ind: nor in one of the first step', [...closed('@ap', ...own), ...induction, ...beside('@h1', '@b', 'd'), 's ind @n @hn @hn @d @c right'], [
    [0, 's: a * @a1 @an', /n occurs in a hypothesis/],
  ]],
  ['ind: the axis is in no signature', ['M: m "k" (@n) @Rn @Rn', 'l: t var @M (@an)', 'l1: t var @M (@a1)', 'b: s eq @l1 @l1', 'l2: t var @M (@n+1)', 'c: s eq @l2 @l2', 's ind @n @l @l @b @c right'], []],
  ['ind: no signature of the sides', ['M1: m "k" () @R1 @R1', 'l1: t var @M1 ()', 'b: s eq @l1 @l1', 'o2: o (R @n+1)', 'M2: m "k" () @o2 @o2', 'l2: t var @M2 ()', 'c: s eq @l2 @l2', 'i: s eq @idn @idn'], [
    [7, 's ind @n @k @k @b @c right', /n is a signature axis/],
  ]],
];

test.each(cases)('%s', (_what, records, bad) => {
  expect(said([...base, ...records])).toBe('accepted');
  for (const [at, record, reason] of bad) {
    const changed = records.map((r, n) => (n === at ? record : r));
    const outcome = said([...base, ...changed]);
    expect(outcome, record).not.toBe('accepted');
    if (outcome !== 'accepted') expect(outcome.reason, record).toMatch(reason);
  }
});
