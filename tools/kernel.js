/**
 * The course's kernel: prepares this process, then starts the project's own tslab in it.
 * Jupyter calls `node tools/kernel.js CONNECTION_FILE` (tools/jupyter/kernels/tslab/kernel.json) in the notebook's folder.
 *
 * What it adds to plain tslab, without a change in node_modules: strict type checking, and names of earlier cells in objects and
 * patterns (kernel/typescript.js), fast top-level variables and positions in cells (kernel/cells.js), errors as Jupyter errors
 * (kernel/errors.js), output that neither gets lost nor floods (kernel/stream.js, kernel/session.js), a link to `course`
 * (kernel/host.js), and an end when the server ends (kernel/parent.js). Not mended: a cell that throws loses its declarations.
 */
import { relative, isAbsolute } from "node:path";
import { courseModule, root, tslab } from "./kernel/modules.js";
import { endWithParent } from "./kernel/parent.js";
import { strictTypeScript } from "./kernel/typescript.js";
import { nameCells } from "./kernel/cells.js";
import { jupyterErrors } from "./kernel/session.js";
import { openHost } from "./kernel/host.js";

/** Picks the device before the first cell. What goes wrong is told by the cells, since a kernel that ends tells a student nothing. */
async function prepare() {
  try {
    await courseModule().chooseDevice();
    return undefined;
  } catch (e) {
    return e.code === "MODULE_NOT_FOUND" ? new Error("the course is not built: stop it and run npm start", { cause: e }) : e;
  }
}

endWithParent();

// A notebook that was copied out of the course still finds its packages.
const inside = relative(root, process.cwd());
if (inside.startsWith("..") || isAbsolute(inside)) process.chdir(root);
process.env.COURSE_ROOT ??= root;

strictTypeScript(); // before tslab loads TypeScript
nameCells();
openHost();
jupyterErrors(await prepare());
tslab("main").startKernel({ configPath: process.argv[2], enableFindLocal: false, jsKernel: false, globalVersion: "" });
