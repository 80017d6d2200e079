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
      ...['mutants', 'fuzz', 'models', 'corpus', 'replay', 'certificate', 'hostile', 'forgery'].map(part),
      'test/trust/size.ts',
    ],
  },
  numerics: {
    page: 'docs/explanation/reals-and-floats.md',
    files: ['numerics', 'seeded', 'compiler', 'second', 'race'].map(part),
    table: 'kernels',
  },
};
