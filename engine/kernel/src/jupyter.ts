/**
 * Jupyter inside the project: which Python runs it, and an environment that keeps it from reading
 * or writing the home folder.
 */
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { paths } from "grader/files";

/** The Python that runs JupyterLab, which is installed first if it is missing. */
export async function findJupyter(): Promise<string> {
  // plain JavaScript: it also runs before anything is compiled
  const installer = new URL("../../install/venv.mjs", import.meta.url);
  const { jupyterPython } = (await import(installer.href)) as { jupyterPython(): Promise<string> };
  return jupyterPython();
}

/**
 * The environment variables for a Jupyter program: the course's kernel and settings come from
 * engine/lab/jupyter, everything else is in .local/jupyter, or in the
 * personal folder of a read-only course.
 */
export function jupyterEnv(root: string, python: string): NodeJS.ProcessEnv {
  const written = (...names: string[]) => join(paths(root).written, "jupyter", ...names);
  // it is called "Path" on Windows
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const folders = [
    ...(isAbsolute(python) ? [dirname(python)] : []),
    dirname(process.execPath),
    process.env[pathName] ?? "",
  ];
  return {
    ...process.env,
    [pathName]: folders.join(delimiter),
    COURSE_ROOT: root,
    COURSE_PERSONAL: paths(root).personal,
    JUPYTER_PATH: ["kernel", "lab"]
      .map((name) => join(root, "engine", name, "jupyter"))
      .join(delimiter),
    JUPYTER_CONFIG_PATH: join(root, "engine", "lab", "jupyter", "config"),
    JUPYTER_CONFIG_DIR: written("config"),
    JUPYTER_DATA_DIR: written("data"),
    JUPYTER_RUNTIME_DIR: written("runtime"),
    IPYTHONDIR: written("ipython"),
    JUPYTERLAB_SETTINGS_DIR: written("settings"),
    JUPYTERLAB_WORKSPACES_DIR: written("workspaces"),
  };
}
