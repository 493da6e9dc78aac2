// needs: hub chromium
// level: all
/**
 * deploy/jupyterhub_config.py as a release holds it, in a real JupyterHub: two students side by side,
 * who find no solution, and a launch from a learning platform by LTI 1.3. Where other users of the machine can't reach the
 * course's folder, as in a home folder, students' servers keep our user, and the test says so.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, readManifest } from "grader/files";
import { sourceOf, type Notebook } from "grader/merge";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPublic } from "../../../install/venv.mjs";
import { type ExerciseCell, readLessons } from "builder";
import { chromiumFlags, findChromium } from "builder/chromium";
import { releaseCommand } from "../release/release";

const source = join(import.meta.dirname, "..", "..", "..", "..");
const isolated = isPublic(source);
const home = mkdtempSync(join(tmpdir(), "course-hub-release-"));
/** The release from which the hub runs. */
const root = join(home, "course");

/** What npm ci and npx course setup hub make: links to the packages and installations of the course. */
function linkInstallations(): void {
  for (const folder of ["node_modules", ".local"]) mkdirSync(join(root, folder));
  for (const name of readdirSync(join(source, "node_modules"))) {
    const path = join(source, "node_modules", name);
    const own = relative(source, realpathSync(path)); // a release has the course's own packages
    const target = own.startsWith("node_modules") ? path : join(root, own);
    symlinkSync(target, join(root, "node_modules", name));
  }
  for (const name of ["hub", "hub-proxy"]) {
    symlinkSync(join(source, ".local", name), join(root, ".local", name));
  }
}

beforeAll(async () => {
  chmodSync(home, 0o755);
  await releaseCommand(source, root, { lessons: "00" });
  linkInstallations();
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const PASSWORD = "a password for all";

interface Hub {
  url: string;
  data: string;
  log(): string;
  stop(): Promise<void>;
}

/** Starts the hub with the shipped configuration, on ports and in a folder of its own. */
async function startHub(settings: NodeJS.ProcessEnv): Promise<Hub> {
  const data = mkdtempSync(join(tmpdir(), "course-hub-"));
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const url = `http://127.0.0.1:${ports[0]}`;
  const config = join(data, "config.py");
  const shipped = join(root, "deploy", "jupyterhub_config.py");
  writeFileSync(
    config,
    [
      `load_subconfig(${JSON.stringify(shipped)})`,
      "c = get_config()",
      `c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${ports[1]}"`,
      `c.JupyterHub.hub_port = ${ports[2]}`,
      'c.Spawner.args = ["--LabApp.expose_app_in_browser=True"]',
      ...(isolated ? [] : ["c.StudentSpawner.become_student = False"]),
    ].join("\n"),
  );
  const python = join(root, ".local", "hub", "bin", "python3");
  const child = spawn(python, ["-m", "jupyterhub", "-f", config], {
    cwd: root,
    env: { ...process.env, COURSE_HUB_DATA: data, COURSE_HUB_URL: url, ...settings },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  while (!text.includes("JupyterHub is now running")) {
    if (child.exitCode !== null) throw new Error(`The hub ended:\n${text}`);
    await sleep(100);
  }
  return { url, data, log: () => text, stop: () => stop(child, data) };
}

async function stop(child: ChildProcess, data: string): Promise<void> {
  child.kill();
  await once(child, "close");
  rmSync(data, { recursive: true, force: true });
}

/** What the tests use of JupyterLab's own application. */
interface App {
  serviceManager: {
    kernels: {
      startNew(options: object): Promise<{
        id: string;
        requestExecute(content: object): {
          done: Promise<{ content: { status: string; evalue?: string } }>;
          onIOPub: (message: { content: { text?: string; data?: Record<string, string> } }) => void;
        };
      }>;
    };
  };
}

/** Signs in, waits for the lab, and starts a kernel. */
async function openLab(page: Page, { url }: Hub, name: string): Promise<void> {
  await page.goto(url);
  await page.fill("#username_input", name);
  await page.fill("#password_input", PASSWORD);
  await page.click("#login_submit");
  await page.waitForURL(/\/user\/.*\/lab/, { timeout: 120_000 });
  await page.locator(".course-home, .jp-Launcher").first().waitFor();
}

/** Runs code in a new kernel of this page's student. @returns all that it showed, or its error */
const runCells = (page: Page, cells: string[]) =>
  page.evaluate(async (codes) => {
    const app = (globalThis as unknown as { jupyterapp: App }).jupyterapp;
    const kernel = await app.serviceManager.kernels.startNew({ name: "tslab" });
    const outputs: string[] = [];
    for (const code of codes) {
      let text = "";
      const future = kernel.requestExecute({ code });
      future.onIOPub = ({ content }) => {
        text += content.text ?? content.data?.["text/plain"] ?? "";
      };
      const { content } = await future.done;
      outputs.push(content.status === "ok" ? text.trim() : `error: ${content.evalue}`);
    }
    return outputs;
  }, cells);

interface Role {
  role: string;
}
const lesson = readManifest(source).lessons[0]!;
const exercise = lesson.exercises[0]!;

describe("two students", () => {
  let hub: Hub;
  let browser: Browser;
  const pages: Record<string, Page> = {};
  beforeAll(async () => {
    if (!isolated) {
      console.warn(
        `${root} can't be entered by other users of this machine: that students' servers run as ` +
          "users of their own is NOT tested here.",
      );
    }
    hub = await startHub({ COURSE_HUB_AUTH: "password", COURSE_HUB_PASSWORD: PASSWORD });
    browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
    for (const name of ["alice", "bob"]) {
      pages[name] = await (await browser.newContext()).newPage();
      await openLab(pages[name], hub, name);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  const folder = (name: string) => join(hub.data, "students", name, "foundation-models");

  /** The cell of imports of a student's notebook. */
  const setupOf = (name: string) => {
    const file = join(folder(name), `${lesson.id}.ipynb`);
    const { cells } = JSON.parse(readFileSync(file, "utf8")) as Notebook;
    return sourceOf(cells.find(({ metadata }) => (metadata.course as Role)?.role === "setup")!);
  };

  test("each has copies of the notebooks, in a folder of their own", () => {
    for (const name of ["alice", "bob"]) {
      expect(readdirSync(folder(name))).toEqual(expect.arrayContaining([`${lesson.id}.ipynb`]));
      expect(statSync(join(hub.data, "students", name)).mode & 0o777).toBe(0o700);
    }
    const owners = ["alice", "bob"].map((name) => statSync(folder(name)).uid);
    if (isolated) expect(new Set([...owners, 0]).size).toBe(3);
  });

  test("cells run, a check passes, and progress is one's own", async () => {
    const { name } = exercise;
    const cells = readLessons(source)[0]!.cells;
    const answer = cells.find((cell) => cell.kind === "exercise" && cell.name === name)!;
    const code = [setupOf("alice"), (answer as ExerciseCell).solution, `await check(${name})`];
    const [, , passed] = await runCells(pages.alice!, code);
    expect(passed).toContain(`${exercise.name}: all `);
    const kept = JSON.parse(readFileSync(join(folder("alice"), "progress.json"), "utf8")) as object;
    expect(JSON.stringify(kept)).toContain(exercise.name);
    expect(readdirSync(folder("bob"))).not.toContain("progress.json");
  });

  test("a kernel takes less than 300 MB after the cell of imports", async () => {
    const cell = setupOf("bob");
    const [output, mb] = await runCells(pages.bob!, [cell, "process.memoryUsage().rss / 1e6"]);
    expect(output).not.toContain("error");
    console.log(`a kernel after the cell of imports: ${Math.round(Number(mb))} MB`);
    expect(Number(mb)).toBeGreaterThan(50);
    expect(Number(mb)).toBeLessThan(300);
  });

  test("a student's code reaches neither the course, nor the hub, nor another student", async () => {
    const tries = [
      'import { readdirSync, readFileSync, writeFileSync } from "node:fs"; 1;',
      `readdirSync(${JSON.stringify(folder("bob"))})`,
      `readFileSync(${JSON.stringify(join(hub.data, "hub", "jupyterhub.sqlite"))})`,
      `writeFileSync(${JSON.stringify(join(root, "package.json"))} + ".new", "")`,
      `readdirSync(${JSON.stringify(join(hub.data, "students"))})`,
      "process.setuid!(0)",
    ];
    if (!isolated) return;
    const [first, ...others] = await runCells(pages.alice!, tries);
    expect(first).not.toContain("error");
    for (const output of others) expect(output).toMatch(/EACCES|EPERM/);
  });

  test("a student finds no solution", async () => {
    const { name } = exercise;
    const namedLike = (ending: string) =>
      `readdirSync(${JSON.stringify(root)}, { recursive: true }).map(String)` +
      `.filter((path: string) => /^(?!node_modules).*[\\/]${name}\\.${ending}$/.test(path)).length`;
    const [tried, shown, , sources, checks] = await runCells(pages.alice!, [
      `import * as solutions from "solutions"; solutions.${name}`,
      `import { showSolution } from "course"; showSolution("${name}");`,
      'import { readdirSync } from "node:fs";',
      namedLike("(ts|js)"),
      namedLike("check\\.gz"),
    ]);
    expect(tried).toContain(`${name} is not part of this release`);
    expect(shown).toContain(`The instructor has not published the solution of ${name}.`);
    expect([sources, checks]).toEqual(["0", "1"]); // a check is data
  });

  test("nobody signs in to another's server", async () => {
    const response = await pages.alice!.goto(`${hub.url}/user/bob/lab`);
    expect(response!.status()).toBe(403);
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(`${hub.url}/user/bob/lab`);
    expect(stranger.url()).toContain("/hub/login");
  });
});

test("the hub refuses to run where students could read the solutions", () => {
  const config = join(source, "deploy", "jupyterhub_config.py");
  const python = join(source, ".local", "hub", "bin", "python3");
  const { status, stderr } = spawnSync(python, ["-m", "jupyterhub", "-f", config], {
    cwd: source,
    env: { ...process.env, COURSE_HUB_AUTH: "password", COURSE_HUB_PASSWORD: PASSWORD },
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`Students could read the solutions in ${source}`);
});

/** A learning platform, as far as a launch goes: its keys, and tokens that it signs. */
async function startPlatform() {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...keys.publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" };
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { issuer, key: keys.privateKey, close: () => server.close() };
}

const CLAIM = "https://purl.imsglobal.org/spec/lti/claim/";
const CLIENT = "course-client";
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The token of a student's launch. */
function idToken(issuer: string, key: KeyObject, claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: issuer,
    aud: CLIENT,
    sub: "student-7",
    iat: now,
    exp: now + 60,
    [`${CLAIM}message_type`]: "LtiResourceLinkRequest",
    [`${CLAIM}version`]: "1.3.0",
    [`${CLAIM}deployment_id`]: "1",
    [`${CLAIM}target_link_uri`]: "http://127.0.0.1/hub",
    [`${CLAIM}resource_link`]: { id: "lesson-06" },
    [`${CLAIM}roles`]: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
    ...claims,
  };
  const text = `${encoded({ alg: "RS256", typ: "JWT", kid: "1" })}.${encoded(payload)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

describe("a launch by LTI 1.3", () => {
  let hub: Hub;
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  beforeAll(async () => {
    platform = await startPlatform();
    hub = await startHub({
      COURSE_HUB_AUTH: "lti13",
      LTI13_CLIENT_ID: CLIENT,
      LTI13_ISSUER: platform.issuer,
      LTI13_AUTHORIZE_URL: `${platform.issuer}/authorize`,
      LTI13_JWKS_URL: `${platform.issuer}/keys`,
    });
  });
  afterAll(async () => {
    await hub?.stop();
    platform?.close();
  });

  const cookiesOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((line) => line.split(";")[0]!)
      .filter((cookie) => !/=("")?$/.test(cookie))
      .join("; ");

  /** The platform sends the browser to the hub, and gets it back with a nonce and a state. */
  async function initiate() {
    const query = new URLSearchParams({
      iss: platform.issuer,
      login_hint: "7",
      target_link_uri: `${hub.url}/hub`,
      client_id: CLIENT,
    });
    const response = await fetch(`${hub.url}/hub/lti13/oauth_login?${query}`, {
      redirect: "manual",
    });
    const asked = new URL(response.headers.get("location")!);
    expect(asked.origin).toBe(platform.issuer);
    const { nonce, state } = Object.fromEntries(asked.searchParams) as Record<string, string>;
    return { nonce: nonce!, state: state!, cookie: cookiesOf(response) };
  }

  const launch = (token: string, state: string, cookie: string) =>
    fetch(`${hub.url}/hub/lti13/oauth_callback`, {
      method: "POST",
      body: new URLSearchParams({ id_token: token, state }),
      headers: { cookie },
      redirect: "manual",
    });

  test("signs the student in who the platform says it is", async () => {
    const { nonce, state, cookie } = await initiate();
    const token = idToken(platform.issuer, platform.key, { nonce });
    const response = await launch(token, state, cookie);
    expect(response.status).toBe(302);
    const home = await fetch(`${hub.url}/hub/home`, {
      headers: { cookie: cookiesOf(response) },
      redirect: "manual",
    });
    expect(home.status).toBe(200);
    expect(await home.text()).toContain("student-7");
  });

  test.each([
    ["another key", 400, {}, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey],
    ["another client", 401, { aud: "other-client" }, undefined],
    ["another platform", 400, { iss: "http://127.0.0.1:1" }, undefined],
    ["a nonce of another launch", 400, { nonce: "0".repeat(64) }, undefined],
    ["yesterday's token", 400, { exp: 1_700_000_000, iat: 1_700_000_000 - 60 }, undefined],
  ])("refuses a token of %s", async (_what, status, claims, key) => {
    const { nonce, state, cookie } = await initiate();
    const token = idToken(platform.issuer, key ?? platform.key, { nonce, ...claims });
    expect((await launch(token, state, cookie)).status).toBe(status);
  });

  test("refuses a launch that the hub did not ask for", async () => {
    const { nonce, cookie } = await initiate();
    const token = idToken(platform.issuer, platform.key, { nonce });
    expect((await launch(token, randomUUID(), cookie)).status).toBe(400);
    expect((await launch(token, "", "")).status).toBe(400);
  });
});
