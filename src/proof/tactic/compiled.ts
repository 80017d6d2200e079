/**
 * Compiling what was read back from a normal form. Invariant: a refusal speaks of the user's axes, never of names that reading back
 * made. Knows nothing of goals.
 */
import type { Term } from '../../core/index.js';
import { compile } from '../../language/point/compile.js';
import { Failure } from '../../language/point/error.js';
import { type Binding, type Expr, children } from '../../language/point/point.js';
import { fail } from './failure.js';

export function compileReadback(inputs: readonly Binding[], expr: Expr): Term {
  try {
    return compile(inputs, expr);
  } catch (error) {
    if (!(error instanceof Failure) || error.fact._tag !== 'LocalArray') throw error;
    const { name, index } = error.fact;
    const from = wiresUnder(expr, name.replace(/~.*$/, ''));
    return fail({
      _tag: 'InsideLoop',
      axis: index.replace(/[#~].*$/, ''),
      inputs: inputs.flatMap((b, i) => (from.has(b.name) ? [i] : [])),
    });
  }
}

/** The wires that what is let under a name, or a loop's state of that name, is made from, in turn. */
function wiresUnder(root: Expr, name: string): ReadonlySet<string> {
  const made = new Map<string, readonly Expr[]>();
  const pending = [root];
  for (let e = pending.pop(); e; e = pending.pop()) {
    if (e._tag === 'Let') for (const b of e.names) made.set(b.name, [e.value]);
    if (e._tag === 'Scan') for (const s of e.state) made.set(s.name, [...e.state.map((t) => t.init), e.body]);
    pending.push(...children(e));
  }
  const found = new Set<string>();
  const follow = [name];
  for (let n = follow.pop(); n !== undefined; n = follow.pop()) {
    if (found.has(n)) continue;
    found.add(n);
    const parts = [...(made.get(n) ?? [])];
    for (let e = parts.pop(); e; e = parts.pop()) {
      if (e._tag === 'Wire') follow.push(e.name);
      parts.push(...children(e));
    }
  }
  return found;
}
