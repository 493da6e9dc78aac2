/** What the exercises on losses of pairs share: pairs of embeddings, and mistakes in their cosines. */
import { tensorData, type Exercise, type Random, type TensorData } from "grader";

/** Vectors of B pictures and of B texts, [B, C] each, near their partners by `noise`. */
export function drawPairs(random: Random, B: number, C: number, noise = 0.5): TensorData[] {
  const images = random.normal([B, C]);
  const far = random.normal([B, C], noise);
  const texts = Array.from(far.data, (v, i) => v + images.data[i]!);
  return [images, tensorData([B, C], texts)];
}

const COSINES = "unit(images).matMul(unit(texts), false, true)";

/** Vectors that aren't scaled to length 1. */
export const COSINE_MISTAKES: Exercise["mutants"] = [
  {
    edits: [[COSINES, "images.matMul(texts, false, true)"]],
    message: "Longer vectors get larger scores. A cosine divides by both lengths.",
  },
  {
    edits: [[COSINES, "unit(images).matMul(texts, false, true)"]],
    message: "Only the pictures are scaled to length 1. A cosine divides by both lengths.",
  },
  {
    edits: [[COSINES, "images.matMul(unit(texts), false, true)"]],
    message: "Only the texts are scaled to length 1. A cosine divides by both lengths.",
  },
];
