/** Processes that install into one folder take turns. Node built-ins only. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Who holds a turn for longer than this has hung: 1 h, in ms. */
const LONGEST = 3_600_000;

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (e) {
    return e.code === "EPERM";
  }
}

/** Takes the turn; false where another process that still runs has it. */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (e) {
    if (e.code !== "EEXIST") throw e;
  }
  try {
    const isStale = Date.now() - statSync(file).mtimeMs > LONGEST;
    if (isStale || !isRunning(Number(readFileSync(file, "utf8")))) rmSync(file);
  } catch (e) {
    if (e.code !== "ENOENT") throw e; // given back in the meantime
  }
  return false;
}

/**
 * Runs `install` once no other process installs into the folder; says so where it has to wait. The
 * file beside the folder that ends in .turn holds the number of the process that is at work; one
 * that has been killed holds nobody up.
 * @param what its name in the message
 */
export async function inTurn(folder, what, install) {
  const file = `${folder}.turn`;
  mkdirSync(dirname(file), { recursive: true });
  if (!take(file)) {
    await sleep(200); // one that was killed is gone by now
    if (!take(file)) {
      console.log(`${what}: another process installs it here; waiting until it is done …`);
      while (!take(file)) await sleep(200);
    }
  }
  try {
    return await install();
  } finally {
    rmSync(file, { force: true });
  }
}
