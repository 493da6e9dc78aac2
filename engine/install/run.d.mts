/** What the compiled tools use of run.mjs. */
export class Sentence extends Error {}
export interface Finished {
  code: number;
  output: string;
}
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  inherit?: boolean;
  onOutput?: (text: string) => void;
  signal?: AbortSignal;
}
export function reason(what: string, output: string): string;
export function run(command: string, args: string[], options?: RunOptions): Promise<Finished>;
export function step(
  what: string,
  command: string,
  args: string[],
  options?: RunOptions & { quiet?: boolean },
): Promise<Finished>;
export function answer(command: string, args: string[]): string | undefined;
export function npm(): [string, ...string[]];
