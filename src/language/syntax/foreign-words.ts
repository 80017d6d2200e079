// Words of other provers and languages, by what they are for: a kind is a sentence in diagnostic/foreign.ts. Data alone.

/** The words of each kind; a kind is a sentence in diagnostic/mistake.ts. */
export const foreignWords = {
  theorem: 'lemma corollary proposition fact remark goal example claim schematic_goal',
  def: 'definition let function constant const abbreviation abbrev notation fixpoint primrec fun definition_rec letrec val instance',
  axiom: 'postulate parameter hypothesis conjecture axiomatization assume primitive',
  given: 'assumes requires hypotheses premise',
  import: 'imports require open from include using load use export needs',
  nothing:
    'module namespace section theory begin end variable variables universe set_option options scope private local noncomputable where',
  types: 'inductive coinductive data record structure class datatype type typedef codatatype',
  query: '#check #eval #print check print eval compute search term thm find_theorems',
  rewrite: 'rw erw rewrites nth_rewrite nth_rw subst rwa setoid_rewrite change conv fold_def rewriting replace',
  apply: 'exact refine eapply exact? by_exact use rule erule drule intro_apply specialize eexact solve_by_elim',
  refl: 'rfl reflexivity trivial eq_refl easy done now',
  symm: 'symmetry sym eq_symm',
  calc: 'transitivity trans etransitivity etrans also finally moreover ultimately begin_eq show thus hence then then_show equational',
  cases: 'destruct rcases obtain split_ifs by_cases case case_tac elim inversion cases_on match rintro',
  induction: 'induct elim_induction induction_on fix nat_ind refine_ind rec',
  have: 'assert pose suffices enough cut obtains note claim_that lemma_in',
  intro: 'intro intros fix assume introv forall lam',
  congr: 'congr cong f_equal funext ext arg_cong fun_ext under congruence',
  assumption: 'hypothesis_of contradiction exact_assumption this',
  unfold: 'delta unfolding dunfold unfold_def red cbn cbv hnf compute_goal expand dsimp',
  simp: 'simpa simp_all autorewrite norm norm_num norm_cast push_cast ring_simplify field_simp simplify simp_rw abel_nf',
  search:
    'auto blast fastforce force omega lia nia lra nra linarith nlinarith decide metis meson smt sledgehammer aesop polyrith grind eauto intuition firstorder vm_compute native_decide argo algebra arith presburger',
  ring: 'ring_nf abel noncomm_ring algebra_simps ring1 cring solve-ring',
  hole: 'sorry admit admitted oops todo undefined postponed',
  qed: 'end end_proof defined save abort',
  exists: 'exists eexists existsi witness constructor left right',
  lambda: 'lambda fn func',
  real: 'real reals nat int float double f32 f16 f64 tensor array matrix vector bool prop nnreal',
} as const;
export type ForeignKind = keyof typeof foreignWords;
