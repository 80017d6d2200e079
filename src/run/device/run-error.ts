// What can go wrong when a kernel runs: one closed union for all runners.
// Invariant: facts only (names, numbers, a tool's own words), no prose for a person. It does not know how any runner works.

export type BarrierFault =
  | 'barrier-missed' // a thread ended while others of its block wait at a barrier
  | 'barrier-divergent' // threads of one block wait at different barriers
  | 'warp-divergent' // lanes that a warp exchange names do not all take part in it
  | 'inactive-lane' // a shuffle reads a lane that takes no part
  | 'launch-configuration'; // a block, grid or shared memory size out of range

export type CompileMessage = { readonly line: number; readonly column: number; readonly text: string };

export type ProgramFault =
  | { readonly _tag: 'WrongTarget'; readonly expected: string; readonly found: string }
  | { readonly _tag: 'InputCount'; readonly expected: number; readonly found: number }
  | { readonly _tag: 'InputLength'; readonly buffer: string; readonly expected: number; readonly found: number }
  | { readonly _tag: 'ParamCount'; readonly expected: number; readonly found: number }
  | { readonly _tag: 'ParamValue'; readonly param: string; readonly value: number }
  | { readonly _tag: 'EmptyBuffer'; readonly buffer: string; readonly elements: number }
  | { readonly _tag: 'BadName'; readonly name: string }
  | { readonly _tag: 'NoOutput' }
  | { readonly _tag: 'NotCompiled'; readonly entry: string };

export type RunError =
  | { readonly _tag: 'BadProgram'; readonly entry: string; readonly fault: ProgramFault }
  | { readonly _tag: 'PackageMissing'; readonly package: string; readonly detail: string }
  | { readonly _tag: 'ToolMissing'; readonly tool: string; readonly debianPackage: string }
  | { readonly _tag: 'NoAdapter'; readonly detail: string }
  | { readonly _tag: 'AdapterWrong'; readonly adapter: string; readonly detail: string }
  | { readonly _tag: 'NoNvidiaGpu'; readonly detail: string }
  | { readonly _tag: 'CompileFailed'; readonly entry: string; readonly messages: readonly CompileMessage[] }
  | { readonly _tag: 'OverLimit'; readonly what: string; readonly asked: number; readonly limit: number }
  | { readonly _tag: 'DeviceFault'; readonly detail: string }
  | {
      readonly _tag: 'KernelFault';
      readonly fault: BarrierFault;
      readonly block: number;
      readonly thread: number;
      readonly line: number;
    }
  | { readonly _tag: 'KernelThrew'; readonly detail: string }
  | { readonly _tag: 'Crashed'; readonly signal: string; readonly detail: string }
  | { readonly _tag: 'TimedOut'; readonly milliseconds: number }
  | { readonly _tag: 'GuardTouched'; readonly buffer: string; readonly count: number; readonly firstIndex: number }
  | { readonly _tag: 'Unwritten'; readonly buffer: string; readonly count: number; readonly firstIndex: number };
