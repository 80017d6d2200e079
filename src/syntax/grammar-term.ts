// The grammar of names, axes, objects, expressions and diagrams. An //+ line gives texts that the next rule accepts, an
// //- line texts that it refuses; test/syntax runs them. Invariant: a rule of other than one child has an action in build-*.ts.
import { reservedWords } from './word.js';

/** So that "in" does not hide "induction". */
const longestFirst = [...reservedWords].sort((a, b) => b.length - a.length);

export const termGrammar = String.raw`
Terms {
  // ---- words ----
  space += comment
  comment = "--" (~"\n" any)*

  //+ "x", "m'", "add-comm", "x_1"   //- "1x", "let", "-x", "x-"
  name (a name) = ~reserved ident
  // spelled out letter by letter: these rules run once a character
  ident = ("a".."z" | "A".."Z") ("a".."z" | "A".."Z" | "0".."9" | "_" | "'" | hyphen)*
  identRest = "a".."z" | "A".."Z" | "0".."9" | "_" | "'" | hyphen
  hyphen = "-" &("a".."z" | "A".."Z" | "0".."9")
  //+ "sum", "rows.foldable"   //- "a.", ".b"
  path (a name) = name ("." ident)*
  ${reservedWords.map((w) => `${w}W = "${w}" ~identRest`).join('\n  ')}
  reserved (a keyword) = (${longestFirst.map((w) => `"${w}"`).join(' | ')}) ~identRest
  //+ "1", "0.5", "1e-6"   //- ".5", "1.", "1e", "1e-1000"
  decimal (a number) = digit+ fraction? exponent? ~identRest
  fraction = "." digit+
  exponent = ("e" | "E") "-"? digit digit? digit?
  string (a string) = "\"" (~("\"" | "\n") any)* "\""
  // what follows stands on the same line
  gap = (" " | "\t")* ~("\n" | "\r" | "--" | end)

  // ---- axes and objects ----
  //+ "n", "0", "a + b*c", "(r + t*b) * c"   //- "2", "a +", "a b"
  Axis = Axis "+" AxisTerm -- plus
    | AxisTerm
  AxisTerm = AxisTerm "*" AxisAtom -- times
    | AxisAtom
  AxisAtom = "(" Axis ")" -- paren
    | zeroOne -- number
    | name -- name
  zeroOne = ("0" | "1") ~(identRest | "." digit)
  //+ "R", "R[q d]", "A[(a+b)]", "A[a+b]", "(A * B)[n]", "1"   //- "R[q, d]", "R[]", "R *"
  Object = Object "*" ObjectAtom -- product
    | ObjectAtom
  ObjectAtom = ObjectBase "[" AxisAtom+ "]" -- axes
    | ObjectBase "[" Axis "]" -- array
    | ObjectBase
  ObjectBase = "(" Object ")" -- paren
    | "1" -- unit
    | name -- name

  // ---- expressions ----
  //+ "x + y * z", "let x = 1 in x + x", "not a < b and c", "1 + if p then x else y"   //- "x +", "a < b < c", "a < b == c", "x + + y"
  Exp = Operand (binaryWord Operand)*
  binaryWord = orW | andW | "<=" | ">=" | "==" | "<" | ">" | "++" | "+" | "-" ~(">" | "-") | "*" | "/"
  Operand = prefixWord* AppExp
  prefixWord = notW | "-" ~(">" | "-")
  //+ "exp x", "abs f(x)", "abs (x)", "f(x)[i]"   //- "exp", "abs 1 2", "1 x"
  AppExp = &reserved WordExp -- word
    | ~reserved ~ClosedName name #(gap) AppExp -- prefix
    | PostExp -- post
  // a name that a call or a binder follows: f(…), f[n]{A}(…), sum k (…)
  ClosedName = name Axes? Braces? "(" -- call
    | name #(gap) Binders "(" -- reduce
  //+ "if p then x else y", "let (x, y) = p in x", "fold i:n (s = 0) s + x[i]", "scan i:n (s = 0) (s, s)"   //- "let x in x", "fold i:n s"
  //+ "exp exp x[i]", "size n", "first x", "split[a, b] x"   //- "size", "position", "split[a] x"
  WordExp = unaryWord AppExp -- unary
    | ifW Exp thenW Exp elseW Exp -- if
    | letW Pattern "=" Exp inW Exp -- let
    | loopWord Binder "(" ListOf<Init, ","> ")" Exp -- loop
    | firstW AppExp -- first
    | repeatW "[" Axis "]" AppExp -- repeat
    | positionW "[" Axis "]" -- position
    | sizeW AxisAtom -- size
    | reshapeWord AxisPair? AppExp -- reshape
    | PostExp -- post
  loopWord = foldW | scanW
  Pattern = name -- one
    | "(" NonemptyListOf<name, ","> ")" -- many
  Init = name "=" Exp
  //+ "q", "i:q", "i:(a+b)"   //- "i:", "(q)"
  Binder = name ":" AxisAtom -- typed
    | name -- bare
  unaryWord = negW | expW | logW | sqrtW | recipW
  reshapeWord = splitW | concatW | tileW | flattenW
  AxisPair = "[" Axis "," Axis "]"
  //+ "x[i, j]", "f(x)[i]", "(x)[i]"   //- "x[]", "x[i+1]"
  PostExp = PostExp "[" NonemptyListOf<name, ","> "]" -- index
    | Primary
  Primary = name Axes? Braces? "(" ListOf<Exp, ","> ")" -- call
    | name #(gap) Binders "(" Exps ")" -- reduce
    | name -- wire
    | decimal -- number
    | "(" Exp ")" -- paren
    | "(" ListOf<Exp, ","> ")" -- tuple
    | mapW Binders "(" Exps ")" -- map
    | "{" Diagram "}" "(" ListOf<Exp, ","> ")" -- applied
    | einsumW string "(" Exps ")" -- einsum
    | truth -- truth
  truth = trueW | falseW
  Binders = NonemptyListOf<Binder, ",">
  Exps = NonemptyListOf<Exp, ",">
  Axes = "[" NonemptyListOf<Axis, ","> "]"
  Braces = "{" NonemptyListOf<Brace, ","> "}"
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
