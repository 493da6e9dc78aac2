/** npm start [LESSON]: installs what is missing, then opens the course in JupyterLab. */
import { bootstrap, buildNotebooks } from "./bootstrap.mjs";
import { main, readOnly, released, root } from "./run.mjs";
import { jupyterPython } from "./venv.mjs";

await main(async () => {
  await bootstrap();
  if (!readOnly() && !released) {
    // an author's unfinished lesson
    await buildNotebooks().catch((e) => console.error(`${e.message} Going on with the last ones.`));
  }
  const python = await jupyterPython();
  const { start } = await import("../dist/lab/start.js");
  return start(root, python, process.argv[2]);
});
