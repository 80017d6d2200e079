// The grammar: terms, statements and proofs, the last extending the others, so that one set of actions reads them all. It is compiled when a text
// is first read, which takes longer than everything else that a command does to begin.
import * as ohm from 'ohm-js';
import { counting } from './depth.js';
import { proofGrammar } from './grammar-proof.js';
import { statementGrammar } from './grammar-statement.js';
import { termGrammar } from './grammar-term.js';

export const grammarText = [termGrammar, statementGrammar, proofGrammar].join('\n');

let compiled: ohm.Grammar | undefined;
export const grammar = (): ohm.Grammar => (compiled ??= counting(ohm.grammars(grammarText)['Proofs']!));

export type StartRule = 'StatementFile' | 'ProofFile' | 'Opening' | 'Exp' | 'Diagram' | 'Axis' | 'Object';
