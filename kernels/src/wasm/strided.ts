/**
 * Copies between two arrangements of the same numbers: what slices, concatenation, tiling and
 * transposition have in common.
 */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { wasm } from "./module";

/**
 * An axis: its length, and the bytes from one place to the next where numbers are read and where
 * they are written.
 */
export interface Step {
  length: number;
  from: number;
  to: number;
}

/** Bytes from one place to the next of each axis of a tensor. */
export function steps(shape: readonly number[], bytes: number): number[] {
  const all = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = bytes; axis >= 0; step *= shape[axis]!, axis--) {
    all[axis] = step;
  }
  return all;
}

const ONCE: Step = { length: 1, from: 0, to: 0 };

/**
 * @param axes the outermost first; lengths are at least 1
 * @param bytes of one number
 */
export function copyStrided(
  backend: BackendWasm,
  from: number,
  to: number,
  axes: readonly Step[],
  bytes: number,
): void {
  const inward: Step[] = [];
  let together = bytes; // bytes that lie side by side on both sides
  for (const axis of axes.toReversed()) {
    const last = inward.at(-1);
    if (axis.length === 1) continue;
    if (!last && axis.from === together && axis.to === together) together *= axis.length;
    else if (last && axis.from === last.from * last.length && axis.to === last.to * last.length) {
      last.length *= axis.length;
    } else inward.push({ ...axis });
  }
  const { copy, transpose } = wasm(backend);
  const [first = ONCE, second = ONCE, third = ONCE] = inward;
  const mirrored =
    bytes === 4 &&
    together === 4 &&
    first.to === 4 &&
    second.from === 4 &&
    second.to === 4 * first.length;
  // axes that one call covers
  const whole = mirrored && third.to === 4 * first.length * second.length ? 3 : mirrored ? 2 : 3;
  const visit = (depth: number, from: number, to: number): void => {
    if (depth >= whole) {
      const { length, from: stepFrom, to: stepTo } = inward[depth]!;
      for (let i = 0; i < length; i++) visit(depth - 1, from + i * stepFrom, to + i * stepTo);
    } else if (mirrored) {
      transpose(
        from,
        to,
        whole === 3 ? third.length : 1,
        third.from,
        first.length,
        second.length,
        first.from,
      );
    } else {
      copy(
        from,
        to,
        together,
        first.length,
        first.from,
        first.to,
        second.length,
        second.from,
        second.to,
        third.length,
        third.from,
        third.to,
      );
    }
  };
  visit(inward.length - 1, from, to);
}
