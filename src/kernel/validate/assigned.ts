/** What statements fill and assign, read off their text. Invariant: an array that turns assign is assigned at one index of theirs, or refused. It knows no values. */
import type { Each, Stmt } from '../ir/kernel.js';
import { refuse } from './error.js';
import { spelled } from './reading.js';

/** The tiles that a body fills. */
export function staged(body: readonly Stmt[]): readonly string[] {
  return body.flatMap((s) => (s._tag === 'Stage' || s._tag === 'Put' ? [s.tile] : 'body' in s ? staged(s.body) : []));
}

/** The arrays that turns assign and do not declare, each with its index; the turn's own stands always at one place, or turns would meet. */
export function assignments({ index, body }: Each): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const places = new Map<string, number>();
  const declared = new Set<string>();
  const visit = (s: Stmt): void => {
    if (s._tag === 'Var' || s._tag === 'Let') declared.add(s.name);
    if (s._tag === 'Set' && !declared.has(s.name)) {
      const place = s.index.findIndex((e) => 'index' in e && e.index === index);
      if ((places.get(s.name) ?? place) !== place) refuse('E-DEPEND', s.name, 'assigned at another turn', index);
      places.set(s.name, place);
      found.set(s.name, spelled(s.index));
    }
    if ('body' in s) s.body.forEach(visit);
  };
  body.forEach(visit);
  return found;
}
