// The grammar of proof files. What a goal decides (is it an expression or a diagram, an axis or an object?) is a Phrase here:
// text delimited by what may follow it, read later as one of them (parse.ts).
export const proofGrammar = String.raw`
Proofs <: Statements {
  ProofFile = ProofItem*
  ProofItem = Import | Proof
  //+ "import \"a.weft\" proof t", "proof )"   //- "", "theorem t", "import \"a.weft\""
  Opening = Import* proofW any*
  //+ "proof sum.foldable refl qed", "proof t qed"   //- "proof t refl", "proof qed"
  Proof = proofW path Step* qedW
  //+ "induction a right { refl } { ? }", "symm"   //- "{ refl }", "x"
  Step = Tactic Block*
  Block = "{" Step* "}"
  By = byW Block -- block
    | byW Step -- step
  //+ "rewrite add-comm", "rewrite <- t with x := y + 1, n := a*b at 2 in rhs", "rewrite t at \"x + y\""   //- "rewrite", "rewrite -> t", "rewrite t at", "rewrite t in goal"
  Tactic = plainWord -- plain
    | "?" -- hole
    | unfoldW path -- unfold
    | rewriteW RuleName Modifier* -- rewrite
    | simpW "[" ListOf<RuleName, ","> "]" -- simp
    | simpW ListOf<RuleName, ","> -- simpBare
    | calcW Phrase Link+ -- calc
    | applyW path With? -- apply
    | inductionW name side? -- induction
    | assumptionW path? With? -- assumption
    | casesW NonemptyListOf<Phrase, ","> -- cases
    | haveW name Params Given* ":" Phrase "=" Phrase Proven -- have
  leftW = "left" ~identRest
  rightW = "right" ~identRest
  plainWord = reflW | symmW | ringW | tautoW | streamW | freeWord
  // words of steps that are names elsewhere
  freeWord = ("normalise" | "positivity" | "field" | "linear") ~identRest
  side = leftW | rightW
  Proven = By | Block
  //+ "= x by refl", "= x by { symm refl }", "= f ; g"   //- "x by refl", "= x by", "== x"
  Link = "=" Phrase By?
  RuleName = backward? path
  backward = "<-"
  Modifier = With -- with
    | atW count -- at
    | atW "\"" Phrase "\"" -- atPhrase
    | inW goalSide -- in
  goalSide = lhsW | rhsW
  count = digit+ ~identRest
  With = withW NonemptyListOf<Inst, ",">
  //+ "h := [n] fun (x : A[n]) => x", "A := R[q d]", "n := a + b*c"   //- "h = f", "n :="
  Inst = name ":=" FamilyBinders? Phrase
  FamilyBinders = "[" NonemptyListOf<name, ","> "]"
  //+ "x + y", "f ; g", "R[q d] * B", "a*b", "f(x)", "copy ; add"   //- "x +", ""
  Phrase = Diagram &phraseEnd -- diagram
    | Exp &phraseEnd -- expr
    | Axis &phraseEnd -- axis
    | Object &phraseEnd -- object
  phraseEnd = "," | "=" ~"=" | "{" | "}" | "\"" | "?" | "]" | reserved | freeWord | end
}
`;
