/**
 * Reads files under data/, and makes sure that they are the ones that data/SHA256SUMS (the format
 * of sha256sum) lists.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, normalize, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, readSource } from "grader";

/** The file's place on disk. @throws when it does not exist or lies outside data/ */
function locate(reader: string, path: string): string {
  const data = paths(courseRoot()).data;
  const file = join(data, String(path));
  const outside = (from: string, to: string) => {
    const way = relative(from, to);
    return way.startsWith("..") || isAbsolute(way);
  };
  if (typeof path !== "string" || path === "" || isAbsolute(path) || outside(data, file)) {
    throw new Error(
      `${reader}: expected the path of a file under data/, such as ` +
        `"text/shakespeare.txt.gz", got ${JSON.stringify(path)}`,
    );
  }
  if (!existsSync(file)) {
    throw new Error(`${reader}: there is no file data/${path}; data/README.md lists what there is`);
  }
  if (outside(realpathSync(data), realpathSync(file))) {
    throw new Error(`${reader}: data/${path} leads out of data/, which no lesson needs`);
  }
  return file;
}

/**
 * What the course published of the file; undefined for a file that it does not list, such as one of
 * the reader's own.
 */
function published(path: string): string | undefined {
  const list = join(paths(courseRoot()).data, "SHA256SUMS");
  const name = normalize(path).replaceAll("\\", "/");
  const line = existsSync(list)
    ? readSource(list)
        .split("\n")
        .find((l) => l.slice(66) === name)
    : undefined; // 64 digits, two spaces
  return line?.slice(0, 64);
}

function read(reader: string, path: string): Buffer {
  const bytes = readFileSync(locate(reader, path));
  const expected = published(path);
  if (expected !== undefined && createHash("sha256").update(bytes).digest("hex") !== expected) {
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

/** The bytes of a file under data/; what ends in .gz is unpacked. @throws when there is none */
export const readBytes = (path: string): Uint8Array => new Uint8Array(read("readBytes", path));

/**
 * The UTF-8 text of a file under data/; what ends in .gz is unpacked. @throws when there is none
 */
export const readText = (path: string): string => read("readText", path).toString("utf8");

/**
 * The JSON of a file under data/, any shape that the caller says it has. @throws when there is none
 * or it is no JSON
 */
export function readJson<T = unknown>(path: string): T {
  const text = read("readJson", path).toString("utf8");
  try {
    return JSON.parse(text) as T;
  } catch (e) {
    throw new Error(`readJson: data/${path} is no JSON: ${(e as Error).message}`, { cause: e });
  }
}

/** Bytes of the safetensors format as tensors on the current device, which the caller owns. */
export function toTensorRecord(bytes: Uint8Array, name: string): Record<string, tf.Tensor> {
  const entries = [...parseSafeTensors(bytes, name).tensors];
  return Object.fromEntries(
    entries.map(([key, { data, shape, dtype }]) => [key, tf.keep(tf.tensor(data, shape, dtype))]),
  );
}

/**
 * The tensors of a safetensors file under data/ by name; the caller disposes of them. @throws when
 * there is none or it is damaged
 */
export const readTensors = (path: string): Record<string, tf.Tensor> =>
  toTensorRecord(read("readTensors", path), `data/${path}`);
