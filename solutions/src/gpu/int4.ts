/**
 * Weights in four bits, as llama.cpp's Q4_0 has them: in each block of 32 columns of a row, a
 * weight is its block's scale times a whole number from −8 to 7. Two things differ from Q4_0's
 * files: scales are float32 rather than float16, and eight weights that follow each other share a
 * word, whose neighbor in memory is the next row's, so that neighboring threads read neighboring
 * words.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectRank, expectShape } from "../shared/shapes";

const BLOCK = 32;
const IN_WORD = 8;

/** A matrix [rows, columns] in four bits. */
export type Int4 = {
  /**
   * int32 [columns/8, rows]: word [c, row] holds the columns 8c to 8c + 7 of a row, four bits each,
   * the first in the lowest bits; each stands for itself minus 8
   */
  words: tf.Tensor;
  /** float32 [columns/32, rows] */
  scales: tf.Tensor;
};

/** The number of a block that is farthest from zero, with its sign. */
function farthest(values: Float32Array): number {
  return values.reduce((most, w) => (Math.abs(w) > Math.abs(most) ? w : most), 0);
}

/**
 * Rounds a matrix to four bits. A block's scale is its number farthest from zero divided by −8.
 * @param matrix float32 [rows, columns], finite; 32 divides columns
 * @throws when the matrix is not float32 or not of rank 2, or 32 does not divide its columns
 */
export async function packInt4(matrix: tf.Tensor): Promise<Int4> {
  expectRank("packInt4", "matrix", matrix, 2);
  expectDtype("packInt4", "matrix", matrix, "float32");
  const [rows, columns] = matrix.shape as [number, number];
  if (columns % BLOCK !== 0) {
    throw new Error(`packInt4: expected a multiple of ${BLOCK} columns, got ${columns}`);
  }
  const weights = (await matrix.data()) as Float32Array;
  const words = new Int32Array((columns / IN_WORD) * rows);
  const scales = new Float32Array((columns / BLOCK) * rows);
  for (let at = 0; at < weights.length; at += BLOCK) {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const block = weights.subarray(at, at + BLOCK);
    const scale = Math.fround(farthest(block) / -8);
    scales[(column / BLOCK) * rows + row] = scale;
    block.forEach((w, i) => {
      const level = scale === 0 ? 8 : Math.min(15, Math.floor(w / scale + 8.5));
      const word = Math.floor((column + i) / IN_WORD) * rows + row;
      words[word]! |= level << (4 * (i % IN_WORD));
    });
  }
  return {
    words: tf.tensor(words, [columns / IN_WORD, rows], "int32"),
    scales: tf.tensor(scales, [columns / BLOCK, rows]),
  };
}

/**
 * The matrix that four bits stand for.
 * @returns float32 [rows, columns]
 * @throws when words and scales do not fit each other
 */
export async function unpackInt4({ words, scales }: Int4): Promise<tf.Tensor> {
  expectRank("unpackInt4", "words", words, 2);
  expectDtype("unpackInt4", "words", words, "int32");
  const [packed, rows] = words.shape as [number, number];
  const columns = packed * IN_WORD;
  expectShape("unpackInt4", "scales", scales, [columns / BLOCK, rows]);
  const [bits, factors] = [await words.data(), await scales.data()];
  const matrix = new Float32Array(rows * columns);
  for (let i = 0; i < matrix.length; i++) {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const word = bits[Math.floor(column / IN_WORD) * rows + row]!;
    const level = (word >>> (4 * (column % IN_WORD))) & 15;
    matrix[i] = factors[Math.floor(column / BLOCK) * rows + row]! * (level - 8);
  }
  return tf.tensor(matrix, [rows, columns]);
}
