/** Errors of one sentence and child processes with progress, for all commands. Node built-ins only. */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, statfsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** The folders of our own packages that are compiled; none in a release. */
export const workspaces = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
).workspaces.filter((folder) => existsSync(join(root, folder, "src")));
export const windows = process.platform === "win32";

/** Whether this folder is what students get: nothing is compiled or built in it. */
export const released = existsSync(join(root, "release.json"));

/**
 * Whether this user may not change the course's folder, as where one installation serves a class:
 * then nothing is installed, compiled or built here, and what is written goes to COURSE_PERSONAL.
 */
export function readOnly() {
  try {
    accessSync(root, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

/** An error whose message is one plain sentence with the remedy; shown without a stack. */
export class Sentence extends Error {}

/** The text of an error for a person; an unforeseen one shows its stack. */
function textOf(e) {
  if (e.code === "ENOSPC") return reason("something", "ENOSPC");
  const foreseen = e instanceof Sentence || e.constructor === Error;
  return foreseen && !process.env.COURSE_DEBUG ? e.message : e;
}

/**
 * Runs a command's main function; an error ends it with code 1, and only an unforeseen one (a
 * TypeError, say) shows its stack.
 */
export async function main(f) {
  try {
    process.exitCode = (await f()) ?? 0;
  } catch (e) {
    console.error(textOf(e));
    process.exitCode = 1;
  }
}

const REASONS = [
  [
    /CERTIFICATE_VERIFY_FAILED|self[- ]signed certificate|UNABLE_TO_(GET|VERIFY)/i,
    (what) =>
      `${what} could not be downloaded, since a proxy on the way uses a certificate that is ` +
      "not known here: set NODE_EXTRA_CA_CERTS and PIP_CERT to its file, then start again.",
  ],
  [
    /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH)|getaddrinfo|NewConnectionError|ConnectTimeout|ReadTimeout|Could not (resolve|connect)|Failed to establish|name resolution|E50\d|50\d (Bad|Service|Gateway)|ProxyError/i,
    (what) =>
      `${what} could not be downloaded, since the registry does not answer: ` +
      "check the network (and the proxy, if there is one), then start again.",
  ],
  [
    /EACCES|EPERM|EROFS|Permission denied|Read-only file system/i,
    (what) => `${what} could not be written: the course's folder must be writable for this user.`,
  ],
  [
    /EUSAGE|can only install .* when your package\.json and package-lock/i,
    () =>
      "package-lock.json does not fit package.json: " +
      "fetch the course again, or run npm install if you changed it.",
  ],
  [
    /No matching distribution|E404|ETARGET/i,
    (what) =>
      `The registry does not have what ${what} needs: ` +
      "try again later, or check which registry npm and pip are set to use.",
  ],
];

/** A program may fail on a full disk and not say so. */
function diskIsFull() {
  const { bavail, bsize } = statfsSync(
    existsSync(join(root, ".local")) ? join(root, ".local") : root,
  );
  return bavail * bsize < 20e6;
}

const isFull = (output) => /ENOSPC|No space left|not enough space/i.test(output) || diskIsFull();

const knownReason = (output) => REASONS.find(([pattern]) => pattern.test(output));

/** Why an installation failed, as one sentence, found by what it printed. */
export function reason(what, output) {
  if (isFull(output)) {
    return `The disk is full: free about 1 GB, then start again (${what} could not be installed).`;
  }
  const known = knownReason(output);
  return known ? known[1](what) : `${what} could not be installed; the lines above say why.`;
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs a child process until it ends or the signal aborts it; gives its exit code (127 when it
 * cannot be started) and all that it printed.
 */
export function run(
  command,
  args,
  { cwd = root, env = process.env, inherit = false, onOutput, signal } = {},
) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env,
      signal,
      stdio: ["ignore", inherit ? "inherit" : "pipe", inherit ? "inherit" : "pipe"],
      windowsHide: true,
    });
    let output = "";
    const take = (chunk) => {
      output += chunk;
      onOutput?.(String(chunk));
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("error", (e) => done({ code: 127, output: `${output}${e.message}\n` }));
    child.on("close", (code, signal) => done({ code: code ?? (signal ? 130 : 1), output }));
  });
}

/**
 * Runs a child behind one line that shows what is going on and for how long; its output appears
 * only when it fails, and where `quiet` only when `reason` doesn't say why.
 */
export async function step(what, command, args, options = {}) {
  const start = Date.now();
  const terminal = process.stdout.isTTY;
  let last = "";
  const show = () =>
    process.stdout.write(
      `\r\x1b[2K${`${what} … ${Math.round((Date.now() - start) / 1000)} s  ${last}`.slice(0, (process.stdout.columns ?? 80) - 1)}`,
    );
  if (!terminal) console.log(`${what} …`);
  const ticker = setInterval(
    terminal ? show : () => console.log(`  ${seconds(start)}: ${last}`),
    terminal ? 250 : 15_000,
  );
  const onOutput = (text) => {
    last =
      text
        .trim()
        .split("\n")
        .at(-1)
        .replace(/[^\x20-\x7e]/g, "")
        .slice(0, 100) || last;
  };
  const result = await run(command, args, { ...options, onOutput });
  clearInterval(ticker);
  if (terminal) process.stdout.write("\r\x1b[2K");
  console.log(`${what}: ${result.code === 0 ? "done" : "failed"} after ${seconds(start)}`);
  const isExplained = options.quiet && (isFull(result.output) || knownReason(result.output));
  if (result.code !== 0 && !isExplained) {
    console.error(result.output.trim().split("\n").slice(-30).join("\n"));
  }
  return result;
}

/** What a short command prints, or undefined when it is not there or fails. */
export function answer(command, args) {
  const { status, error, stdout } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    windowsHide: true,
  });
  return error || status !== 0 ? undefined : stdout.trim();
}

/**
 * The command line that starts npm. Through node where possible: on Windows npm is a script that
 * only a shell can start.
 */
export function npm() {
  const own = process.env.npm_execpath ?? "";
  const beside = join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js");
  const scripts = [basename(own) === "npm-cli.js" ? own : "", beside];
  const script = scripts.find((file) => file !== "" && existsSync(file));
  if (script) return [process.execPath, script];
  if (!windows && answer("npm", ["--version"])) return ["npm"];
  throw new Sentence(
    "npm is missing: install Node.js 20.19 or newer together with npm (https://nodejs.org), " +
      "then start again.",
  );
}
