// Ties expressions and diagrams together (scope.ts: Knot).
import { diagram, waits } from './diagram.js';
import { expression } from './expression.js';
import type { Knot } from './scope.js';

export const knot: Knot = { expression, diagram, waits };
