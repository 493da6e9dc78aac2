// needs: sandbox
/** The batch as a whole: bad files, determinism, lost children, no sandbox; and the proofs. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeSmallCourse, notebook, POINTS, RIGHT, shippedCells } from "../grader.testing";
import { gradeBatch } from "./batch";
import { bundler } from "../submission/lesson";
import { prove } from "../commands/prove";
import { runJob, SandboxFault, type Launcher } from "../sandbox/run";
import { openSandbox } from "../sandbox/sandbox";

const course = makeSmallCourse();
afterAll(() => course.remove());
const write = (name: string, text: string) => {
  const file = join(course.root, "handed-in", name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
};

test("a bad file costs one line, the batch goes on", async () => {
  const good = write("good.ipynb", notebook(shippedCells()));
  const bad = write("bad.ipynb", "{");
  const hostile = write(
    "hostile.ipynb",
    notebook([{ grade: "double", source: `${"a=>(".repeat(4_500)}` }]),
  );
  const { graded, notGraded } = await gradeBatch(
    course.root,
    [bad, hostile, "/nowhere.ipynb", good],
    { seed: 1 },
  );
  expect(notGraded.map((n) => `${n.file} ${n.reason}`)).toEqual([
    "bad.ipynb is cut off or damaged: its JSON does not end well",
    "/nowhere.ipynb does not exist",
  ]);
  expect(graded.map((g) => `${g.file} ${g.points}/${g.maxPoints}`)).toEqual([
    "hostile.ipynb 0/12",
    "good.ipynb 12/12",
  ]);
  expect(graded[1]!.written).toEqual([{ name: "why", points: 2, text: "Because." }]);
});

test("the same seed gives the same report, another seed other inputs", async () => {
  const file = write(
    "wrong.ipynb",
    notebook(
      shippedCells({ ...RIGHT, double: "function double(x: tf.Tensor) { return x.add(1); }" }),
    ),
  );
  const [a, b, c] = [
    await gradeBatch(course.root, [file], { seed: 3 }),
    await gradeBatch(course.root, [file], { seed: 3 }),
    await gradeBatch(course.root, [file], { seed: 4 }),
  ];
  expect(b).toEqual(a);
  expect(c.graded[0]!.exercises[1]!.failures).not.toEqual(a.graded[0]!.exercises[1]!.failures);
});

test("trusted work runs without a sandbox", async () => {
  const file = write("own.ipynb", notebook(shippedCells()));
  const { graded } = await gradeBatch(course.root, [file], { seed: 1, trusted: true });
  expect(graded[0]!.points).toBe(3 * POINTS);
});

test("without bubblewrap it refuses and says what to do", async () => {
  const path = process.env.PATH;
  process.env.PATH = "/nowhere";
  try {
    await expect(openSandbox(course.root)).rejects.toThrow(
      /there is no sandbox: bwrap is missing; install .*--trusted/,
    );
  } finally {
    process.env.PATH = path;
  }
});

test("a sandbox that fails now and then is tried again, a broken one is no zero", async () => {
  const sandbox = await openSandbox(course.root);
  let starts = 0;
  const failing = (until: number): Launcher => ({
    wasm: sandbox.wasm,
    start: (slot) =>
      ++starts <= until
        ? spawn(process.execPath, ["-e", ""], { stdio: ["pipe", "ignore", "ignore", "pipe"] })
        : sandbox.start(slot),
  });
  const job = {
    wasm: sandbox.wasm,
    solutions: "",
    cells: [{ code: "var f = (x) => x;", awaits: false }],
    exercises: [{ name: "f", cell: -1, references: [], forbid: [], cases: [{ args: [5] }] }],
  };
  try {
    expect((await runJob(failing(2), 0, job)).outcomes).toEqual([[{ value: 5 }]]);
    starts = 0;
    await expect(runJob(failing(Infinity), 0, job)).rejects.toThrow(SandboxFault);
  } finally {
    sandbox.close();
  }
});

test("a sandbox that is killed while it starts leaves nobody who keeps its pipe open", async () => {
  const child =
    "require('child_process').spawn('sleep', ['300'], { stdio: " +
    "['inherit', 'inherit', 'inherit', 3] }); process.kill(process.pid, 'SIGKILL')";
  const launcher: Launcher = {
    wasm: "",
    start: () =>
      spawn(process.execPath, ["-e", child], {
        detached: true,
        stdio: ["pipe", "ignore", "ignore", "pipe"],
      }),
  };
  await expect(
    runJob(launcher, 0, { wasm: "", solutions: "", cells: [], exercises: [] }),
  ).rejects.toThrow(SandboxFault);
});

/** Temporary folders of graders, of which this process holds some open. */
const ours = () =>
  readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return /course-grader-\w+/.exec(readlinkSync(`/proc/self/fd/${fd}`)) ?? [];
    } catch {
      return [];
    }
  });

/**
 * Children of our own sandboxes that run now, other graders being perhaps at work on the machine:
 * they see files of this course, or the copies that root's children get.
 */
const running = () =>
  readdirSync("/proc").filter((pid) => {
    try {
      if (
        !/^\d+$/.test(pid) ||
        !readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("/node\0")
      ) {
        return false;
      }
      const mounts = readFileSync(`/proc/${pid}/mountinfo`, "utf8");
      return mounts.includes(basename(course.root)) || ours().some((name) => mounts.includes(name));
    } catch {
      return false;
    }
  }).length;

test("after a loss nothing keeps running and what was finished is kept", async () => {
  const sandbox = await openSandbox(course.root);
  const cells = [
    {
      code:
        "var ok = (x) => x + 1; var loop = () => { for (;;) {} }; " +
        "var exit = () => process.reallyExit(0);",
      awaits: false,
    },
  ];
  const exercise = (name: string) => ({
    name,
    cell: -1,
    references: [],
    forbid: [],
    cases: [{ args: [1] }, { args: [2] }],
  });
  try {
    const job = runJob(
      sandbox,
      0,
      {
        wasm: sandbox.wasm,
        solutions: "",
        cells,
        exercises: ["ok", "loop", "ok", "exit", "ok"].map(exercise),
      },
      { timeouts: { start: 60_000, step: 3000, longCase: 3000, child: 40_000 } },
    );
    await expect.poll(running, { timeout: 60_000 }).toBe(1);
    const { outcomes, losses } = await job;
    const right = [{ value: 2 }, { value: 3 }];
    const none = [undefined, undefined];
    expect(outcomes).toEqual([right, none, right, none, right]);
    expect(losses).toEqual([
      undefined,
      "it ran longer than 3 s",
      undefined,
      expect.stringContaining("ended the process"),
      undefined,
    ]);
    expect(running()).toBe(0);
  } finally {
    sandbox.close();
  }
});

test("tensors that do not fit end the child, and a long case may take its time", async () => {
  const sandbox = await openSandbox(course.root);
  const cells = [
    {
      code:
        "var pairs = (n) => tf.ones([n, 1]).matMul(tf.ones([1, n])).sum(); " +
        // processor time, which does not depend on how busy the machine is; asking for it is most of
        // it, and the system's
        "var used = () => { const t = process.cpuUsage(); return (t.user + t.system) / 1000; }; " +
        "var slow = (x) => { for (const end = used() + 4000; used() < end;) {} return x; };",
      awaits: false,
    },
  ];
  const exercise = (name: string, arg: number, long = false) => ({
    name,
    cell: -1,
    references: [],
    forbid: [],
    cases: [{ args: [arg], long }],
  });
  const exercises = [
    exercise("pairs", 1000),
    exercise("pairs", 6000),
    exercise("pairs", 1000),
    exercise("slow", 1),
    exercise("slow", 1, true),
  ];
  try {
    const { outcomes, losses } = await runJob(
      sandbox,
      0,
      { wasm: sandbox.wasm, solutions: "", cells, exercises },
      { timeouts: { start: 60_000, step: 3000, longCase: 20_000, child: 60_000 } },
    );
    const million = { value: { shape: [], dtype: "float32", data: Float32Array.of(1e6) } };
    expect(outcomes).toEqual([[million], [undefined], [million], [undefined], [{ value: 1 }]]);
    expect(losses).toEqual([
      undefined,
      expect.stringContaining("too much memory"),
      undefined,
      "it ran longer than 3 s",
      undefined,
    ]);
  } finally {
    sandbox.close();
  }
});

test("a bundle of reference functions holds the files it needs and says which", async () => {
  const bundle = bundler(course.root);
  expect((await bundle(["standardize"])).files).toEqual([
    "basics/centre.ts",
    "basics/standardize.ts",
  ]);
  expect((await bundle(["helper", "centre", "Options"])).files.sort()).toEqual([
    "basics/centre.ts",
    "basics/helper.ts",
  ]);
  expect((await bundle(["Options"])).files).toEqual([]);
});

test("prove: what is proved, and what is not is said", async () => {
  const proofs = await prove(course.root, []);
  expect(proofs.map((p) => [p.name, p.cases, p.mutants])).toEqual([
    ["centre", 3, 3],
    ["double", 3, 3],
    ["standardize", 4, 3],
  ]);
  // the small course has no reference tensors, and no other fault
  for (const p of proofs) {
    expect(p.faults).toEqual([expect.stringMatching(/^data\/reference\/basics holds no/)]);
  }
});

test(
  "prove finds a solution that is wrong, a mutant that passes, one taken for another, a stub " +
    "that earns, an answer in reach",
  async () => {
    const broken = makeSmallCourse();
    const edit = (path: string[], from: string, to: string) => {
      const file = join(broken.root, ...path);
      const text = readFileSync(file, "utf8");
      expect(text).toContain(from);
      writeFileSync(
        file,
        text.replace(from, () => to),
      );
    };
    try {
      edit(["solutions", "dist", "basics", "double.exercise.js"], '"mul(3)"', '"mul(2.0)"');
      edit(["solutions", "dist", "basics", "double.exercise.js"], '"add(2)"', '"square()"');
      edit(
        ["solutions", "src", "basics", "centre.ts"],
        "x.sub(x.mean(-1, true))",
        "x.sub(x.mean(-1, true)).mul(x.size > 10 ? 1.1 : 1)",
      );
      edit(
        ["notebooks", "00-small.ipynb"],
        'throw new Error(\\"not written yet: double\\");',
        "return x.mul(2);",
      );
      edit(["notebooks", "manifest.json"], '"uses":["helper"', '"uses":["standardize"');
      const faults = Object.fromEntries(
        (await prove(broken.root, [])).map((p) => [p.name, p.faults.join("\n")]),
      );
      expect(faults.double).toMatch(/a mutant passes: "This is three times x\."/);
      expect(faults.double).toMatch(/"This is the square\." is named "Two is added\."/);
      expect(faults.double).toMatch(/the stub in 00-small.ipynb earns 4 points/);
      expect(faults.centre).toMatch(/the solution fails \(values\) where x is a matrix/);
      expect(faults.standardize).toMatch(/give its answer away/);
    } finally {
      broken.remove();
    }
  },
);
