// The one function of wgsl_reflect that the tests use: its module is typed under another name than the one that can be imported.
declare module 'wgsl_reflect/wgsl_reflect.module.js' {
  interface Access {
    readonly kind: 'read' | 'write';
    readonly invocation: number;
    readonly line: number;
  }
  interface Race {
    readonly bufferId: string;
    readonly byte: number;
    readonly a: Access;
    readonly b: Access;
  }
  export function detectRaces(
    code: string,
    kernel: string,
    dispatchCount: readonly number[],
    bindGroups: Record<string, Record<string, unknown>>,
  ): { readonly races: readonly Race[]; readonly errors: readonly string[] };
}
