// The grammar of statement files. A definition or statement with a wire group is pointful, its sides are expressions; one
// without is point-free, its sides are diagrams.
export const statementGrammar = String.raw`
Statements <: Terms {
  StatementFile = Statement*
  Statement = Import | Sort | Def | Law | Stream
  //+ "import \"order.weft\""   //- "import order"
  Import = importW string
  Sort = sortW name
  //+ "def sq (x : R) : R := x * x", "def twice {A, f : A -> A} := f ; f", "def one () := 1"   //- "def (x : R) := x", "def f (x : R) = x", "def f (x : R) := x ; x"
  Def = defW name PointParams DefType? ":=" Exp -- pointful
    | defW name FreeParams DefType? ":=" Diagram -- pointFree
  DefType = ":" Object "->" Object -- arrow
    | ":" Object -- object
  //+ "theorem t (x : R) : x + 0 = x", "axiom a {f : R -> R} : f ; id R = f"   //- "theorem t : x = ", "theorem t (x : R) : x == x", "axiom a {f : R -> R} f = f"
  Law = lawWord name PointParams WherePart? Given* ":" Exp "=" Exp -- pointful
    | lawWord name FreeParams Given* ":" Diagram "=" Diagram -- pointFree
  lawWord = axiomW | theoremW
  //+ "given p : for a, b (x : A[a]) : f(x) = x", "given q : f ; g = id A", "given r : for n, m : Position : f = g"   //- "given : f = g", "given p : for (x : R) f(x) = x"
  Given = givenW name ":" Quantifier? WireGroup ":" Exp "=" Exp -- pointful
    | givenW name ":" Quantifier ":" Diagram "=" Diagram -- quantified
    | givenW name ":" Diagram "=" Diagram -- plain
  Quantifier = forW NonemptyListOf<QuantifiedAxes, ",">
  QuantifiedAxes = AxisName+ Sorted?
  Sorted = ":" name &(":" | "(" | ",")

  // ---- parameters ----
  //+ "[n, t?, q k : Position]{A, f : A -> A}(x y : R)", ""   //- "[n m :]", "(x)", "{f[n] : A}"
  Params = Group*
  PointParams = FreeGroup* WireGroup Group*
  FreeParams = FreeGroup*
  Group = FreeGroup | WireGroup
  FreeGroup = "[" ListOf<AxisDecls, ","> "]" -- axes
    | "{" ListOf<Variable, ","> "}" -- variables
  AxisDecls = AxisName+ SortOf?
  SortOf = ":" name
  AxisName = name "?" -- maybeEmpty
    | name -- plain
  Variable = name VariableBinders? ":" Object "->" Object -- morphism
    | name -- object
  VariableBinders = "[" NonemptyListOf<AxisDecls, ","> "]"

  // ---- streams: their words are names elsewhere ----
  commutativeW = "commutative" ~identRest
  finalW = "final" ~identRest
  foldableW = "foldable" ~identRest
  headW = "head" ~identRest
  mergeW = "merge" ~identRest
  mergeableW = "mergeable" ~identRest
  outputW = "output" ~identRest
  outputsW = "outputs" ~identRest
  passW = "pass" ~identRest
  specW = "spec" ~identRest
  stateW = "state" ~identRest
  stepW = "step" ~identRest
  whereW = "where" ~identRest
  //+ "where 0 < x"   //- "where", "where 0 < x = y"
  WherePart = whereW Exp
  Stream = streamW name PointParams overW name WherePart? SpecPart StatePart HeadPart Results WherePart? StepPart? OutputPart? MergePart? strength
  //+ "spec x"   //- "specx"
  SpecPart = specW Exp
  StatePart = stateW WireGroup
  HeadPart = headW Exp
  Results = FinalPart OutputsPart? -- final
    | PassPart OutputsPart? -- pass
    | OutputsPart -- outputs
  FinalPart = finalW Exp
  OutputsPart = outputsW Exp
  PassPart = passW Exp
  StepPart = stepW Exp
  OutputPart = outputW Exp
  MergePart = mergeW Exp
  strength = foldableW | mergeableW | commutativeW
}
`;
