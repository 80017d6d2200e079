// The layout of a text: indentation of items, steps and parts, spaces, blank lines. Invariant: the tokens, the comments and the lines that tokens stand on stay what they are, so that what is read stays what it is; a text
// that is laid out is laid out as itself. Lines are not broken or joined. Knows no meaning.
import type { Span } from '../syntax/span.js';
import { type Token, tokensOf } from '../syntax/token.js';
import type { ProofItemTree, StatementTree, StepTree } from '../syntax/tree.js';

type Item = StatementTree | ProofItemTree;

/** Spaces of a level. */
const LEVEL = 2;

// ---- where lines begin --------------------------------------------------------------------------------------------------

/** Where a line that begins with a token begins, for those of whom it is known; of `closes`, a comment above belongs to what it closes. */
interface Anchor {
  readonly indent: number;
  readonly closes: boolean;
}
type Anchors = Map<number, Anchor>;

class Layout {
  readonly anchors: Anchors = new Map();
  /** tokens that are the last of their line */
  private readonly last: ReadonlySet<number>;

  constructor(private readonly tokens: readonly Token[]) {
    const ends = tokens.filter((t, i) => tokens[i + 1]?.first !== false);
    this.last = new Set(ends.map((t) => t.start));
  }

  item(item: Item): void {
    this.anchor(item.span.start, 0);
    if (item._tag === 'Proof') {
      this.steps(item.steps, LEVEL, true);
      this.anchor(item.span.end - 'qed'.length, 0, true);
    }
    const words = parts[item._tag];
    if (words) this.parts(item.span, words);
  }

  private anchor(start: number, indent: number, closes = false): void {
    this.anchors.set(start, { indent, closes });
  }

  private inside({ start, end }: Span): readonly Token[] {
    return this.tokens.slice(this.after(start), this.after(end));
  }
  /** How many tokens begin before a place. */
  private after(place: number): number {
    let [low, high] = [0, this.tokens.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tokens[middle]!.start < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The parts of a statement that begin a line, outside of brackets. */
  private parts(span: Span, words: ReadonlySet<string>): void {
    let depth = 0;
    for (const t of this.inside(span)) {
      if (t.first && depth === 0 && words.has(t.text)) this.anchor(t.start, LEVEL);
      if ('([{'.includes(t.text)) depth += 1;
      if (')]}'.includes(t.text)) depth -= 1;
    }
  }

  /** `free`: they stand on lines of their own. Those after the first token of a block, `{ refl`, stand below that. */
  private steps(steps: readonly StepTree[], indent: number, free: boolean): void {
    for (const step of steps) {
      if (free) this.anchor(step.span.start, indent);
      const { tactic } = step;
      const links = tactic._tag === 'Calc' ? tactic.links.flatMap((l) => (l.by ? [l.by] : [])) : [];
      const lemma = tactic._tag === 'Have' ? [tactic.by] : [];
      const groups = this.groups(step.span);
      for (const block of [...links, ...lemma, ...step.blocks]) {
        const at = block[0]?.span.start ?? -1;
        const group = groups.find((g) => g.start < at && at < g.end);
        if (group) this.block(block, group, indent, free);
      }
    }
  }

  /** A block whose bracket begins a line, or ends one, is laid out by itself. */
  private block(block: readonly StepTree[], { start, end }: Span, indent: number, free: boolean): void {
    const [begins, ends] = [this.tokens[this.after(start)]!.first, this.last.has(start)];
    const own = free && (begins || ends);
    if (own && begins) this.anchor(start, indent);
    if (own) this.anchor(end - 1, indent, true);
    this.steps(block, indent + LEVEL, own);
  }

  /** The outermost `{ }` of a span. */
  private groups(span: Span): readonly Span[] {
    const found: Span[] = [];
    let [depth, start] = [0, 0];
    for (const t of this.inside(span)) {
      if (t.text === '{' && depth++ === 0) start = t.start;
      if (t.text === '}' && --depth === 0) found.push({ start, end: t.end });
    }
    return found;
  }
}

const law = new Set(['given', ':']);
const parts: Readonly<Record<string, ReadonlySet<string>>> = {
  Axiom: law,
  Theorem: law,
  Stream: new Set(
    'spec state head final pass outputs step output merge foldable mergeable commutative over'.split(' '),
  ),
};

// ---- spaces -------------------------------------------------------------------------------------------------------------

/** One space on both sides. */
const spaced = new Set([':=', '<-', '->', '=>', '==', '<=', '>=', '++', '=', '<', '>', ';']);

function between(left: Token, right: Token): string {
  if (right.text === ',') return '';
  if (left.text === ',' || spaced.has(left.text) || spaced.has(right.text)) return ' ';
  return left.end === right.start ? '' : ' ';
}

/** The tokens of one line, and the comment that ends it. */
function line(text: string, tokens: readonly Token[], end: number): string {
  const words = tokens.map((t, i) => (i === 0 ? t.text : between(tokens[i - 1]!, t) + t.text)).join('');
  const rest = text.slice(tokens.at(-1)?.end ?? end, end);
  const comment = rest.trim();
  if (comment === '') return words;
  const gap = rest.slice(0, rest.length - rest.trimStart().length).replaceAll('\t', ' ');
  return `${words}${gap === '' ? ' ' : gap}${comment}`;
}

// ---- lines --------------------------------------------------------------------------------------------------------------

interface Line {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

function linesOf(text: string, tokens: readonly Token[]): readonly Line[] {
  const lines: Line[] = [];
  let [start, from] = [0, 0];
  for (const content of text.split('\n')) {
    const end = start + content.length;
    let to = from;
    while (to < tokens.length && tokens[to]!.start < end) to += 1;
    lines.push({ start, end, tokens: tokens.slice(from, to) });
    [start, from] = [end + 1, to];
  }
  return lines;
}

const indentOf = (text: string): number => /^[ \t\r]*/.exec(text)![0].replaceAll('\t', ' '.repeat(LEVEL)).length;

interface Placed {
  readonly indent: number;
  readonly anchor: Anchor | undefined;
  /** how far it went from where it was */
  readonly by: number;
}

/** Each line at its anchor; one without goes as far as the line above that has one; a comment stands above what follows it. */
function indented(text: string, lines: readonly Line[], anchors: Anchors): readonly string[] {
  let by = 0;
  const placed = lines.map(({ start, end, tokens }): Placed | undefined => {
    if (!tokens[0]) return undefined;
    const now = indentOf(text.slice(start, end));
    const anchor = anchors.get(tokens[0].start);
    if (anchor) by = anchor.indent - now;
    return { indent: Math.max(0, now + by), anchor, by };
  });
  const below = [...placed];
  for (let i = below.length - 2; i >= 0; i -= 1) below[i] ??= below[i + 1];
  let above: Placed | undefined;
  return lines.map(({ start, end, tokens }, i) => {
    const content = text.slice(start, end);
    above = placed[i] ?? above;
    const own = placed[i];
    if (own) return ' '.repeat(own.indent) + line(text, tokens, end);
    if (content.trim() === '') return '';
    return ' '.repeat(commentIndent(indentOf(content), above, below[i])) + content.trim();
  });
}

function commentIndent(now: number, above: Placed | undefined, below: Placed | undefined): number {
  if (!below) return 0;
  if (below.anchor) return below.anchor.indent + (below.anchor.closes ? LEVEL : 0);
  return Math.max(0, now + (above?.by ?? 0));
}

/** A text with its trees, laid out. */
export function formatted(text: string, items: readonly Item[]): string {
  const tokens = tokensOf(text);
  const layout = new Layout(tokens);
  items.forEach((item) => layout.item(item));
  const kept: string[] = [];
  for (const l of indented(text, linesOf(text, tokens), layout.anchors))
    if (l !== '' || (kept.at(-1) ?? '') !== '') kept.push(l);
  if (kept.at(-1) === '') kept.pop();
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
}
