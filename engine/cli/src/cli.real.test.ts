/** The command as it is called; needs what npm run build compiles. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { fixture, fixtureCopy } from "builder/testing";

const bin = fileURLToPath(new URL("../bin/course.mjs", import.meta.url));
const root = fixtureCopy();
afterAll(() => rmSync(root, { recursive: true }));
const env = { ...process.env, COURSE_ROOT: root, COURSE_DEBUG: "" };
const course = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    env,
    encoding: "utf8",
  });
  return { status, out: stdout.trim(), err: stderr.trim() };
};

test("a wrong command line costs one sentence and code 2", () => {
  for (const [args, message] of [
    [[], /^course needs a command: choose from build, .*$/],
    [["bild"], /^course has no command bild: choose from build, .*$/],
    [
      ["build", "--fast"],
      /^course build: unknown option `--fast` \(course build --help says more\)$/,
    ],
  ] as const) {
    const { status, out, err } = course(...args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toMatch(message);
  }
});

test("sources newer than what was compiled from them are noticed, tests aside", () => {
  const folder = mkdtempSync(join(tmpdir(), "stale-"));
  const bootstrap = new URL("../bin/bootstrap.mjs", import.meta.url).href;
  const put = (path: string, seconds: number) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "");
    utimesSync(join(folder, path), seconds, seconds);
  };
  const { workspaces } = JSON.parse(
    readFileSync(join(import.meta.dirname, "..", "..", "..", "package.json"), "utf8"),
  ) as { workspaces: string[] };
  const stale = () =>
    spawnSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `import { stale } from ${JSON.stringify(bootstrap)}; ` +
          `console.log(stale(${JSON.stringify(folder)}))`,
      ],
      { encoding: "utf8" },
    ).stdout.trim();
  try {
    for (const name of workspaces) {
      put(`${name}/src/group/index.ts`, 100);
      put(`${name}/dist/.tsbuildinfo`, 200);
    }
    expect(stale()).toBe("false");
    put("solutions/src/group/one.test.ts", 300);
    expect(stale()).toBe("false");
    put("solutions/src/group/one.exercise.ts", 300);
    expect(stale()).toBe("true");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("errors are a sentence without a stack", () => {
  expect(course("build", "17")).toEqual({
    status: 1,
    out: "",
    err: "there is no lesson 17: choose from 01-insertion, 02-merging",
  });
  expect(course("build", "--check", "--watch")).toEqual({
    status: 1,
    out: "",
    err: "--check and --watch exclude each other: choose one",
  });
});

test("check says what is stale, build mends it, and a lesson's problems end with code 1", () => {
  expect(course("build", "--check").status).toBe(0);
  appendFileSync(join(root, "lessons-src", "02-merging", "lesson.md"), "\nMore.\n");
  expect(course("build", "--check")).toMatchObject({
    status: 1,
    err:
      "notebooks/02-merging.ipynb is stale: run npm run build and commit " +
      "it\nnotebooks/manifest.json is stale: run npm run build and commit it",
  });
  expect(course("build").out).toMatch(
    /^2 lessons built in \d+ ms: 02-merging\.ipynb, manifest\.json$/,
  );
  appendFileSync(join(root, "lessons-src", "02-merging", "lesson.md"), "\n$\\nope$\n");
  expect(course("build")).toMatchObject({
    status: 1,
    err: expect.stringMatching(/^lessons-src\/02-merging\/lesson\.md:\d+: KaTeX/),
  });
});

test("watch builds a change and goes on after problems", async () => {
  const watcher = spawn(process.execPath, [bin, "build", "--watch"], { env });
  let output = "";
  for (const stream of [watcher.stdout, watcher.stderr]) {
    stream.on("data", (chunk) => {
      output += String(chunk);
    });
  }
  const until = async (text: RegExp) => {
    const start = performance.now();
    while (!text.test(output)) {
      if (performance.now() - start > 200_000) throw new Error(`no ${text} in: ${output}`);
      await new Promise((done) => setTimeout(done, 10));
    }
    output = "";
  };
  try {
    await until(/watching lessons-src/);
    appendFileSync(join(root, "lessons-src", "01-insertion", "lesson.md"), "\nOne more line.\n");
    await until(/built in .*01-insertion\.ipynb/);
    appendFileSync(join(root, "lessons-src", "01-insertion", "lesson.md"), "\n<b>\n");
    await until(/01-insertion\/lesson\.md:\d+: HTML does not work/);
    appendFileSync(join(root, "solutions", "src", "orders", "insert.ts"), "\n// changed\n");
    await until(/built in/);
  } finally {
    watcher.kill();
  }
});

test("a site is shown at an address of this machine until Ctrl+C", async () => {
  const own = fixtureCopy(); // the tests above leave problems in theirs
  const solved = join(own, ".local", "solved");
  mkdirSync(solved, { recursive: true });
  for (const id of ["01-insertion", "02-merging"]) {
    cpSync(join(fixture, "golden", `${id}.solved.ipynb`), join(solved, `${id}.ipynb`));
  }
  const args = [
    bin,
    "site",
    "--base",
    "sorting",
    "--out",
    join(own, "site"),
    "--no-run",
    "--serve",
  ];
  const server = spawn(process.execPath, args, { env: { ...env, COURSE_ROOT: own } });
  const ended = once(server, "close");
  let output = "";
  for await (const chunk of server.stdout) {
    output += String(chunk);
    if (output.includes("Stop with Ctrl+C.")) break;
  }
  const [address] = /http:\/\/127\.0\.0\.1:\d+\/sorting\//.exec(output) ?? [];
  expect(await (await fetch(address!)).text()).toContain("<h1>Sorting</h1>");
  server.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  rmSync(own, { recursive: true });
});
