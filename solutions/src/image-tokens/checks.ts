/** Checks of arguments, shared by the functions for image tokens. */
import type * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, expectFloats, expectRank, shapeText } from "../shared/shapes";

/**
 * The grid of patches that covers a picture.
 * @param what names the picture in the message: "images [2, 28, 28, 1]"
 * @throws when the patch is not a whole number of at least 1 that divides height and width
 */
export function expectGrid(
  fn: string,
  what: string,
  patch: number,
  height: number,
  width: number,
): { rows: number; columns: number } {
  if (!Number.isInteger(patch) || patch < 1) {
    throw new Error(`${fn}: expected patch to be a whole number of at least 1, got ${patch}`);
  }
  const rest = restOf("height", height, patch) ?? restOf("width", width, patch);
  if (rest) {
    throw new Error(
      `${fn}: expected a patch that divides height and width of ${what}, ` +
        `got patch ${patch}, and the ${rest}; crop or pad the pictures`,
    );
  }
  return { rows: height / patch, columns: width / patch };
}

/** "height 28 leaves 3"; undefined where the patch divides the length. */
function restOf(name: string, length: number, patch: number): string | undefined {
  const rest = length % patch;
  return rest === 0 ? undefined : `${name} ${length} leaves ${rest}`;
}

/**
 * Ids of the rows of a codebook.
 * @throws when ids are not int32 or one lies outside 0 … codes − 1; the message names the first one
 *   and its place, counted from 0
 */
export function expectCodeIds(fn: string, ids: tf.Tensor, codes: number): void {
  expectDtype(fn, "ids", ids, "int32");
  checkValues(ids, (values) => {
    const place = values.findIndex((id) => id < 0 || id >= codes);
    if (place >= 0) {
      throw new Error(
        `${fn}: expected ids from 0 to ${codes - 1}, the codes of the codebook, ` +
          `got ${values[place]} at place ${place} of ids ${shapeText(ids.shape)}`,
      );
    }
  });
}

/**
 * The arguments of a Vision Transformer.
 * @returns how many blocks params have
 * @throws when images, patch, heads or a parameter does not fit; the message names it
 */
export function expectVit(
  fn: string,
  images: tf.Tensor,
  { patch, heads }: { patch: number; heads: number },
  params: Record<string, tf.Tensor>,
): number {
  expectRank(fn, "images", images, 4);
  expectDtype(fn, "images", images, "float32");
  const [, H, W, channels] = images.shape as [number, number, number, number];
  const { rows, columns } = expectGrid(fn, `images ${shapeText(images.shape)}`, patch, H, W);
  const expectParam = (name: string, shape: (number | string)[]): number => {
    const tensor = params[name];
    if (!tensor) throw new Error(`${fn}: expected params to hold ${name}`);
    expectFloats(fn, name, tensor, shape);
    return tensor.shape.at(-1)!;
  };
  const C = expectParam("w", [patch * patch * channels, "C"]);
  if (!Number.isInteger(heads) || heads < 1 || C % heads !== 0) {
    throw new Error(`${fn}: expected heads to divide the width ${C}, got ${heads}`);
  }
  expectParam("positions", [1 + rows * columns, C]);
  for (const name of ["b", "cls", "norm.gamma", "norm.beta"]) expectParam(name, [C]);
  expectParam("head.b", [expectParam("head.w", [C, "kinds"])]);
  const blocks = Object.keys(params).filter((name) => name.endsWith(".wq")).length;
  for (let i = 0; i < blocks; i++) {
    for (const n of "qkvo") expectParam(`${i}.w${n}`, [C, C]);
    const F = expectParam(`${i}.w1`, [C, "F"]);
    expectParam(`${i}.w2`, [F, C]);
    expectParam(`${i}.b1`, [F]);
    for (const n of ["bq", "bk", "bv", "bo", "b2"]) expectParam(`${i}.${n}`, [C]);
    for (const n of ["norm1", "norm2"]) {
      expectParam(`${i}.${n}.gamma`, [C]);
      expectParam(`${i}.${n}.beta`, [C]);
    }
  }
  return blocks;
}
