// What `with` may name of the law that a step cites: a signature, as for a call. Knows no goals.
import type { ParameterInformation, SignatureHelp } from 'vscode-languageserver';
import { showObject } from '../language/print/algebra.js';
import { clean } from '../language/print/clean.js';
import { tokensOf } from '../language/syntax/token.js';
import { type Citable, shown } from '../proof/script/scope.js';
import type { Book } from './library.js';

interface Part {
  readonly name: string;
  readonly text: string;
}

/** Groups as a statement has them: `[axes]`, `{objects and diagrams}`, `(wires)`. */
function groupsOf(c: Citable): readonly (readonly [open: string, close: string, parts: readonly Part[]])[] {
  const plain = (name: string): Part => ({ name, text: clean(name) });
  const typed = (name: string, type: string): Part => ({ name, text: `${clean(name)} : ${type}` });
  const diagrams = [...c.morphisms].map((m) => typed(m.name, `${showObject(m.dom)} -> ${showObject(m.cod)}`));
  const objects = [...c.objects].map((o) => plain(shown(o)));
  const axes = [...c.axes].map((v) =>
    v.sort === undefined ? plain(shown(v.name)) : typed(shown(v.name), clean(String(v.sort))),
  );
  return [
    ['[', ']', axes],
    ['{', '}', [...objects, ...diagrams]],
    ['(', ')', c.wires.map((w) => typed(w.name, showObject(w.object)))],
  ];
}

/** The law that is cited, and the name whose value stands at the end of the text, where one does. */
function citedIn(before: string): { readonly law: string; readonly name: string | undefined } | undefined {
  const tokens = tokensOf(before);
  const at = tokens.findLastIndex((t) => t.text === 'with');
  const [steps, rest] = [tokens.slice(0, at), tokens.slice(at + 1)];
  if (at < 0 || rest.some((t) => t.text === 'qed' || t.text === '{' || (t.first && steppish.has(t.text))))
    return undefined;
  const law = /([A-Za-z][\w'-]*(?:\.[A-Za-z][\w'-]*)*)\s*$/.exec(before.slice(0, tokens[at]!.start))?.[1];
  const cites = steps.slice(-4).some((t) => t.text === 'rewrite' || t.text === 'apply');
  if (law === undefined || !cites) return undefined;
  const given = rest.findLastIndex((t) => t.text === ':=');
  const comma = lastComma(rest);
  return { law, name: given > comma ? rest[given - 1]?.text : undefined };
}
const steppish = new Set(['rewrite', 'apply', 'refl', 'ring', 'unfold', 'have', 'calc', 'cases', 'induction', 'simp']);

/** The last comma outside of brackets. */
function lastComma(tokens: readonly { readonly text: string }[]): number {
  let depth = 0;
  return tokens.reduce((last, { text }, i) => {
    if ('([{'.includes(text)) depth += 1;
    if (')]}'.includes(text)) depth -= 1;
    return text === ',' && depth === 0 ? i : last;
  }, -1);
}

export function signatureHelp({ library }: Book, before: string): SignatureHelp | null {
  const found = citedIn(before);
  const citable = found && (library.proved.get(found.law) ?? library.statements.axioms.get(found.law));
  if (!citable) return null;
  const parameters: ParameterInformation[] = [];
  const names: string[] = [];
  let label = clean(citable.name);
  for (const [open, close, parts] of groupsOf(citable).filter(([, , all]) => all.length > 0)) {
    label += ` ${open}`;
    parts.forEach(({ name, text }, i) => {
      label += i === 0 ? '' : ', ';
      parameters.push({ label: [label.length, label.length + text.length] });
      names.push(name);
      label += text;
    });
    label += close;
  }
  const active = found.name === undefined ? -1 : names.indexOf(found.name);
  // past the last: none of them is the one that is written
  return {
    signatures: [{ label, parameters }],
    activeSignature: 0,
    activeParameter: active < 0 ? names.length : active,
  };
}
