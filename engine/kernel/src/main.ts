/**
 * The course's kernel in Node, which engine/kernel/launch.mjs starts in the notebook's folder.
 *
 * Jupyter's protocol is tslab's server (server.ts). What a cell means, and what a kernel does with
 * it, is the package `cells`, which the kernel in a browser uses too; session.ts and host.ts give it
 * Node: modules and types from the disk, the stop button, the notebook's file. A kernel watches no
 * files. It ends with its server, and if it dies otherwise, the next one says so (lifecycle.ts).
 */
import { isAbsolute, relative } from "node:path";
import { setFlagsFromString } from "node:v8";
import { endWithParent, openCrashRecord } from "./lifecycle.js";
import { loadCourse, root } from "./modules.js";

/**
 * @param connectionFile where Jupyter says on which ports the kernel listens
 * @throws where no cell could run, such as on a device that is not there
 */
export async function runKernel(connectionFile: string): Promise<void> {
  // V8 would let garbage grow to as much as is in use or more before it collects; a class's server
  // holds many kernels. A fifth less memory costs 7 % more time in lessons full of JavaScript.
  setFlagsFromString("--heap-growing-percent=25");
  endWithParent();

  const folder = process.cwd();
  process.env.COURSE_ROOT ??= root;
  // a notebook that was copied out of the course still finds its packages
  if (isOutside(folder, root) && isOutside(folder, process.env.COURSE_ROOT)) process.chdir(root);

  const crashRecord = openCrashRecord(connectionFile);
  // only now, since they load TypeScript
  const [{ createServer }, { createNodeSession }] = await Promise.all([
    import("./server.js"),
    import("./session.js"),
  ]);
  await loadCourse().chooseDevice();
  const session = createNodeSession(crashRecord, folder);
  await createServer(session, connectionFile).init();
}

function isOutside(folder: string, parent: string): boolean {
  const path = relative(parent, folder);
  return path.startsWith("..") || isAbsolute(path);
}
