/** Checks of arguments, shared by the functions for image tokens. */
import type * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, shapeText } from "../shared/shapes";

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
