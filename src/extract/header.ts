/**
 * What a kernel's header says (design 5): the theorem, what it rests on, its domain, its tiles, memory and traffic. Invariant: every
 * line is read off the theorem, the IR or the options; the printer makes comments of them. Knows no target.
 */
import * as core from '../core/index.js';
import { showTerm, showWires } from '../diagnostic/notation.js';
import { memoryOf } from '../emit/memory.js';
import { type Validated, lawOf } from '../ir/validate.js';
import type { ScheduledTheorem } from '../schedule/schedule.js';
import type { Library } from '../script/check.js';
import { must } from '../tactic/failure.js';
import type { Condition } from './domain.js';
import { traffic } from './traffic.js';

/** The first line of every file that Weft writes. */
export const writtenBy = 'Written by weft extract; do not edit: it is checked against its theorem.';
