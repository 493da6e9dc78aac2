/**
 * The course's kernel. Jupyter calls `node engine/kernel/node/main.js CONNECTION_FILE`
 * (engine/kernel/jupyter/kernels/tslab/kernel.json) in the notebook's folder.
 *
 * Jupyter's protocol is tslab's server (kernel/server.js). What a cell means, and what a kernel does
 * with it, is the package `cells`, which a browser uses too; kernel/session.js gives it Node: modules
 * and types from the disk (kernel/require.js, kernel/files.js), the stop button (kernel/machine.js),
 * which frames of an error are shown (kernel/frames.js), which cell to run for a missing name
 * (kernel/notebook.js), what nbgrader expects (kernel/nbgrader.js). A kernel watches no files. It
 * ends with its server (kernel/parent.js), and if it dies otherwise, the next one says so
 * (kernel/diary.js).
 */
import { isAbsolute, relative } from "node:path";
import { setFlagsFromString } from "node:v8";
import { openDiary } from "./diary.js";
import { cellsModule, courseModule, root } from "./modules.js";
import { endWithParent } from "./parent.js";
import { createServer } from "./server.js";
import { createSession, refusingSession } from "./session.js";

/**
 * Picks the device before the first cell. What goes wrong is told by the cells: a kernel that ends
 * tells a student nothing.
 */
async function prepare() {
  try {
    cellsModule();
    await courseModule().chooseDevice();
    return undefined;
  } catch (e) {
    if (e.code !== "MODULE_NOT_FOUND") return e;
    return new Error("the course is not built: stop it and run npm start", { cause: e });
  }
}

// V8 would let garbage grow to as much as is in use or more before it collects; a class's server
// holds many kernels. A fifth less memory costs 7 % more time in lessons full of JavaScript.
setFlagsFromString("--heap-growing-percent=25");

endWithParent();

const folder = process.cwd();
process.env.COURSE_ROOT ??= root;
const isOutside = (home) => {
  const way = relative(home, folder);
  return way.startsWith("..") || isAbsolute(way);
};
// A notebook that was copied out of the course still finds its packages.
if ([root, process.env.COURSE_ROOT].every(isOutside)) process.chdir(root);

const [connectionFile] = process.argv.slice(2);
const diary = openDiary(connectionFile);
const problem = await prepare();
const session = problem ? refusingSession(problem, diary) : createSession(diary, folder);
await createServer(session, connectionFile).init();
