// One text in an editor: CodeMirror, with what the checker says of it. Invariant: the text is the editor's own; the checker only marks it. Knows no Worker: it is told how to ask.
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  autocompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { element } from './element.js';
import { highlighting } from './highlight.js';
import type { Place, Said } from './message.js';

export interface Wanted {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly changed: (text: string) => void;
  readonly moved: (place: Place) => void;
  readonly hover: (place: Place) => Promise<string | undefined>;
  readonly complete: (place: Place) => Promise<readonly Completion[]>;
}

export interface Editor {
  readonly text: () => string;
  readonly setText: (text: string) => void;
  readonly place: () => Place;
  readonly mark: (said: readonly Said[]) => void;
  readonly goTo: (place: Place) => void;
}

function placeOf(doc: Text, offset: number): Place {
  const line = doc.lineAt(offset);
  return { line: line.number - 1, character: offset - line.from };
}
function offsetOf(doc: Text, { line, character }: Place): number {
  if (line >= doc.lines) return doc.length;
  const { from, to } = doc.line(line + 1);
  return Math.min(to, from + character);
}

const severities = ['error', 'error', 'warning', 'info', 'hint'] as const;

const diagnosticOf = (doc: Text, { range, severity, code, message }: Said): Diagnostic => {
  const from = offsetOf(doc, range.start);
  return {
    from,
    to: Math.max(from, offsetOf(doc, range.end)),
    severity: severities[severity] ?? 'error',
    message: `${code}: ${message}`,
    renderMessage: () => element('div', {}, element('b', {}, code), ' ', message),
  };
};

const hovering = ({ hover }: Wanted) =>
  hoverTooltip(async (view, pos) => {
    const said = await hover(placeOf(view.state.doc, pos));
    if (said === undefined) return null;
    return { pos, above: true, create: () => ({ dom: element('pre', { class: 'hover' }, said) }) };
  });

const completing = ({ complete }: Wanted) =>
  autocompletion({
    override: [
      async (context: CompletionContext): Promise<CompletionResult | null> => {
        const word = context.matchBefore(/[\w'.-]*/);
        if (!word || (word.from === word.to && !context.explicit)) return null;
        const options = await complete(placeOf(context.state.doc, context.pos));
        return options.length === 0 ? null : { from: word.from, options: [...options], validFor: /^[\w'.-]*$/ };
      },
    ],
  });

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--paper)', color: 'var(--ink)', fontSize: '13px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.45' },
  '.cm-gutters': { backgroundColor: 'var(--paper)', color: 'var(--soft)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--line)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { backgroundColor: 'var(--select)' },
  '.cm-selectionBackground': { backgroundColor: 'var(--select)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    maxWidth: '46rem',
  },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap', fontFamily: 'var(--mono)', fontSize: '12px' },
});

const extensionsOf = (wanted: Wanted) => [
  lineNumbers(),
  lintGutter(),
  history(),
  drawSelection(),
  EditorView.lineWrapping,
  highlightActiveLine(),
  bracketMatching(),
  highlighting,
  theme,
  hovering(wanted),
  completing(wanted),
  // Tab leaves the editor, so that a keyboard can
  keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
  EditorView.contentAttributes.of({ 'aria-label': wanted.label, spellcheck: 'false' }),
  EditorView.updateListener.of((update) => {
    if (update.docChanged) wanted.changed(update.state.doc.toString());
    if (update.docChanged || update.selectionSet || update.focusChanged)
      if (update.view.hasFocus) wanted.moved(placeOf(update.state.doc, update.state.selection.main.head));
  }),
];

export function editor(wanted: Wanted): Editor {
  const view = new EditorView({
    parent: wanted.parent,
    state: EditorState.create({
      extensions: extensionsOf(wanted),
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    place: () => placeOf(view.state.doc, view.state.selection.main.head),
    mark: (said) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          said.map((d) => diagnosticOf(view.state.doc, d)),
        ),
      ),
    goTo: (place) => {
      view.dispatch({ selection: { anchor: offsetOf(view.state.doc, place) }, scrollIntoView: true });
      view.focus();
    },
  };
}
