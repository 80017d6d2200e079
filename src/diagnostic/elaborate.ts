/** What elaboration refuses, in words: names, axes and types. Knows no places. */
import type { ElaborateFact, Measured, NameKind } from '../language/point/error.js';
import { showAxis, showObject } from '../language/print/algebra.js';
import { clean, plural, quoted } from '../language/print/clean.js';
import { coreMessage, showArrow } from './core.js';
import { type Find, importStatement, nowhere } from './elsewhere.js';
import { foreignHints } from './foreign.js';
import { type Message, expectedFound, message, nearest } from './message.js';
import { foreignKind } from '../language/syntax/mistake-foreign.js';
import { syntaxMessage } from './syntax.js';

const words: Readonly<Record<NameKind, string>> = {
  wire: 'wire',
  index: 'index',
  axis: 'axis',
  object: 'object',
  function: 'definition or morphism variable',
  sort: 'sort',
  theorem: 'theorem',
  definition: 'definition',
  hypothesis: 'hypothesis',
  morphism: 'morphism variable',
};

type Unknown = Extract<ElaborateFact, { readonly _tag: 'Unknown' }>;
type Other = NonNullable<Unknown['is']>;

const whereDeclared: Readonly<Record<NameKind, string>> = {
  wire: 'wires are declared in a group `(x : R[n])`, or bound by `let`, `fold` and `scan`',
  index: 'indices are bound by `map`, `fold`, `scan` or a definition such as `sum k (…)`',
  axis: 'axes are declared in a group `[n, t?]` of the statement',
  object: 'objects are R, B, or declared in a group `{A}` of the statement',
  function: 'a definition is in scope below its `def`, and in files that import it',
  sort: 'sorts are declared by `sort NAME`',
  theorem: 'a theorem is in scope below its statement, and in files that import it',
  definition: 'a definition is in scope below its `def`, and in files that import it',
  hypothesis: 'hypotheses are stated by `given NAME : …`',
  morphism: 'morphism variables are declared in a group `{h[n] : A[n] -> S}` of the statement',
};

const measured: Readonly<Record<Measured, string>> = {
  blocks: 'blocks in an axis or an object',
  factors: 'variables in an axis',
  components: 'wires or components side by side',
  unfoldings: 'instances of definitions inside one another',
};

/** The name that the user gave, without the mark that makes it unique. */
const userName = (name: string): string => name.replace(/[#~].*$/, '');

const noun = (word: string): string => (/^[aeio]/.test(word) ? `an ${word}` : `a ${word}`);

const files: ReadonlySet<NameKind> = new Set(['function', 'sort', 'theorem', 'definition']);
const isWords: Readonly<Record<Other, string>> = {
  wire: 'is a wire',
  axis: 'is an axis',
  index: 'is an index',
  function: 'is a definition',
};

/** What a name that was taken for something else would be written as. */
function other({ kind, name, is }: Unknown): string | undefined {
  const n = clean(name);
  if (is === undefined) return undefined;
  if (kind === 'function' && is !== 'function')
    return is === 'wire'
      ? `\`${n}\` is a wire, and is applied to nothing: a product is \`${n} * x\`, a function of two arguments \`f(${n}, x)\``
      : `\`${n}\` ${isWords[is]}: a body stands in parentheses, as in \`sum n (x[n])\` and \`map n (x[n])\``;
  if (kind === 'wire' && is === 'function') return `\`${n}\` is a definition: write its arguments, \`${n}(…)\``;
  if (kind === 'wire')
    return `\`${n}\` ${isWords[is]}: its position as a number is \`(position[n])[${n}]\`, its size \`size n\``;
  if (kind === 'index')
    return `\`${n}\` ${isWords[is]}, and no binder around this binds it: a body stands in parentheses, \`map ${n} (…)\`, \`sum ${n} (…)\``;
  return `\`${n}\` ${isWords[is]}, not ${noun(words[kind])}`;
}

/** A name in which a mark is taken for a letter, or a word of another language. */
function spelled({ kind, name }: Unknown): string | undefined {
  if (name.includes('-') && kind === 'index') return 'an index is a name: there is no arithmetic of indices';
  if (name.includes('-') && kind === 'wire')
    return `${quoted(name)} is one name: a difference is written with spaces, ${quoted(name.replaceAll('-', ' - '))}`;
  if (kind === 'object') return foreignObject(name);
  return undefined;
}
function foreignObject(name: string): string | undefined {
  if (/^bool(ean)?$/i.test(name)) return 'truth values have the object B, arrays of them B[n]';
  return foreignKind(name, false) === 'real' ? foreignHints.real : undefined;
}

function unknownMessage(fact: Unknown, find: Find): Message {
  const hint = files.has(fact.kind) ? importStatement(find, fact.name) : undefined;
  const otherwise = spelled(fact) ?? whereDeclared[fact.kind];
  return message(
    `there is no ${words[fact.kind]} ${quoted(fact.name)} here`,
    other(fact) ?? hint ?? nearest(fact.candidates.map(quoted), otherwise),
  );
}

const messages: {
  readonly [Tag in ElaborateFact['_tag']]: (
    fact: Extract<ElaborateFact, { readonly _tag: Tag }>,
    find: Find,
  ) => Message;
} = {
  ObjectMismatch: (fact) =>
    message(
      'this has another type than is needed here',
      'axes are equal when they have one name, not one size',
      expectedFound(showObject(fact.expected), showObject(fact.found)),
    ),
  AxisMismatch: (fact) =>
    message(
      'this runs over another axis than is needed here',
      'two axis variables are different axes even at equal sizes: use one variable for both',
      expectedFound(showAxis(fact.expected), showAxis(fact.found)),
    ),
  NoLeadingAxis: (fact) =>
    message(
      'an array is needed here',
      'every array of the value needs the same leading axis',
      expectedFound('A[n]', showObject(fact.found)),
    ),
  SidesDiffer: (fact) =>
    message(
      'the two sides have different types',
      'both sides of an equation take the same wires and give the same object',
      [`left      ${showArrow(...fact.lhs)}`, `right     ${showArrow(...fact.rhs)}`],
    ),
  Arity: (fact) =>
    message(
      `${clean(fact.what)} takes ${fact.expected}, and is given ${fact.found}`,
      'count what stands between the brackets',
      expectedFound(plural(fact.expected, 'argument'), plural(fact.found, 'argument')),
    ),
  NotInferred: (fact) =>
    message(
      `the ${words[fact.what]} ${quoted(fact.name)} cannot be inferred here`,
      fact.what === 'axis' ? 'write it in brackets: NAME[n](…)' : 'write it in braces: NAME{A}(…)',
    ),
  ObjectNeeded: (fact) =>
    message(
      `the object of ${quoted(fact.word)} is not fixed by what stands before it`,
      `write it: \`${clean(fact.word)} A\``,
    ),
  NoInstance: (fact) =>
    message(
      `this argument does not fit ${clean(fact.of)}`,
      'the axes of the argument must match those of the declaration, in order',
      expectedFound(showObject(fact.pattern), showObject(fact.found)),
    ),
  Unknown: unknownMessage,
  Duplicate: (fact) =>
    message(
      `${noun(words[fact.kind])} ${quoted(fact.name)} is already declared`,
      'choose another name: nothing is redefined',
    ),
  LocalArray: (fact) =>
    message(
      `the array ${quoted(userName(fact.name))} is made inside the loop, and cannot be read at ${quoted(userName(fact.index))}`,
      'read the wires it is made from at that index instead',
    ),
  Einsum: (fact) =>
    message(
      fact.name === undefined
        ? 'this is not an einsum text'
        : `the axis ${quoted(fact.name)} is kept, but no operand has it`,
      'write operands and result as axis names: "q d, k d -> q k"',
      [`found     "${clean(fact.text)}"`],
    ),
  StreamedAxis: (fact) =>
    message(
      `the streamed axis ${quoted(showAxis(fact.axis))} may not occur in ${clean(fact.where)}`,
      'the state is what one pass remembers: its size may not grow with what is streamed; an output has the axis once, as a whole axis',
    ),
  NothingStreamed: (fact) =>
    message(
      `no wire has the streamed axis ${quoted(showAxis(fact.axis))}`,
      'stream over an axis of a wire: what has none does not change from tile to tile',
    ),
  StrengthNeeds: (fact) =>
    message(
      `${quoted(fact.strength)} needs a ${fact.part}`,
      `add \`${fact.part} EXPR\` to the stream, or claim a weaker strength`,
    ),
  PartNeeds: (fact) =>
    message(
      `the part \`${fact.part}\` needs the part \`${fact.needs}\``,
      'outputs along the streamed axis are two parts: `outputs EXPR` over the wires, and `output EXPR` over the state before a tile and the tile',
    ),
  Unread: (fact) => syntaxMessage(fact.failure),
  TooDeep: () => message('this is nested too deep to elaborate', 'name a part with `def` or `let`'),
  TooLarge: ({ what, limit }) =>
    message(`this has more than ${limit} ${measured[what]}`, 'divide it: a refusal for size says nothing about truth'),
  Core: (fact) => coreMessage(fact.error),
};

export function elaborateMessage(fact: ElaborateFact, find: Find = nowhere): Message {
  const of = messages[fact._tag] as (fact: ElaborateFact, find: Find) => Message;
  return of(fact, find);
}
