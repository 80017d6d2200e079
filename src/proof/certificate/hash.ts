/** The hash of a certificate: the SHA-256 of its bytes. */
import { createHash } from 'node:crypto';

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
