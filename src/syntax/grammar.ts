// The compiled grammar: terms, statements and proofs, the last extending the others, so that one set of actions reads them all.
import * as ohm from 'ohm-js';
import { proofGrammar } from './grammar-proof.js';
import { statementGrammar } from './grammar-statement.js';
import { termGrammar } from './grammar-term.js';

export const grammarText = [termGrammar, statementGrammar, proofGrammar].join('\n');

export const grammar: ohm.Grammar = ohm.grammars(grammarText)['Proofs']!;

export type StartRule = 'StatementFile' | 'ProofFile' | 'Exp' | 'Diagram' | 'Axis' | 'Object';
