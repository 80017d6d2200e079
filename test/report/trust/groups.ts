/** Which parts are counted together, and the page that states their figures. The long ones first, so that two at a time end together. */
export interface Group {
  readonly page: string;
  readonly files: readonly string[];
  /** the folder whose kernels each have rows in one table; the page states it */
  readonly table?: string;
}

const part = (area: string): string => `test/${area}/part.ts`;

export const groups: Readonly<Record<string, Group>> = {
  trust: {
    page: 'docs/reference/trust.md',
    files: [
      ...[
        'adversary/mutation/proof',
        'adversary/fuzz',
        'oracle/models',
        'unit/proof/refute',
        'corpus',
        'unit/replay',
        'unit/proof/certificate',
        'adversary/hostile',
        'adversary/forgery',
        'adversary/attack',
      ].map(part),
      'test/adversary/fuzz/fuel.ts',
      'test/report/trust/judged.ts',
      'test/report/trust/size.ts',
    ],
  },
  numerics: {
    page: 'docs/explanation/reals-and-floats.md',
    files: [
      ...['report/numerics', 'adversary/mutation/kernel', 'adversary/compiler', 'target/second', 'adversary/race'].map(
        part,
      ),
      'test/report/numerics/saying.ts',
    ],
    table: 'kernels',
  },
};
