// The parser of wgsl_reflect: its module is typed under another name than the one that can be imported.
declare module 'wgsl_reflect/wgsl_reflect.module.js' {
  export class WgslReflect {
    constructor(code: string);
    readonly entry: { readonly compute: readonly { readonly name: string }[] };
  }
}
