// Goals as HTML. Invariant: what the server says is text, and is escaped; a picture is the server's own SVG, and the page's policy lets nothing in it load or run. Knows no editor.

/** What is shown of the answer to proof/goals. */
export interface Goal {
  readonly hyps: readonly { readonly names: readonly string[]; readonly ty: string }[];
  readonly ty: string;
}
export interface Suggestion {
  readonly steps: readonly string[];
  readonly finishes: boolean;
  readonly conditions: number;
}
export interface Answer {
  readonly goals: {
    readonly goals: readonly Goal[];
    readonly stack: readonly (readonly [readonly Goal[], readonly Goal[]])[];
  } | null;
  readonly messages: readonly { readonly text: string; readonly level: number }[];
  readonly law: string | null;
  readonly name: string | null;
  readonly picture?: string | null;
  readonly suggestions?: readonly Suggestion[] | null;
  readonly counterexample?: { readonly text: string } | null;
}

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function goal({ hyps, ty }: Goal): string {
  const above = hyps.map(
    (h) => `<div><span class="name">${escaped(h.names.join(' '))}</span> : ${escaped(h.ty)}</div>`,
  );
  return `<div class="goal">${above.join('')}<pre class="concl">${escaped(ty)}</pre></div>`;
}

function steps({ steps: lines, finishes, conditions }: Suggestion): string {
  const leaves =
    conditions === 0 ? '' : ` <i>leaves ${conditions === 1 ? 'one condition' : `${conditions} conditions`}</i>`;
  return `<li class="${finishes ? 'finishes' : 'matches'}"><pre>${escaped(lines.join('\n'))}</pre>${leaves}</li>`;
}

const section = (title: string, body: string): string => (body === '' ? '' : `<h2>${title}</h2>${body}`);
const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** The goals at a place; outside of a proof, that there are none. */
export function body(answer: Answer | null): string {
  if (!answer?.name) return '<p class="none">No proof here.</p>';
  const { goals, messages, law, picture, suggestions, counterexample } = answer;
  const here = goals?.goals ?? [];
  const around = goals?.stack.flatMap(([before, after]) => [...before, ...after]).length ?? 0;
  const state = !goals
    ? 'The proof stops before this place'
    : here.length === 0
      ? 'No goals here'
      : count(here.length, 'goal');
  return [
    law ? `<pre class="law">${escaped(law)}</pre>` : '',
    `<h2>${state}${around > 0 ? `, ${around} around` : ''}</h2>`,
    here.map(goal).join(''),
    picture ? `<div class="picture">${picture}</div>` : '',
    section('Messages', messages.map((m) => `<pre class="level${m.level}">${escaped(m.text)}</pre>`).join('')),
    section('Numbers', counterexample ? `<pre>${escaped(counterexample.text)}</pre>` : ''),
    suggestions?.length === 0 ? '<p class="none">No step is known.</p>' : '',
    section('Steps', suggestions?.length ? `<ul>${suggestions.map(steps).join('')}</ul>` : ''),
  ].join('');
}

const style = `body{font-family:var(--vscode-font-family);color:var(--vscode-foreground);padding:0 1em}
pre,.goal{font-family:var(--vscode-editor-font-family);font-size:var(--vscode-editor-font-size);white-space:pre-wrap;margin:.2em 0}
h2{font-size:1em;margin:1em 0 .3em}.goal{border-left:2px solid var(--vscode-focusBorder);padding-left:.8em;margin-bottom:.8em}
.name{color:var(--vscode-symbolIcon-variableForeground)}.law,.none{opacity:.75}.level1{color:var(--vscode-errorForeground)}
.concl{border-top:1px solid var(--vscode-panel-border);padding-top:.3em}.picture{overflow-x:auto}ul{padding-left:1em}.finishes{font-weight:bold}
.picture svg{--paper:var(--vscode-editor-background);--ink:var(--vscode-editor-foreground)}`;

/** The page that bodies are put into: only its own script runs, and nothing is loaded. */
export function page(nonce: string): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Goals</title><style>${style}</style></head>
<body><main id="goals"></main>
<script nonce="${nonce}">addEventListener('message', (e) => { document.getElementById('goals').innerHTML = e.data; });</script></body></html>`;
}
