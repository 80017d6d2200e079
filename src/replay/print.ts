import { type Proved } from './certificate.js';
export const showProved = (p: Proved): string => p.name;
