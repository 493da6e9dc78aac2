/** Random weights of a small Vision Transformer, for the exercises in this folder. */
import type { Random, Value } from "grader";
import { drawBlock, drawNorm } from "../encoders/drawBlock";

/** length: numbers in a patch; C: width; patches: how many; layers; F: the network's width. */
interface VitSize {
  length: number;
  C: number;
  patches: number;
  layers: number;
  F?: number;
}

export function drawVit(random: Random, size: VitSize): { [name: string]: Value } {
  const { length, C, patches, layers, F = 12 } = size;
  return {
    patches: {
      w: random.normal([length, C], length ** -0.5),
      b: random.normal([C]),
      cls: random.normal([C]),
      positions: random.normal([1 + patches, C]),
    },
    blocks: Array.from({ length: layers }, () => drawBlock(random, C, F)),
    norm: drawNorm(random, C),
  };
}
