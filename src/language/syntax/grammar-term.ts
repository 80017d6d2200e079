// The grammar of names, axes, objects, expressions and diagrams. An //+ line gives texts that the next rule accepts, an
// //- line texts that it refuses; test/unit/language/syntax runs them. Invariant: a rule of other than one child has an action in build-*.ts.
import { reservedWords } from './word.js';

/** The words by their first letter, which is tried once; longer words first, so that "in" does not hide "induction". */
const byLetter = [...new Set(reservedWords.map((w) => w[0]!))].map((letter) => {
  const rests = reservedWords.filter((w) => w[0] === letter).map((w) => w.slice(1));
  rests.sort((a, b) => b.length - a.length);
  return `"${letter}" (${rests.map((r) => `"${r}"`).join(' | ')})`;
});

export const termGrammar = String.raw`
Terms {
  // ---- words ----
  // CR only before LF: parse.ts refuses it elsewhere, with all other control characters
  // a whole gap at once: an application for each of its characters was a third of the time. Comments are blank before a text is matched (parse.ts).
  spaces := (" " | "\t" | "\n" | "\r")*

  //+ "x", "m'", "add-comm", "x_1"   //- "1x", "let", "-x", "x-"
  name (a name) = ~reserved ident
  // spelled out letter by letter: these rules run once a character
  ident = ("a".."z" | "A".."Z") ("a".."z" | "A".."Z" | "0".."9" | "_" | "'" | hyphen)*
  identRest = "a".."z" | "A".."Z" | "0".."9" | "_" | "'" | hyphen
  hyphen = "-" &("a".."z" | "A".."Z" | "0".."9")
  //+ "sum", "rows.foldable"   //- "a.", ".b"
  path (a name) = name ("." ident)*
  ${reservedWords.map((w) => `${w}W = "${w}" ~identRest`).join('\n  ')}
  // two letters are looked at before the table: most names have one
  reserved (a keyword) = &("a".."z" "a".."z") (${byLetter.join(' | ')}) ~identRest
  //+ "1", "0.5", "1e-6"   //- ".5", "1.", "1e", "1e-1000"
  decimal (a number) = digit+ fraction? exponent? ~identRest
  fraction = "." digit+
  exponent = ("e" | "E") "-"? digit digit? digit?
  string (a string) = "\"" (~("\"" | "\n") any)* "\""
  // an operand on the same line
  beside = (" " | "\t")* &("a".."z" | "A".."Z" | "0".."9" | "(" | "{")

  // a colon that begins a line belongs to the statement
  colonBeside = (" " | "\t")* &":"

  // ---- axes and objects ----
  //+ "n", "0", "a + b*c", "(r + t*b) * c"   //- "2", "a +", "a b"
  Axis = AxisTerm ("+" AxisTerm)*
  AxisTerm = AxisAtom ("*" AxisAtom)*
  AxisAtom = "(" Axis ")" -- paren
    | zeroOne -- number
    | name -- name
  zeroOne = ("0" | "1") ~(identRest | "." digit)
  //+ "R", "R[q d]", "A[(a+b)]", "A[a+b]", "(A * B)[n]", "1"   //- "R[q, d]", "R[]", "R *"
  Object = ObjectAtom ("*" ObjectAtom)*
  ObjectAtom = ObjectBase ObjectAxes?
  ObjectAxes = "[" AxisAtom+ "]" -- many
    | "[" Axis "]" -- one
  ObjectBase = "(" Object ")" -- paren
    | "1" -- unit
    | name -- name

  // ---- expressions ----
  //+ "x + y * z", "let x = 1 in x + x", "not a < b and c", "1 + if p then x else y"   //- "x +", "a < b < c", "a < b == c", "x + + y"
  Exp = Operand (binaryWord Operand)*
  binaryWord = "++" | "+" | "-" ~(">" | "-") | "*" | "/" | "<=" | ">=" | "==" | "<" | ">" | orW | andW
  Operand = prefixWord* AppExp
  prefixWord = notW | "-" ~(">" | "-")
  //+ "exp x", "abs f(x)", "abs (x)", "f(x)[i]"   //- "exp", "abs 1 2", "1 x"
  AppExp = &reserved WordExp -- word
    | PostExp -- post
  //+ "if p then x else y", "let (x, y) = p in x", "fold i:n (s = 0) s + x[i]", "scan i:n (s = 0) (s, s)"   //- "let x in x", "fold i:n s"
  //+ "exp exp x[i]", "size n", "first x", "split[a, b] x"   //- "size", "position", "split[a] x"
  WordExp = unaryWord AppExp -- unary
    | ifW Exp thenW Exp elseW Exp -- if
    | letW Pattern "=" Exp inW Exp -- let
    | loopWord Binder "(" Inits ")" Exp -- loop
    | firstW AppExp -- first
    | repeatW "[" Axis "]" AppExp -- repeat
    | positionW "[" Axis "]" -- position
    | sizeW AxisAtom -- size
    | reshapeWord AxisPair? AppExp -- reshape
    | PostExp -- post
  loopWord = foldW | scanW
  Pattern = name -- one
    | "(" NamesExp ")" -- many
  Inits = Init ("," Init)*
  Init = name "=" Exp
  //+ "q", "i:q", "i :(a+b)"   //- "i:", "(q)", "i\n:q"
  Binder = name #(colonBeside) ":" AxisAtom -- typed
    | name -- bare
  unaryWord = negW | expW | logW | sqrtW | recipW
  reshapeWord = splitW | concatW | tileW | flattenW
  AxisPair = "[" Axis "," Axis "]"
  //+ "x[i, j]", "f(x)[i]", "(x)[i]"   //- "x[]", "x[i+1]"
  PostExp = Primary Indices*
  Indices = "[" NamesExp "]"
  NamesExp = name ("," name)*
  Primary = name Axes? Braces? "(" Exps? ")" -- call
    | name #(beside) Binders "(" Exps ")" -- reduce
    | name #(beside) AppExp -- prefix
    | name -- wire
    | decimal -- number
    | "(" Exps? ")" -- tuple
    | mapW Binders "(" Exps ")" -- map
    | "{" Diagram "}" "(" Exps? ")" -- applied
    | einsumW string "(" Exps ")" -- einsum
    | truth -- truth
  truth = trueW | falseW
  Binders = Binder ("," Binder)*
  Exps = Exp ("," Exp)*
  Axes = "[" Axis ("," Axis)* "]"
  Braces = "{" Brace ("," Brace)* "}"
  Brace = Object &("," | "}") -- object
    | Diagram -- diagram

  // ---- diagrams ----
  //+ "f ; g * h", "map n (f ; g)", "id A * f", "copy ; add", "fun (x : R) => x * x", "scan n R f", "split a b A"   //- "f g", "map f", "f ;"
  Diagram = Parallel (";" Parallel)*
  Parallel = DiagramAtom ("*" DiagramAtom)*
  DiagramAtom = name Axes? Braces? -- named
    | "(" Diagram ")" -- paren
    | mapW AxisAtom DiagramAtom -- map
    | loopWord AxisAtom ObjectAtom DiagramAtom -- loop
    | objectWord ObjectAtom? -- object
    | swapW ObjectAtom ObjectAtom -- swap
    | axisWord AxisAtom ObjectAtom? -- axis
    | axesWord AxisAtom AxisAtom ObjectAtom? -- axes
    | constW "-"? decimal Denominator? -- const
    | operatorWord -- operator
    | positionW AxisAtom -- position
    | sizeW AxisAtom -- size
    | einsumW string -- einsum
    | funW WireGroup "=>" Exp -- fun
  Denominator = "/" decimal
  objectWord = idW | copyW | delW | selectW
  axisWord = repeatW | diagW | firstW
  axesWord = exchangeW | splitW | concatW | tileW | flattenW
  operatorWord = addW | mulW | negW | recipW | expW | logW | sqrtW | ltW | notW
    | andW | orW | trueW | falseW
  WireGroup = "(" ListOf<Wires, ","> ")"
  Wires = name+ ":" Object
}
`;
