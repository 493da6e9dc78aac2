/**
 * Copies between two layouts of the same numbers: what slices, concatenation, tiling and
 * transposition have in common.
 */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { runParallel, type Partition } from "./threads";

/** An axis: its length, and the bytes from one place to the next on the read and write side. */
export interface CopyAxis {
  length: number;
  from: number;
  to: number;
}

/** Bytes from one place to the next of each axis of a tensor. */
export function stridesOf(shape: readonly number[], bytes: number): number[] {
  const all = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = bytes; axis >= 0; step *= shape[axis]!, axis--) {
    all[axis] = step;
  }
  return all;
}

export const UNIT_AXIS: CopyAxis = { length: 1, from: 0, to: 0 };
const numbers = ({ length, from, to }: CopyAxis) => [length, from, to] as const;

/**
 * Joins axes that run on without a gap on both sides.
 * @param bytes of one number
 * @returns the axes from the innermost outward, and how many bytes are contiguous on both sides
 */
function joinAxes(
  axes: readonly CopyAxis[],
  bytes: number,
): { outward: CopyAxis[]; block: number } {
  const outward: CopyAxis[] = [];
  let block = bytes;
  for (const axis of axes.toReversed()) {
    const last = outward.at(-1);
    if (axis.length === 1) continue;
    if (!last && axis.from === block && axis.to === block) block *= axis.length;
    else if (last && axis.from === last.from * last.length && axis.to === last.to * last.length) {
      last.length *= axis.length;
    } else outward.push({ ...axis });
  }
  return { outward, block };
}

/**
 * How `copy` is cut: along the outermost of its axes that is longer than 1.
 * @param axes from the innermost outward
 * @param block bytes that are contiguous
 */
export function copyPartition(
  axes: readonly [CopyAxis, CopyAxis, CopyAxis],
  block: number,
): Partition {
  const outermost = Math.max(
    0,
    axes.findLastIndex(({ length }) => length > 1),
  );
  const { from, to } = axes[outermost]!;
  const blocks = axes.slice(0, outermost).reduce((n, { length }) => n * length, 1);
  const cost = blocks * (1 + block / 20);
  return { count: 3 + 3 * outermost, perItem: { 0: from, 1: to }, cost };
}

/** Nanoseconds that a number takes to be mirrored. */
const NS_PER_NUMBER = 0.3;

/**
 * How `transpose` is cut: by matrices, or by what becomes the rows of a single one.
 * @param next bytes from one matrix to the next where they are read
 */
function transposePartition(count: number, rows: number, columns: number, next: number): Partition {
  const bytes = 4 * rows;
  return count > 1
    ? { count: 2, perItem: { 0: next, 1: bytes * columns }, cost: NS_PER_NUMBER * rows * columns }
    : { count: 5, perItem: { 0: 4, 1: bytes }, unit: 4, cost: NS_PER_NUMBER * rows };
}

/** Copies one block, or one matrix, at the addresses that it is called with. */
interface Inner {
  /** how many of the innermost axes one call covers */
  covers: number;
  run(from: number, to: number): void;
}

function innerCopy(backend: BackendWasm, outward: CopyAxis[], block: number, bytes: number): Inner {
  const [first = UNIT_AXIS, second = UNIT_AXIS, third = UNIT_AXIS] = outward;
  const { length: columns } = first;
  const { length: rows } = second;
  const mirrored = first.to === 4 && second.from === 4 && second.to === 4 * columns;
  if (bytes !== 4 || block !== 4 || !mirrored) {
    const axes = [...numbers(first), ...numbers(second), ...numbers(third)];
    const cut = copyPartition([first, second, third], block);
    return {
      covers: 3,
      run: (from, to) => runParallel(backend, "copy", [from, to, block, ...axes], cut),
    };
  }
  const inBatch = third.to === 4 * columns * rows; // matrices follow each other where written
  const count = inBatch ? third.length : 1;
  const matrix = [count, third.from, columns, rows, first.from];
  const cut = transposePartition(count, columns, rows, third.from);
  const run = (from: number, to: number) =>
    runParallel(backend, "transpose", [from, to, ...matrix], cut);
  return { covers: inBatch ? 3 : 2, run };
}

/**
 * Copies numbers from one layout to another.
 * @param axes the outermost first; lengths are at least 1
 * @param bytes of one number
 */
export function copyStrided(
  backend: BackendWasm,
  from: number,
  to: number,
  axes: readonly CopyAxis[],
  bytes: number,
): void {
  const { outward, block } = joinAxes(axes, bytes);
  const inner = innerCopy(backend, outward, block, bytes);
  const visit = (depth: number, from: number, to: number): void => {
    if (depth < inner.covers) {
      inner.run(from, to);
      return;
    }
    const axis = outward[depth]!;
    for (let i = 0; i < axis.length; i++) visit(depth - 1, from + i * axis.from, to + i * axis.to);
  };
  visit(outward.length - 1, from, to);
}
