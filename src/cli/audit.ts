// `weft audit NAME`: what a theorem says and what it rests on, for one who trusts neither its author nor its proof. Invariant: answers for
// proved theorems only; everything that is shown is read off what was proved. Knows no words (diagnostic/audit.ts).
import type { Definition } from '../core/index.js';
import { type Audit, type Note, type Stands, auditLines, lawsSayAll, vacuous } from '../diagnostic/audit.js';
import { lineIn } from '../diagnostic/axiom.js';
import { definitionsUnder, onlyItsLawsSay, partsOf, saysNothing, sidesOf } from '../proof/script/audit.js';
import type { Place } from '../proof/script/statements.js';
import { demandProved, restsOn, theoremsOf } from './axioms.js';
import { type Checked, axiomRecord } from './check.js';
import { out } from './output.js';

export interface AuditOptions {
  readonly json?: boolean;
}

function auditOf(checked: Checked, name: string): Audit {
  const theorems = theoremsOf(checked, name);
  demandProved(theorems);
  const { statements, streams } = checked.library;
  const stands = (named: string, { file, span }: Place): Stands => ({
    name: named,
    file,
    start: span.start,
    text: (checked.texts.get(file) ?? '').slice(span.start, span.end),
  });
  const laws = theorems.flatMap((t) => statements.stated.get(t.name)?.law ?? []);
  const info = streams.get(name);
  const defined = (d: Definition): Stands => {
    const at = statements.definitions.get(d);
    return at ? stands(d.name, at) : { name: d.name, file: '', start: 0, text: `def ${d.name}` };
  };
  const notes: readonly Note[] = [
    ...laws.filter(saysNothing).map((l) => vacuous(l.name)),
    ...(info && onlyItsLawsSay(info)
      ? [lawsSayAll(name, info.outputs ? 'outputs' : info.passes === 2 ? 'pass' : 'head')]
      : []),
  ];
  return {
    statement: stands(name, theorems[0]!),
    theorems: theorems.map((t) => t.name),
    definitions: definitionsUnder([...laws.flatMap(sidesOf), ...(info ? partsOf(info) : [])]).map(defined),
    axioms: restsOn(checked, theorems),
    notes,
  };
}

export function auditCommand(checked: Checked, name: string, options: AuditOptions): void {
  const audit = auditOf(checked, name);
  const texts = (file: string): string => checked.texts.get(file) ?? '';
  if (!options.json) return auditLines(audit, texts).forEach(out);
  const record = ({ name: named, file, start, text }: Stands) => ({
    name: named,
    file,
    line: lineIn(texts, file, start),
    statement: text,
  });
  const { statement, theorems, definitions, axioms, notes } = audit;
  out(
    JSON.stringify({
      ...record(statement),
      theorems,
      definitions: definitions.map(record),
      axioms: axioms.map(axiomRecord),
      notes,
    }),
  );
}
