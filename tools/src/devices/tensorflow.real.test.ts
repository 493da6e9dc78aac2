// needs: native
/**
 * course setup native where something is missing: one sentence, and everything as it was. Needs
 * what npm run build compiles.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { courseRoot, paths } from "grader";
import { afterAll, beforeEach, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../bin/course.mjs", import.meta.url));
// compiled, since it starts a script beside it
const { fetchPrebuilt } = (await import(
  new URL("../../dist/devices/tensorflow.js", import.meta.url).href
)) as typeof import("./tensorflow.js");
const NOWHERE = "http://127.0.0.1:9/"; // nobody answers there

mkdirSync(join(paths(courseRoot()).local, "test"), { recursive: true });
const root = mkdtempSync(join(paths(courseRoot()).local, "test", "setup-"));
const local = join(root, ".local");
beforeEach(() => mkdirSync(local, { recursive: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The real path of a program, since a shim that chooses versions needs a whole PATH. */
const real = (command: string, ...args: string[]) =>
  spawnSync(command, args, { encoding: "utf8" }).stdout.trim();
const PROGRAMS: Record<string, string> = {
  node: process.execPath,
  python3: real("python3", "-c", "import sys; print(sys.executable)"),
  "g++": real("which", "g++"),
  sh: "/bin/sh",
};

/** A folder for PATH that holds only these programs. */
function only(...names: string[]): string {
  const folder = mkdtempSync(join(root, "bin-"));
  for (const name of names) symlinkSync(PROGRAMS[name]!, join(folder, name));
  return folder;
}

const env = (changed: NodeJS.ProcessEnv) => ({
  ...process.env,
  COURSE_ROOT: root,
  COURSE_DEBUG: "",
  CXX: undefined,
  npm_config_fetch_retries: "0",
  ...changed,
});
function setup(changed: NodeJS.ProcessEnv) {
  const { status, stderr } = spawnSync(process.execPath, [bin, "setup", "native"], {
    env: env(changed),
    encoding: "utf8",
  });
  return { status, err: stderr.trim(), left: readdirSync(local) };
}

test("no compiler, no Python: the sentence names the package that brings it", () => {
  expect(setup({ PATH: only("node", "python3", "sh") })).toEqual({
    status: 1,
    left: [],
    err: expect.stringMatching(
      /^A C\+\+ compiler is missing: .*apt-get install g\+\+.* Nothing was changed\.$/,
    ),
  });
  expect(setup({ PATH: only("node", "g++", "sh") })).toEqual({
    status: 1,
    left: [],
    err: expect.stringMatching(
      /^Python 3\.10 or newer with pip, .* is missing.* Nothing was changed\.$/,
    ),
  });
});

test("no network, for npm or for pip", () => {
  expect(setup({ npm_config_registry: NOWHERE, npm_config_cache: join(root, "cache") })).toEqual({
    status: 1,
    left: [],
    err: expect.stringMatching(
      /^tfjs-node could not be downloaded, since the registry does not answer: check the network.* Nothing was changed\.$/,
    ),
  });
  expect(setup({ PIP_INDEX_URL: NOWHERE, PIP_FIND_LINKS: "", PIP_RETRIES: "1" })).toEqual({
    status: 1,
    left: [],
    err: expect.stringMatching(
      /^TensorFlow's libraries could not be downloaded: the package index cannot be reached; .*\. Nothing was changed\.$/,
    ),
  });
});

test("a wheel with another sha256", () => {
  const wheels = mkdtempSync(join(root, "wheels-"));
  const arm = process.arch === "arm64";
  writeFileSync(
    join(
      wheels,
      `tensorflow_cpu${arm ? "_aws" : ""}-2.15.1-cp311-cp311-manylinux2014_${arm ? "aarch64" : "x86_64"}.whl`,
    ),
    "no wheel",
  );
  expect(setup({ PIP_NO_INDEX: "1", PIP_FIND_LINKS: wheels })).toEqual({
    status: 1,
    left: [],
    err: expect.stringMatching(
      /a file is not the one that was meant, its sha256 differs.* Nothing was changed\.$/,
    ),
  });
});

/** Starts it and sends the signal when the download has begun. */
async function interrupt(signal: NodeJS.Signals): Promise<string> {
  const child = spawn(process.execPath, [bin, "setup", "native"], { env: env({}), detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += String(chunk);
      if (/TensorFlow's libraries/.test(said))
      // with all that it started, or they go on writing
      {
        process.kill(signal === "SIGKILL" ? -child.pid! : child.pid!, signal);
      }
    });
  }
  await new Promise((done) => child.on("close", done));
  return said;
}

test("stopped half-way it cleans up; killed half-way, the next run does", async () => {
  expect(await interrupt("SIGTERM")).toMatch(/It was stopped\. Nothing was changed\.\s*$/);
  expect(readdirSync(local)).toEqual([]);
  await interrupt("SIGKILL");
  expect(readdirSync(local)).toEqual([expect.stringMatching(/^native\.part-\d+$/)]);
  expect(
    setup({ npm_config_registry: NOWHERE, npm_config_cache: join(root, "cache") }).left,
  ).toEqual([]);
});

/**
 * A package whose install script brings the binding that was built on this machine, or ends with a
 * code.
 */
async function prebuilt(script: string, answers = true): Promise<{ came: boolean; lib: boolean }> {
  const folder = mkdtempSync(join(root, "prebuilt-"));
  const pkg = join(folder, "node_modules", "@tensorflow", "tfjs-node");
  const made = join(paths(courseRoot()).local, "native");
  mkdirSync(pkg, { recursive: true });
  symlinkSync(join(made, "node_modules", "@tensorflow", "tfjs-node", "dist"), join(pkg, "dist"));
  writeFileSync(join(folder, "installed.json"), readFileSync(join(made, "installed.json")));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({
      name: "x",
      version: "1.0.0",
      dependencies: { "@tensorflow/tfjs-node": "1.0.0" },
    }),
  );
  const server = createServer((_, response) => {
    response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = answers ? `http://127.0.0.1:${(server.address() as AddressInfo).port}/` : NOWHERE;
  writeFileSync(
    join(pkg, "package.json"),
    JSON.stringify({
      name: "@tensorflow/tfjs-node",
      version: "1.0.0",
      binary: { host },
      scripts: { install: "node install.js" },
    }),
  );
  writeFileSync(
    join(pkg, "install.js"),
    "const made = " +
      `${JSON.stringify(join(made, "node_modules", "@tensorflow", "tfjs-node", "lib"))};\n${script}`,
  );
  try {
    return {
      came: await fetchPrebuilt("native", folder, new AbortController().signal),
      lib: existsSync(join(pkg, "lib")),
    };
  } finally {
    server.close();
  }
}

test("npm's own binary is used where it comes and works", async () => {
  expect(await prebuilt('require("fs").symlinkSync(made, "lib");')).toEqual({
    came: true,
    lib: true,
  });
  expect(await prebuilt('require("fs").mkdirSync("lib"); process.exit(1);')).toEqual({
    came: false,
    lib: false,
  });
  expect(
    await prebuilt(
      'require("fs").mkdirSync("lib/napi-v8", { recursive: true }); ' +
        'require("fs").writeFileSync("lib/napi-v8/tfjs_binding.node", "");',
    ),
  ).toEqual({ came: false, lib: false });
  expect(await prebuilt('require("fs").symlinkSync(made, "lib");', false)).toEqual({
    came: false,
    lib: false,
  });
});

test("what is there and works stays, with no network", () => {
  const { status, stdout } = spawnSync(process.execPath, [bin, "setup", "native"], {
    env: { ...env({ npm_config_registry: NOWHERE }), COURSE_ROOT: courseRoot() },
    encoding: "utf8",
  });
  expect({ status, out: stdout.trim() }).toEqual({
    status: 0,
    out: expect.stringMatching(/is set up already: TensorFlow 2\.\d+\.\d+\.$/),
  });
});
