/**
 * From the words of the command line to files: each is a notebook to read or one line that says why
 * not.
 */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";

export interface Input {
  /** As shown in reports: the path from the folder that was named. */
  file: string;
  /** Unique in the batch and safe as a file's name. */
  id: string;
  path: string;
  /** Why it cannot be read. */
  error?: string;
}

/** A notebook with its pictures; what is larger was never meant to be read. */
const LARGEST = 20 << 20;

const message = (e: unknown) => {
  const { code, message: text } = e as NodeJS.ErrnoException;
  if (code === "ENOENT") return "does not exist";
  return code === "EACCES" ? "may not be read by this user" : text;
};

/**
 * Files under a folder, hidden ones and Jupyter's checkpoints left out; links are named, never
 * followed.
 */
function walk(folder: string, prefix: string): Omit<Input, "id">[] {
  const found: Omit<Input, "id">[] = [];
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    const file = prefix + entry.name;
    const skip = (error: string) => found.push({ file, path, error });
    if (entry.isSymbolicLink()) {
      skip("is a link; links in a folder of submissions are not followed");
    } else if (entry.isDirectory()) {
      try {
        found.push(...walk(path, `${file}/`));
      } catch (e) {
        skip(message(e));
      }
    } else if (!entry.isFile()) skip("is no ordinary file");
    else if (extname(entry.name).toLowerCase() !== ".ipynb") skip("is not a notebook (.ipynb)");
    else found.push({ file, path });
  }
  return found;
}

function expand(word: string): Omit<Input, "id">[] {
  try {
    if (!statSync(word).isDirectory()) return [{ file: basename(word), path: word }];
    const found = walk(word, "");
    return found.length > 0 ? found : [{ file: word, path: word, error: "holds no notebook" }];
  } catch (e) {
    return [{ file: word, path: word, error: message(e) }];
  }
}

export function collectInputs(words: string[]): Input[] {
  const taken = new Set<string>();
  return words.flatMap(expand).map((input) => {
    const plain =
      input.file
        .replace(/\.ipynb$/i, "")
        .replace(/[^\p{L}\p{N}._-]+/gu, "-")
        .replace(/^[.-]+/, "")
        .slice(0, 100) || "submission";
    let id = plain;
    for (let n = 2; taken.has(id.toLowerCase()); n++) id = `${plain}-${n}`;
    taken.add(id.toLowerCase());
    return { ...input, id };
  });
}

/** @throws with what is wrong, as the end of a sentence about the file */
export function readInput({ path, error }: Input): Buffer {
  if (error !== undefined) throw new Error(error);
  const info = lstatSync(path).isSymbolicLink() ? statSync(path) : lstatSync(path);
  if (!info.isFile()) throw new Error("is no ordinary file");
  if (info.size > LARGEST) {
    throw new Error(
      `is ${Math.round(info.size / (1 << 20))} MB large, more than the ` +
        `${LARGEST / (1 << 20)} MB that a notebook may have`,
    );
  }
  try {
    return readFileSync(path);
  } catch (e) {
    throw new Error(message(e), { cause: e });
  }
}
