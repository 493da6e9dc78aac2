/**
 * Reads reference tensors: data/reference/<lesson>/<function>.safetensors, which data/oracles writes.
 * The file's metadata holds `cases`, a JSON list of
 * { group, title, args, expected, atol, wrt?, output?, throws? }. In it,
 * - { "$tensor": name } stands for a tensor of the file,
 * - { "$bytes": [0, 255] } for bytes, { "$ints": [0, -1] } for an Int32Array,
 * - { "$map": [[key, value]] } for a Map, { "$pattern": [source, flags] } for a RegExp.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReferenceCase } from "./exercise";
import { parseSafeTensors } from "./safetensors";
import type { TensorData } from "./value";

/** The file with one function's references, in any lesson's folder; undefined if there is none. */
export function referenceFile(folder: string, name: string): string | undefined {
  const lessons = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return lessons
    .map((lesson) => join(folder, lesson.name, `${name}.safetensors`))
    .find((file) => existsSync(file));
}

/** How the JSON text writes what JSON lacks. */
interface Placeholder {
  $tensor?: string;
  $bytes?: number[];
  $ints?: number[];
  $map?: [key: string | number, value: unknown][];
  $pattern?: [source: string, flags: string];
}

/** Replaces placeholders by the tensors, bytes, maps and patterns that they stand for. */
function resolve(v: unknown, tensorOf: (key: string) => TensorData): unknown {
  const inside = (x: unknown) => resolve(x, tensorOf);
  if (Array.isArray(v)) return v.map(inside);
  if (typeof v !== "object" || v === null) return v;
  const { $tensor, $bytes, $ints, $map, $pattern } = v as Placeholder;
  if ($tensor !== undefined) return tensorOf($tensor);
  if ($bytes) return Uint8Array.from($bytes);
  if ($ints) return Int32Array.from($ints);
  if ($map) return new Map($map.map(([key, x]) => [key, inside(x)]));
  if ($pattern) return new RegExp(...$pattern);
  return Object.fromEntries(Object.entries(v).map(([key, x]) => [key, inside(x)]));
}

/**
 * Reads the reference cases of one function; none where there is no file.
 * @param folder data/reference, which holds a folder for each lesson
 */
export function readReferences(folder: string, name: string): ReferenceCase[] {
  const file = referenceFile(folder, name);
  if (!file) return [];
  const { tensors, metadata } = parseSafeTensors(readFileSync(file), file);
  const tensorOf = (key: string) => {
    const tensor = tensors.get(key);
    if (tensor) return tensor;
    throw new Error(
      `${file}: the cases name ${key}, which is not in the file; npm run oracles makes it again`,
    );
  };
  const cases = JSON.parse(metadata.cases ?? "[]") as OldCase[];
  return cases.map((c) => resolve(upgradeCase(c), tensorOf) as ReferenceCase);
}

/** A case as a file may hold it: before version 0.2, fields were called `says` and `of`. */
type OldCase = ReferenceCase & { says?: string; of?: string };

/** Renames the fields of a case that an older version wrote. */
export function upgradeCase<T extends Omit<ReferenceCase, "cost">>(
  old: T & Pick<OldCase, "says" | "of">,
): T {
  const { says, of, ...c } = old;
  const title = old.title ?? says ?? "";
  const upgraded = of === undefined ? { ...c, title } : { ...c, title, output: of };
  return upgraded as unknown as T;
}
