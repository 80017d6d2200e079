/**
 * What was elaborated is elaborated once: the same statement in the same environment, wherever it stands now. Invariant: what is given is what reading afresh gives, with the
 * spans of where the statement stands. Knows no files.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Elaborated, Law } from '../../language/elaborate/law.js';
import type { Env } from '../../language/elaborate/scope.js';
import { type Origin, moved, originOf } from '../../language/syntax/items.js';
import type { StatementTree } from '../../language/syntax/tree.js';
import { type Reading, afresh } from './statements.js';

type Done = ReturnType<Reading['elaborate']>;
type Right = Extract<Done, { readonly _tag: 'Right' }>;
type Added = Right['right'];

/** What is made of two things, each time they come the same object. */
class Pairs<V> {
  private readonly known = new WeakMap<object, WeakMap<object, V>>();
  get(a: object, b: object): V | undefined {
    return this.known.get(a)?.get(b);
  }
  once(a: object, b: object, make: () => V): V {
    const found = this.get(a, b) ?? make();
    const inner = this.known.get(a) ?? new WeakMap<object, V>();
    this.known.set(a, inner.set(b, found));
    return found;
  }
}

export function keeping(): Reading {
  const merged = new Pairs<Env>();
  const functions = new Pairs<Env['functions']>();
  const sorts = new Pairs<Env['sorts']>();
  const believed = new WeakMap<object, Map<string, ReturnType<Reading['believe']>>>();
  const places = new Places();
  const statements = new Elaborations(places);
  return {
    elaborate: (env, tree) => statements.elaborate(env, tree),
    merge: (a, b) =>
      merged.once(a, b, () => {
        const made = afresh.merge(a, b);
        return {
          ...made,
          functions: functions.once(a.functions, b.functions, () => made.functions),
          sorts: sorts.once(a.sorts, b.sorts, () => made.sorts),
        };
      }),
    believe: (law, file) => {
      const first = places.firstOf(law);
      const known = believed.get(first) ?? new Map<string, ReturnType<Reading['believe']>>();
      const found = known.get(file) ?? afresh.believe(first, file);
      believed.set(first, known.set(file, found));
      return first === law ? found : { ...found, law };
    },
  };
}

/**
 * Of statements, by what they can read: their own tree, the definitions and the sorts before them. Of the laws before them they read the names alone, to refuse a
 * second one of one name.
 */
class Elaborations {
  private readonly here = new Pairs<Done>();
  private readonly known = new WeakMap<object, Pairs<Done>>();

  constructor(private readonly places: Places) {}

  elaborate(env: Env, tree: StatementTree): Done {
    return this.here.once(env, tree, () => this.made(env, tree));
  }

  private made(env: Env, tree: StatementTree): Done {
    const origin = originOf(tree) ?? { tree, by: 0 };
    const known = this.known.get(env.functions) ?? new Pairs<Done>();
    this.known.set(env.functions, known);
    const before = known.get(env.sorts, origin.tree);
    const isNew = 'name' in tree && !env.laws.has(tree.name.name) && !env.streams.has(tree.name.name);
    if (!before || E.isLeft(before) || !isNew) {
      const done = afresh.elaborate(env, tree);
      return origin.by === 0 && isNew ? known.once(env.sorts, tree, () => done) : done;
    }
    const { right } = this.places.moved(before, origin);
    return E.right({ ...right, env: after(env, right) });
  }
}

/** The environment after a statement that was elaborated in another, of the same definitions and sorts. */
function after(env: Env, { env: { functions, sorts }, statements }: Added): Env {
  const laws = statements.flatMap((s) => (s._tag === 'Axiom' || s._tag === 'Theorem' ? [s] : []));
  const streams = statements.flatMap((s) => (s._tag === 'Stream' ? [s] : []));
  return {
    ...env,
    functions,
    sorts,
    laws: laws.length === 0 ? env.laws : new Map([...env.laws, ...laws.map((l): [string, Law] => [l.name, l])]),
    streams:
      streams.length === 0 ? env.streams : new Map([...env.streams, ...streams.map((s) => [s.name, s] as const)]),
  };
}

/** Statements that stand elsewhere than where they were elaborated. */
class Places {
  private readonly last = new WeakMap<object, { readonly by: number; readonly done: Right }>();
  private readonly first = new WeakMap<Law, Law>();

  firstOf(law: Law): Law {
    return this.first.get(law) ?? law;
  }

  moved(done: Right, { by }: Origin): Right {
    if (by === 0) return done;
    const known = this.last.get(done);
    if (known?.by === by) return known.done;
    const statements = done.right.statements.map((s) => this.statement(s, by));
    const made: Right = { ...done, right: { ...done.right, statements } };
    this.last.set(done, { by, done: made });
    return made;
  }

  private statement(s: Elaborated, by: number): Elaborated {
    const made = { ...s, span: moved(s.span, by) };
    if ((s._tag === 'Axiom' || s._tag === 'Theorem') && made._tag === s._tag) this.first.set(made, s);
    return made;
  }
}
