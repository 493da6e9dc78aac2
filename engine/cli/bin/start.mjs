/**
 * npm start [LESSON] [--private FOLDER]: installs what is missing, then opens the course in
 * JupyterLab, with an instructor's lessons where a folder of them is named.
 */
import { parseArgs } from "node:util";
import { bootstrap, buildNotebooks, installed } from "./bootstrap.mjs";
import { answer, main, readOnly, released, root, Sentence } from "../../install/run.mjs";
import { jupyterPython } from "../../install/venv.mjs";

function readArguments() {
  const options = released ? {} : { private: { type: "string" } };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { ...values, lesson: positionals[0] };
  } catch (e) {
    const usage = `npm start -- [LESSON]${released ? "" : " [--private FOLDER]"}`;
    const [problem] = e.message.split(/\.\s/);
    throw new Sentence(`npm start: ${lowerFirst(problem)}; expected ${usage}.`);
  }
}

const lowerFirst = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** The course with the private lessons of a folder; processes that this one starts use it, too. */
async function rootWithPrivate(folder) {
  const { withPrivate } = await import("../../builder/dist/private/private.js");
  return (process.env.COURSE_ROOT = withPrivate(root, folder));
}

/** Whether somebody edits lessons or solutions here, so that notebooks have to be built. */
const hasEdits = () =>
  !released && Boolean(answer("git", ["status", "--porcelain", "lessons-src", "solutions/src"]));

await main(async () => {
  const { lesson, private: folder } = readArguments();
  await bootstrap({ everything: folder !== undefined || hasEdits() });
  const at = folder === undefined ? root : await rootWithPrivate(folder);
  // a student's notebooks are the committed ones; an author's lesson may be unfinished
  if (at !== root || (!readOnly() && !released && installed({ everything: true }))) {
    await buildNotebooks().catch((e) => console.error(`${e.message} Going on with the last ones.`));
  }
  const python = await jupyterPython();
  const { start } = await import("../dist/start/start.js");
  return start(at, python, lesson);
});
