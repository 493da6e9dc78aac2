/** What the compiled tools use of venv.mjs. */

/** Installs JupyterHub where it is missing, and gives its Python. */
export function hubPython(): Promise<string>;
/** Whether all users of this machine can reach a file. */
export function isPublic(file: string): boolean;
