/** The gradient of gather, which the stock backend lacks. */
import * as tf from "@tensorflow/tfjs-core";
import type { WasmKernel } from "./register";

/** output[s] = Σ of the rows of x whose segment id is s; a row with an id outside of 0 … numSegments − 1 counts nowhere. */
export const UNSORTED_SEGMENT_SUM: WasmKernel = {
  name: "UnsortedSegmentSum",
  make: () => (backend, { x, segmentIds }, { numSegments }) => {
    const segments = numSegments as number, rank = segmentIds!.shape.length;
    const rows = tf.util.sizeFromShape(segmentIds!.shape), width = tf.util.sizeFromShape(x!.shape.slice(rank));
    const output = backend.makeOutput([segments, ...x!.shape.slice(rank)], x!.dtype);
    const from = backend.typedArrayFromHeap(x!), ids = backend.typedArrayFromHeap(segmentIds!), to = backend.typedArrayFromHeap(output).fill(0);
    for (let row = 0; row < rows; row++) {
      const id = ids[row]!;
      if (id < 0 || id >= segments) continue;
      for (let i = 0; i < width; i++) to[id * width + i]! += from[row * width + i]!;
    }
    return output;
  },
};
