// Which files speak of theorems, and which parts of the core touch the world. Read off identifiers, so that an alias, a
// namespace import or a type query is seen as well as a plain import.
import { identifiers } from './budget.js';
import type { Source } from '../support/tree.js';

/** Behind the schedule, a kernel is made from a scheduled diagram: these layers never hold a theorem. */
const behindSchedule = /^src\/(normal|run|kernel\/(ir|validate|lower|emit|cost))\//;
const world = ['Date', 'performance', 'process', 'console', 'fetch', 'setTimeout', 'setInterval', 'crypto', 'random'];

const isTs = ({ path }: Source) => path.endsWith('.ts');

export const theoremLeaks = (sources: readonly Source[]): string[] =>
  sources.filter((s) => isTs(s) && behindSchedule.test(s.path) && identifiers(s).has('Thm')).map((s) => s.path);

export const impureCore = (sources: readonly Source[]): string[] =>
  sources
    .filter((s) => isTs(s) && s.path.startsWith('src/core/'))
    .flatMap((s) => world.filter((name) => identifiers(s).has(name)).map((name) => `${s.path}: ${name}`));
