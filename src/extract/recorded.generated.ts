// Written by test/numerics/record.ts: what kernels were measured to do, by the SHA-256 of their code (the text without its header). Do not edit.
export interface Recorded {
  readonly name: string;
  readonly target: string;
  readonly tested: string;
  readonly measured: string;
}

// prettier-ignore
export const RECORDED: Readonly<Record<string, Recorded>> = {
};
