/** What the compiled tools use of venv.mjs: each installs an environment, and gives its Python. */
export function hubPython(): Promise<string>;
