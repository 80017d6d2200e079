/**
 * What an emitted file is, whatever its script calls things: printable ASCII, a header of comments, and code whose names are its own.
 * Invariant: judged from the text alone, by readers that are not Weft's.
 */
import ts from 'typescript';
import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import type { Target } from '../../../src/kernel/emit/emit.js';
import { words } from './names.js';

/** The names that a text declares. */
const declarations: Readonly<Record<Target, RegExp>> = {
  wgsl: /\b(?:let|var(?:<[^>]*>)?|const|fn|struct)\s+(\w+)|^\s*(\w+) : u32,$/gm,
  cuda: /\b(?:unsigned|float|bool|float\* __restrict__)\s+(\w+)(?=[ [,;)=])|void __launch_bounds__\(\d+\) (\w+)\(/gm,
  host: /\b(?:let|const|function)\s+(\w+)/gm,
};

export function declared(target: Target, text: string): readonly string[] {
  const listed = target === 'host' ? [...text.matchAll(/\bconst \[([^\]]*)\]/g)].flatMap((m) => m[1]!.split(', ')) : [];
  return [...[...text.matchAll(declarations[target])].flatMap((m) => m[1] ?? m[2] ?? []), ...listed];
}

const withoutComments = (text: string): string => text.replace(/\/\/[^\n]*/g, '');

function parsed(target: Target, text: string): string | undefined {
  if (target === 'host') {
    const { diagnostics } = ts.transpileModule(text, {
      reportDiagnostics: true,
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, alwaysStrict: true },
    });
    return diagnostics?.[0]
      ? `TypeScript: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`
      : undefined;
  }
  if (target === 'cuda') return undefined;
  try {
    const { entry } = new WgslReflect(text.replace(/\bblock\b/g, 'group_id')); /* which cannot read `block` as a name */
    return entry.compute.length === 1 ? undefined : 'not one entry';
  } catch (error) {
    return `WGSL: ${String(error)}`;
  }
}

/** Names whose scope is the whole function or file: declared twice is a clash. */
function twice(target: Target, code: string): string | undefined {
  if (target === 'cuda') return undefined; // a parameter of the kernel is one of its launcher as well
  const outside = code.replace(/^struct [^]*?^}/gm, '').split('\n');
  const own = declared(target, outside.filter((l) => !l.startsWith('    ')).join('\n'));
  const clash = own.find((n, i) => own.indexOf(n) !== i);
  return clash === undefined ? undefined : `${clash} is declared twice`;
}

/** What is wrong with an emitted text, if anything. */
export function fault(target: Target, text: string): string | undefined {
  const odd = /[^\x20-\x7e\n]/.exec(text);
  if (odd) return `a character U+${odd[0].codePointAt(0)!.toString(16)}`;
  const spliced = text.split('\n').find((l) => l.startsWith('//') && /\\\s*$/.test(l));
  if (spliced !== undefined) return 'a comment that goes on after its line';
  if (/\/\*|\*\/|\?\?[=/'()!<>-]/.test(text)) return 'the start or end of a comment, or a trigraph';
  const code = withoutComments(text);
  if (
    /[`"'$@#\\]/.test(
      code.replace(/^#.*$|^extern "C"|^\s+kernel<<<.*$|\\$|@(?:group|binding|compute|workgroup_size|builtin)\b/gm, ''),
    )
  )
    return 'a quote or a sign that no kernel needs';
  const names = declared(target, code);
  if (names.length < 5) return 'hardly a name is declared';
  const taken = names.find(
    (n) => words[target].includes(n) || !/^[A-Za-z]\w*$/.test(n) || n.includes('__') || n.length > 64,
  );
  if (taken !== undefined) return `the name ${taken}`;
  return twice(target, code) ?? parsed(target, text);
}
