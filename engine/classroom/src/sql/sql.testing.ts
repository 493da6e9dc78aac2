/** A PostgreSQL of its own for tests: in a folder, on a socket, gone afterward. */
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "grader/files";

/** Debian keeps them apart by version, and off the PATH. */
const DEBIAN = "/usr/lib/postgresql";

function programs(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort() : [];
  const folder = versions.map((v) => join(DEBIAN, v, "bin")).findLast((f) => existsSync(f));
  return folder ?? "";
}

/** PostgreSQL refuses to run as root; Debian's package makes this user. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) =>
    Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

export interface Server {
  url: string;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "course-postgres-"));
  const user = unprivileged();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!);
  const data = join(folder, "data");
  const options = { ...user, cwd: folder, encoding: "utf8" as const };
  const init = ["-D", data, "-U", "course", "-A", "trust", "--no-sync", "-E", "UTF8"];
  const made = spawnSync(join(programs(), "initdb"), init, options);
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const args = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-F"];
  const server = spawn(join(programs(), "postgres"), args, { ...user, cwd: folder });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr.on("data", (text: Buffer) => {
      said += text;
      if (said.includes("ready to accept connections")) resolve();
    });
    void ended.then(() => reject(new Error(`postgres ended: ${said}`)));
  });
  const stop = async () => {
    server.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `postgres://course@127.0.0.1:${port}/postgres`, stop };
}
