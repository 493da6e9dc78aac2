/** Checks of arguments that the functions of this folder share. */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, expectFloats, expectShape } from "../shared/shapes";

/** x is float32 [B, …], and there is a number above 0 for each row. @throws when they don't fit */
export function expectNoisy(
  fn: string,
  name: string,
  x: tf.Tensor,
  [levelName, level]: [string, tf.Tensor],
): void {
  expectDtype(fn, name, x, "float32");
  if (x.shape.length === 0) throw new Error(`${fn}: expected ${name} [B, …], got a scalar`);
  expectFloats(fn, levelName, level, [x.shape[0]!]);
  checkValues(level, (values) => {
    const wrong = values.find((value) => !(value > 0));
    if (wrong !== undefined) {
      throw new Error(`${fn}: expected ${levelName} above 0, got ${wrong}`);
    }
  });
}

/** @throws unless y is float32 and shaped like x */
export function expectLike(fn: string, name: string, y: tf.Tensor, x: tf.Tensor): void {
  expectShape(fn, name, y, x.shape);
  expectDtype(fn, name, y, "float32");
}

/** @throws unless value is a number from low to high */
export function expectBetween(
  fn: string,
  name: string,
  value: number,
  [low, high]: [number, number],
): void {
  if (!(value >= low && value <= high)) {
    const range = high === Infinity ? `at least ${low}` : `from ${low} to ${high}`;
    throw new Error(`${fn}: expected ${name} to be ${range}, got ${value}`);
  }
}

/** @throws unless value is a finite number above 0 */
export function expectPositive(fn: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new Error(`${fn}: expected ${name} to be a number above 0, got ${value}`);
  }
}
