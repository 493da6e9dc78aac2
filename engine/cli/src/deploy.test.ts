/**
 * Images and workflows for other places (deploy/, .devcontainer) name scripts, commands,
 * files and versions that exist here, and agree with each other.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Graded } from "grader/batch";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (...names: string[]) => readFileSync(join(root, ...names), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
const commands = [...read("engine/cli/src/cli.ts").matchAll(/usage: "(\w+)/g)].map((m) => m[1]!);
const HOME = "/opt/course/";

/** What follows each instruction of this kind in a Dockerfile, continued lines joined. */
const instructionsOf = (file: string) => {
  const lines = read("deploy", file)
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => [/^\w+/.exec(line)![0], line.replace(/^\w+\s+/, "")] as const);
  return (instruction: string) =>
    lines.filter(([name]) => name === instruction).map(([, words]) => words);
};
const courseImage = instructionsOf("Dockerfile");
const hubImage = instructionsOf("hub.Dockerfile");

interface Workflow {
  jobs: Record<string, { steps: { run?: string; with?: Record<string, unknown> }[] }>;
}
const workflow = parse(read("deploy/github-classroom.yml")) as Workflow;
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const devcontainer = JSON.parse(read(".devcontainer/devcontainer.json")) as {
  build: { dockerfile: string; context: string; target: string };
  postCreateCommand: string;
};

const SHELL: [where: string, text: string][] = [
  ["deploy/Dockerfile", courseImage("RUN").join("\n")],
  ["deploy/hub.Dockerfile", hubImage("RUN").join("\n")],
  ["deploy/github-classroom.yml", steps.map(({ run }) => run ?? "").join("\n")],
  [".devcontainer/devcontainer.json", devcontainer.postCreateCommand],
];

test.each(SHELL)("%s runs scripts, commands and files that exist", (_where, text) => {
  const each = (pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1]!);
  const scriptsNamed = each(/npm run (\S+)/g);
  const commandsNamed = [...each(/npx course (\w+)/g), ...each(/course\.mjs (\w+)/g)];
  const files = each(/node ([\w./-]+\.m?js)/g);
  expect([...scriptsNamed, ...commandsNamed, ...files]).not.toEqual([]);
  expect(scriptsNamed.filter((name) => !(name in scripts))).toEqual([]);
  expect(commandsNamed.filter((name) => !commands.includes(name))).toEqual([]);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const parts = each(/course setup (\w+)/g).filter(
    (what) => !read("engine/cli/src/cli.ts").includes(`what === "${what}"`),
  );
  expect(parts).toEqual([]);
});

test("the image is what Kubernetes' values start", () => {
  const { singleuser } = parse(read("deploy/kubernetes/values.yaml")) as {
    singleuser: {
      cmd: string[];
      extraEnv: Record<string, string>;
      storage: { homeMountPath: string };
    };
  };
  const [python, program] = singleuser.cmd;
  const env = Object.fromEntries(
    hubImage("ENV").map((line) => line.split("=") as [string, string]),
  );
  expect(hubImage("WORKDIR")[0]).toBe(HOME.slice(0, -1));
  expect(python).toBe(`${HOME}.local/hub/bin/python3`);
  expect(hubImage("RUN")).toContain("npx course setup hub"); // makes it
  expect(existsSync(join(root, program!.replace(HOME, "")))).toBe(true);
  const { COURSE_NODE, ...same } = singleuser.extraEnv;
  // where the official image has Node
  expect([hubImage("FROM")[0], COURSE_NODE]).toEqual([
    expect.stringMatching(/^node:\d+-\w+-slim$/),
    "/usr/local/bin/node",
  ]);
  expect(same).toMatchObject({
    COURSE_ROOT: env.COURSE_ROOT,
    COURSE_PERSONAL: env.COURSE_PERSONAL,
  });
  expect(dirname(env.COURSE_PERSONAL!)).toBe(singleuser.storage.homeMountPath);
  expect(hubImage("RUN").join("\n")).toContain(`--home ${singleuser.storage.homeMountPath} `);
});

test.each([
  ["the course's", courseImage],
  ["the hub's", hubImage],
])("%s image copies what is there, and starts a command of the course", (_which, image) => {
  expect(image("COPY")).toEqual([". ."]);
  const [command] = image("CMD").map((words) => JSON.parse(words) as string[]);
  expect(command![0]).toBe("course");
  expect(commands).toContain(command![1]);
});

test("the development container is a stage of the image", () => {
  const { dockerfile: file, context, target } = devcontainer.build;
  const at = join(root, ".devcontainer");
  expect(join(at, file)).toBe(join(root, "deploy", "Dockerfile"));
  expect(join(at, context, ".")).toBe(join(root, "."));
  expect(courseImage("FROM")[0]).toMatch(new RegExp(` AS ${target}$`));
});

test("all use the Node of .nvmrc", () => {
  const node = read(".nvmrc").trim();
  for (const image of [courseImage, hubImage]) {
    expect(image("FROM")[0]).toContain(`node:${node}-`);
  }
  expect(steps.map((step) => step.with?.["node-version"])).toContain(Number(node));
});

test("an image builds what git ignores by itself", () => {
  const lines = (file: string) => read(file).split("\n");
  const ignored = lines(".dockerignore").map((line) => line.replace("**/", ""));
  const missing = lines(".gitignore").filter((line) => !ignored.includes(line.replace("/", "")));
  expect(missing).toEqual([]);
  expect(ignored).toContain(".git");
});

test("GitHub Classroom gets the points in the form of its own reporter", () => {
  const folder = mkdtempSync(join(tmpdir(), "course-classroom-"));
  const summary = join(folder, "summary.md");
  const file = join(root, "grader", "src", "reports", "golden", "class.json"); // as the grader writes it
  const { graded } = JSON.parse(readFileSync(file, "utf8")) as { graded: Graded[] };
  const total = (pick: (one: Graded) => number) => graded.reduce((sum, one) => sum + pick(one), 0);
  const [points, maxPoints] = [total((one) => one.points), total((one) => one.maxPoints)];
  expect(points).toBeGreaterThan(0);
  const program = join(root, "deploy", "classroom.mjs");
  const env = { ...process.env, GITHUB_STEP_SUMMARY: summary };
  const lines = execFileSync(process.execPath, [program, file], { encoding: "utf8", env });
  expect(lines.trim().split("\n")).toEqual([
    `::notice title=Autograding complete::Points ${points}/${maxPoints}`,
    `::notice title=Autograding report::{"totalPoints":${points},"maxPoints":${maxPoints}}`,
  ]);
  const [first] = graded.flatMap(({ exercises }) => exercises);
  expect(readFileSync(summary, "utf8")).toContain(
    `| ${first!.name} | ${first!.points} of ${first!.maxPoints} |`,
  );
});
