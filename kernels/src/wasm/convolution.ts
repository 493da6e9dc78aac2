/**
 * The gradients of filters, which the stock backend lacks: a filter's number is one product with
 * the image shifted to its place.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, call, floats, output, wasm, withScratch } from "./module";
import type { WasmKernel } from "./register";
import { copyStrided } from "./strided";

type Conv = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * The places of an axis of the result whose input number lies inside, the filter being at `place`.
 */
function inside(
  place: number,
  stride: number,
  pad: number,
  input: number,
  output: number,
): { first: number; count: number } {
  const first = Math.max(0, Math.ceil((pad - place) / stride));
  const last = Math.min(output - 1, Math.floor((input - 1 + pad - place) / stride));
  return { first, count: Math.max(0, last - first + 1) };
}

/**
 * Writes [batch, outHeight, outWidth, inChannels]: what the filter's place (row, column) sees for
 * each number of the result, 0 outside.
 */
function shifted(
  backend: BackendWasm,
  x: number,
  to: number,
  conv: Conv,
  row: number,
  column: number,
): void {
  const {
    batchSize,
    inChannels,
    inHeight,
    inWidth,
    outHeight,
    outWidth,
    strideHeight,
    strideWidth,
    padInfo,
  } = conv;
  const rows = inside(row, strideHeight, padInfo.top, inHeight, outHeight);
  const columns = inside(column, strideWidth, padInfo.left, inWidth, outWidth);
  floats(backend, to, batchSize * outHeight * outWidth * inChannels).fill(0);
  if (rows.count === 0 || columns.count === 0) return;
  const inRow = 4 * inWidth * inChannels;
  const outRow = 4 * outWidth * inChannels;
  const from =
    x +
    (rows.first * strideHeight + row - padInfo.top) * inRow +
    (columns.first * strideWidth + column - padInfo.left) * 4 * inChannels;
  copyStrided(
    backend,
    from,
    to + rows.first * outRow + columns.first * 4 * inChannels,
    [
      { length: batchSize, from: inHeight * inRow, to: outHeight * outRow },
      { length: rows.count, from: strideHeight * inRow, to: outRow },
      { length: columns.count, from: 4 * strideWidth * inChannels, to: 4 * inChannels },
      { length: inChannels, from: 4, to: 4 },
    ],
    4,
  );
}

/** Calls f for each place of the filter with its number and what it sees. */
function places(
  backend: BackendWasm,
  x: tf.TensorInfo,
  conv: Conv,
  f: (place: number, seen: number) => void,
): void {
  withScratch(
    backend,
    4 * conv.batchSize * conv.outHeight * conv.outWidth * conv.inChannels,
    (seen) => {
      for (let row = 0; row < conv.filterHeight; row++) {
        for (let column = 0; column < conv.filterWidth; column++) {
          shifted(
            backend,
            address(backend, x),
            seen,
            conv,
            row * conv.dilationHeight,
            column * conv.dilationWidth,
          );
          f(row * conv.filterWidth + column, seen);
        }
      }
    },
  );
}

const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);
type Four = [number, number, number, number];
type Pad = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
type Rounding = Parameters<typeof tf.backend_util.computeConv2DInfo>[5];

const FILTER: WasmKernel = {
  name: "Conv2DBackpropFilter",
  make: () => (backend, inputs, attrs) => {
    const first = attrs.dataFormat === "NCHW"; // channels before places: moved behind them
    const [x, dy] = [inputs.x!, inputs.dy!].map((t) =>
      first ? call("Transpose", backend, { x: t }, { perm: [0, 2, 3, 1] }) : t,
    ) as [tf.TensorInfo, tf.TensorInfo];
    const filterShape = attrs.filterShape as Four;
    const conv = tf.backend_util.computeConv2DInfo(
      x.shape as Four,
      filterShape,
      attrs.strides as [number, number],
      1,
      attrs.pad as Pad,
      attrs.dimRoundingMode as Rounding,
    );
    const result = output(backend, filterShape, "float32");
    backend.typedArrayFromHeap(result).fill(0);
    const { inChannels: m, outChannels: n } = conv;
    const k = conv.batchSize * conv.outHeight * conv.outWidth;
    if (k > 0 && size(result) > 0) {
      const { gemm, scratch } = wasm(backend);
      places(backend, x, conv, (place, seen) =>
        gemm(
          1,
          m,
          n,
          k,
          seen,
          0,
          4,
          4 * m,
          address(backend, dy),
          0,
          4 * n,
          4,
          address(backend, result) + 4 * place * m * n,
          scratch,
        ),
      );
    }
    if (first) for (const t of [x, dy]) backend.disposeData(t.dataId);
    return result;
  },
};

const DEPTHWISE_FILTER: WasmKernel = {
  name: "DepthwiseConv2dNativeBackpropFilter",
  make:
    () =>
    (backend, { x, dy }, attrs) => {
      const filterShape = attrs.filterShape as Four;
      const conv = tf.backend_util.computeConv2DInfo(
        x!.shape as Four,
        filterShape,
        attrs.strides as [number, number],
        attrs.dilations as [number, number],
        attrs.pad as Pad,
        attrs.dimRoundingMode as Rounding,
        true,
      );
      const result = output(backend, filterShape, "float32");
      const [, , channels, times] = filterShape;
      backend.typedArrayFromHeap(result).fill(0);
      const rows = conv.batchSize * conv.outHeight * conv.outWidth;
      if (rows > 0 && size(result) > 0) {
        places(backend, x!, conv, (place, seen) =>
          wasm(backend).multiplyAdd(
            seen,
            address(backend, dy!),
            address(backend, result) + 4 * place * channels * times,
            rows,
            channels,
            times,
          ),
        );
      }
      return result;
    },
};

export const FILTER_GRADIENTS = [FILTER, DEPTHWISE_FILTER];
