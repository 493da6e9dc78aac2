/** How engine/cli/bin/test/schedule.mjs runs the steps of npm test; it is plain JavaScript. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

interface Step {
  name: string;
  run(say: (text: string) => void): Promise<number | { passed: number; failed: number }>;
  cores?: number;
  needs?: string[];
  waits?: string[];
  after?: string[];
}
const root = fileURLToPath(new URL("../../..", import.meta.url));
const at = (file: string) => fileURLToPath(new URL(`../bin/test/${file}`, import.meta.url));
const { runSteps } = (await import(at("schedule.mjs"))) as {
  runSteps(steps: Step[], machine: object): Promise<void>;
};
const { rows, notRun, failures } = (await import(at("report.mjs"))) as {
  rows: { name: string; passed: number; failed: number }[];
  notRun: string[];
  failures: string[];
};

interface Header {
  level: string;
  needs: string[];
  pattern?: string;
}
interface FailedFile {
  file: string;
  tests: { fullName: string; status: string }[];
}
const { readHeader, realTests, testsToRepeat } = (await import(at("vitest.mjs"))) as {
  readHeader(text: string): Header;
  realTests(): (Header & { file: string })[];
  testsToRepeat(files: FailedFile[]): { files: string[]; names?: string[] };
};
const { MODES } = (await import(at("steps.mjs"))) as {
  MODES: Record<"plain" | "quick" | "all" | "ci", () => { steps: Step[]; leftOut: string[] }>;
};
const { affected } = (await import(at("changes.mjs"))) as {
  affected(
    files: string[],
    course: {
      packages: Map<string, string[]>;
      lessons: Map<string, string>;
      exercises: string[];
    },
  ): object;
};

let happened: string[];
beforeEach(() => {
  happened = [];
  rows.length = notRun.length = failures.length = 0;
  vi.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A step that ends when it is told to. */
function step(name: string, more: Partial<Step> = {}): Step & { end(): void } {
  let end: () => void = () => undefined;
  const ended = new Promise<number>((done) => (end = () => done(0)));
  const run = () => {
    happened.push(name);
    return ended;
  };
  return { name, run, end: () => end(), ...more };
}
const soon = () => new Promise((done) => setTimeout(done, 0));

test("steps share the cores; one that has to wait lets others pass", async () => {
  const [a, b] = [step("a"), step("b", { after: ["a"] })];
  const [c, d] = [step("c"), step("d", { cores: 2 })];
  const machine = { known: new Set(), lacking: new Map(), changed: () => undefined, cores: 2 };
  const all = runSteps([a, b, c, d], machine);
  await soon();
  expect(happened).toEqual(["a", "c"]);
  a.end();
  await soon();
  expect(happened).toEqual(["a", "c", "b"]);
  b.end();
  await soon();
  expect(happened).toHaveLength(3); // d fills both cores
  c.end();
  await soon();
  d.end();
  await all;
  expect(rows.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
});

test("a step waits until it is known what the machine has, and says what it lacks", async () => {
  const known = new Set<string>();
  const lacking = new Map<string, string>();
  let change: () => void = () => undefined;
  const changed = (f: () => void) => (change = f);
  const [lab, uses] = [step("lab", { needs: ["jupyter"] }), step("uses", { waits: ["jupyter"] })];
  const all = runSteps([lab, uses], { known, lacking, changed, cores: 2 });
  await soon();
  expect(happened).toEqual([]);
  known.add("jupyter");
  lacking.set("jupyter", "JupyterLab is missing.");
  change();
  await soon();
  expect(happened).toEqual(["uses"]);
  uses.end();
  await all;
  expect(notRun).toEqual(["lab: JupyterLab is missing."]);
});

test("a step that throws counts as failed, and the others run", async () => {
  const broken: Step = { name: "broken", run: () => Promise.reject(new Error("no")) };
  const counted: Step = { name: "counted", run: async () => ({ passed: 3, failed: 1 }) };
  const machine = { known: new Set(), lacking: new Map(), changed: () => undefined, cores: 1 };
  await runSteps([broken, counted], machine);
  expect(rows.map(({ passed, failed }) => [passed, failed])).toEqual([
    [0, 1],
    [3, 1],
  ]);
});

test("the summary repeats the last lines of a step that fails", async () => {
  const run = (say: (text: string) => void) => {
    say(`${"fine\n".repeat(40)}a mutant passes\n`);
    return Promise.resolve(1);
  };
  const machine = { known: new Set(), lacking: new Map(), changed: () => undefined, cores: 2 };
  await runSteps([{ name: "proofs", run }], machine);
  expect(rows).toMatchObject([{ name: "proofs", failed: 1 }]);
  expect(failures[0]).toMatch(/^proofs, its last lines:\n( {4}fine\n){19} {4}a mutant passes$/);
});

test("a real test's first lines say what it needs, and which of its tests npm test runs", () => {
  expect(readHeader("// needs: chromium lite\n")).toEqual({
    needs: ["chromium", "lite"],
    level: "plain",
  });
  expect(readHeader("// level: all\n")).toEqual({ needs: [], level: "all" });
  const some = readHeader("// level: all, but for: a reader's way; (b)\n");
  expect(some).toMatchObject({ level: "all", pattern: "^(a reader's way|\\(b\\))" });
  const most = new RegExp(readHeader("// level: plain, but for: passes axe\n").pattern!);
  expect(["passes axe on all", "prints"].map((name) => most.test(name))).toEqual([false, true]);
});

test("a line “level” names tests that exist", () => {
  for (const { file, pattern } of realTests()) {
    if (pattern === undefined) continue;
    const text = readFileSync(join(root, file), "utf8");
    const names = /but for: (.*)/.exec(text)![1]!.split("; ");
    for (const name of names) expect(text, file).toContain(`"${name}`);
  }
});

test("quick and plain name each step of all that they leave out", () => {
  const all = MODES.all().steps.map(({ name }) => name);
  for (const mode of ["quick", "plain"] as const) {
    const { steps, leftOut } = MODES[mode]();
    const named = [...steps.map(({ name }) => name), ...leftOut];
    // all of its files have a line "level", which is what is named
    const unnamed = all.filter((name) => !named.includes(name));
    expect(unnamed).toEqual(["real tests: devices"]);
  }
});

test("ci runs lessons on one other device at most, and names what that leaves out", () => {
  const { steps, leftOut } = MODES.ci();
  const names = steps.map(({ name }) => name);
  const missing = MODES.all().steps.filter(({ name }) => !names.includes(name));
  expect(missing.length).toBe(2);
  expect(leftOut).toEqual(expect.arrayContaining(missing.map(({ name }) => name)));
  const files = leftOut.filter((line) => line.endsWith(".test.ts"));
  expect(realTests().map(({ file }) => file)).toEqual(expect.arrayContaining(files));
  const lessons = readdirSync(join(root, "lessons-src")).flatMap((id) => /^\d+/.exec(id) ?? []);
  const ranOn = (start: string) => {
    const left = leftOut.find((line) => line.startsWith(start))!.slice(start.length);
    return lessons.filter((number) => !left.split(", ").includes(number));
  };
  const [browser, native] = [ranOn("in a browser: lessons "), ranOn("on native: lessons ")];
  expect(browser.length).toBe(lessons.length / 2);
  expect(native.length).toBeGreaterThan(2);
  expect(browser.filter((number) => native.includes(number))).toEqual([]);
});

test("a change reaches the packages that stand on it, its lessons and its exercises", () => {
  const course = {
    packages: new Map([
      ["engine/ops", []],
      ["grader", ["engine/ops"]],
      ["solutions", ["grader"]],
      ["engine/views", []],
    ]),
    lessons: new Map([
      ["05-blocks", "::: exercise gelu"],
      ["06-attention", "softmax"],
    ]),
    exercises: ["gelu", "softmax"],
  };
  expect(affected(["grader/src/index.ts"], course)).toEqual({
    touched: ["grader"],
    standing: ["solutions"],
    lessons: [],
    exercises: [],
    everything: false,
  });
  expect(affected(["solutions/src/blocks/gelu.exercise.ts"], course)).toMatchObject({
    lessons: ["05-blocks"],
    exercises: ["gelu"],
  });
  expect(affected(["data/oracles/attention/softmax.py"], course)).toMatchObject({
    lessons: ["06-attention"],
    exercises: ["softmax"],
  });
  expect(affected(["package.json"], course)).toMatchObject({ everything: true });
});

test("tests that failed run again by name, and whole files that failed outside of them", () => {
  const tests = [
    { fullName: " opens", status: "passed" },
    { fullName: " two students closes", status: "failed" },
  ];
  const one = { file: "a.real.test.ts", tests };
  expect(testsToRepeat([one])).toEqual({ files: [one.file], names: ["two students closes"] });
  const unloaded = { file: "b.real.test.ts", tests: [] };
  expect(testsToRepeat([one, unloaded])).toEqual({
    files: [one.file, unloaded.file],
    names: undefined,
  });
});
