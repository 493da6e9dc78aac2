/** For specs: genomes, cells and segments, made fresh from each seed. */
import { tensorData, type Random, type TensorData } from "grader";
import { unifyVocabularies } from "./unifyVocabularies";

export const dna = (random: Random, length: number, letters = "ACGT"): string =>
  Array.from({ length }, () => random.pick(letters.split(""))).join("");

/** Molecules as a sequencer counts them: many zeros, some ones, few large numbers. */
export function molecules(random: Random, cells: number, genes: number, share = 0.5): TensorData {
  const count = () => (random.next() < share ? Math.floor(1 / (0.05 + random.next())) : 0);
  return tensorData([cells, genes], Array.from({ length: cells * genes }, count));
}

export const int32 = (shape: number[], values: number[]): TensorData =>
  tensorData(shape, values, "int32");

const SIZES = { text: 20, image: 8, dna: 5, cell: 12 };

export const vocabulary = () => ({
  ...unifyVocabularies(Object.entries(SIZES).map(([name, size]) => ({ name, size }))),
});

export const segment = (random: Random, modality: keyof typeof SIZES, length: number) => ({
  modality,
  ids: Array.from({ length }, () => random.int(0, SIZES[modality] - 1)),
});
