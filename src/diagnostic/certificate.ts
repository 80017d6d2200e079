/** Why there is no certificate, in words. It knows no derivation. */
import type { CertificateError } from '../proof/certificate/certificate.js';
import { quoted } from '../language/print/clean.js';
import { type Message, type Table, message, nearest } from './message.js';

const certified: Table<CertificateError> = {
  NoTheorem: (e) =>
    message(
      `there is no theorem ${quoted(e.name)}`,
      nearest(e.candidates.map(quoted), '`weft check` lists the theorems'),
    ),
  NotProved: (e) => message(`${quoted(e.name)} is ${e.status}, not proved`, '`weft check` says why'),
  Remembered: (e) =>
    message(
      `${quoted(e.name)} rests on what an earlier check proved, and this one did not`,
      'check it without a cache: certificates and kernels are of theorems that were proved now',
    ),
  ReservedName: (e) =>
    message(
      `${quoted(e.name)} has no certificate: it has a variable ${quoted(e.variable)}`,
      'names that begin with # are kept for bound variables: name it otherwise',
    ),
};
export const certificateMessage = (e: CertificateError): Message =>
  (certified[e._tag] as (e: CertificateError) => Message)(e);
