/** The disk, as `cells` reads types from it. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { languageLib } from "./modules.js";

const slashes = (path) => path.replaceAll("\\", "/");
const stat = (path) => statSync(path, { throwIfNoEntry: false });

/** A file can be gone at any moment: packages may be installed beside an open notebook. */
const orElse = (otherwise, f) => {
  try {
    return f();
  } catch {
    return otherwise;
  }
};

export const diskFiles = (folder) => ({
  folder: slashes(folder),
  lib: slashes(languageLib()),
  exists: (path) => orElse(false, () => stat(path)?.isFile() ?? false),
  isFolder: (path) => orElse(false, () => stat(path)?.isDirectory() ?? false),
  read: (path) => orElse(undefined, () => readFileSync(path, "utf8")),
  version: (path) => orElse("", () => String(stat(path)?.mtimeMs)),
  realPath: (path) => orElse(path, () => slashes(realpathSync.native(path))),
});
