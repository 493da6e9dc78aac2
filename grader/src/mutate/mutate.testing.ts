/** For tests only: a course of two exercises, written where Node finds tfjs from. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { courseRoot, paths } from "../files/paths";

/** Counts by a loop of its own; the last line's change is no change. */
export const COUNT = `// given
const first = (ids: number[]) => ids[0]! * 1;

const tail = (ids: number[]) => ids.length - 1;

export function countUp(ids: number[]): number {
  if (ids.length > 99) throw new Error("countUp: expected ids of at most 99");
  // yours
  let steps = 0;
  for (let i = first(ids); i < tail(ids); i += 2) steps++;
  return Math.max(steps, 0);
}
`;

/** Spends its time in another file, whose steps nobody counts. */
const WAIT = `import { idle } from "./idle";
export function waitFor(n: number): number {
  // yours
  return idle(-n);
}
`;
const IDLE = `export function idle(n: number): number {
  let i = 0;
  while (i !== n) i--;
  return 2 * i;
}
`;

const specOf = (args: unknown[]) =>
  `export default { mutants: [], cases: () => ${JSON.stringify(args)}.map((args, i) => ` +
  '({ group: "values", title: "case " + i, args })) };';

export function makeLoopCourse(): { root: string; remove(): void } {
  mkdirSync(paths(courseRoot()).local, { recursive: true });
  const root = mkdtempSync(join(paths(courseRoot()).local, "loop-course-"));
  const { solutions, solutionsDist } = paths(root);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const files = {
    countUp: COUNT,
    "countUp.exercise": specOf([[[0, 1, 2, 3]], [[1, 1, 1, 1]], [[5, 1]]]),
    waitFor: WAIT,
    "waitFor.exercise": specOf([[3], [5]]),
    idle: IDLE,
  };
  for (const [name, text] of Object.entries(files)) {
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    write(join(solutions, "src", "loops", `${name}.ts`), text);
    write(join(solutionsDist, "loops", `${name}.js`), outputText);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
