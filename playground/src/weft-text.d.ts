// A file of Weft in the gallery, as the build puts it into the page: its text.
declare module '*.weft' {
  export const text: string;
}
// What the build writes into the scripts.
declare const WEFT_BUILD: string;
declare const WEFT_VERSION: string;
