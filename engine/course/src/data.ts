/**
 * Reads files under data/, and checks that they are the ones listed in data/SHA256SUMS (in the
 * format of sha256sum).
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, normalize, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, openSafeTensors, paths, readSource, type FileBytes } from "grader";

function isOutside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way.startsWith("..") || isAbsolute(way);
}

/**
 * The file's place on disk.
 * @throws when it does not exist or is outside data/
 */
function locate(reader: string, path: string): string {
  const data = paths(courseRoot()).data;
  const file = join(data, String(path));
  if (typeof path !== "string" || path === "" || isAbsolute(path) || isOutside(data, file)) {
    throw new Error(
      `${reader}: expected the path of a file under data/, such as ` +
        `"text/shakespeare.txt.gz", got ${JSON.stringify(path)}`,
    );
  }
  if (!existsSync(file)) {
    throw new Error(`${reader}: there is no file data/${path}; data/README.md lists what there is`);
  }
  if (isOutside(realpathSync(data), realpathSync(file))) {
    throw new Error(`${reader}: data/${path} leads out of data/, which no lesson needs`);
  }
  return file;
}

/** The published sha256 of a file; undefined for one that isn't listed, such as a reader's own. */
function published(path: string): string | undefined {
  const list = join(paths(courseRoot()).data, "SHA256SUMS");
  if (!existsSync(list)) return undefined;
  const name = normalize(path).replaceAll("\\", "/");
  const lines = readSource(list).split("\n");
  // a line is 64 hex digits, two spaces, and the name
  return lines.find((line) => line.slice(66) === name)?.slice(0, 64);
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

function read(reader: string, path: string): Buffer {
  const bytes = readFileSync(locate(reader, path));
  const expected = published(path);
  if (expected !== undefined && sha256(bytes) !== expected) {
    throw new Error(
      `${reader}: data/${path} is damaged or was changed (its sha256 is not the published ` +
        `one); git checkout data/${path} brings it back`,
    );
  }
  if (!path.endsWith(".gz")) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (e) {
    throw new Error(
      `${reader}: data/${path} is damaged and cannot be unpacked; ` +
        `git checkout data/${path} brings it back`,
      { cause: e },
    );
  }
}

/**
 * The bytes of a file under data/, unpacked if its name ends in .gz.
 * @throws when there is no such file
 */
export const readBytes = (path: string): Uint8Array => new Uint8Array(read("readBytes", path));

/**
 * The UTF-8 text of a file under data/, unpacked if its name ends in .gz.
 * @throws when there is no such file
 */
export const readText = (path: string): string => read("readText", path).toString("utf8");

/**
 * The JSON of a file under data/, of the type that the caller says it has.
 * @throws when there is no such file, or when it isn't JSON
 */
export function readJson<T = unknown>(path: string): T {
  const text = read("readJson", path).toString("utf8");
  try {
    return JSON.parse(text) as T;
  } catch (e) {
    throw new Error(`readJson: data/${path} isn't JSON: ${(e as Error).message}`, { cause: e });
  }
}

/** A file in the safetensors format as tensors on the current device, which the caller owns. */
export function toTensorRecord(
  file: Uint8Array | FileBytes,
  name: string,
): Record<string, tf.Tensor> {
  const record: Record<string, tf.Tensor> = {};
  for (const [key, read] of openSafeTensors(file, name).tensors) {
    const { data, shape, dtype } = read();
    record[key] = tf.keep(tf.tensor(data, shape, dtype));
  }
  return record;
}

/**
 * The tensors of a safetensors file under data/, by name. The caller disposes of them.
 * @throws when there is no such file, or when it is damaged
 */
export const readTensors = (path: string): Record<string, tf.Tensor> =>
  toTensorRecord(read("readTensors", path), `data/${path}`);
