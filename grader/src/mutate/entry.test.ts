import { expect, test } from "vitest";
import { makeMutants } from "./mutants";

/** What the mutants put before the answer's first word. */
const entriesOf = (source: string, types: string[] = []) =>
  makeMutants(source, "f", types)
    .map(({ source: mutated }) => /\/\/ yours\s+([^]*?) ?return/.exec(mutated)?.[1] ?? "")
    .filter((text) => text !== "");

test("an option counts as not given, and so does its 0", () => {
  const source = `export function f(x: number, options: { eps?: number; at: number }): number {
    const { eps = 1e-5, at } = options;
    // yours
    return at;
  }`;
  expect(entriesOf(source)).toEqual(["eps = 1e-5;", "eps = eps || 1e-5;"]);
});

test("options that are handed on lose one of them", () => {
  const source = `import type { Options } from "./types";
  export function f(x: number, options: Options): number {
    // yours
    return g(x, options);
  }`;
  const types = ["export type Options = { most?: number; wide?: boolean } & Other;"];
  expect(entriesOf(source, [...types, "export interface Other { heads: number }"])).toEqual([
    "options = { ...options, most: undefined };",
    "options = { ...options, most: options.most || undefined };",
    "options = { ...options, wide: undefined };",
  ]);
});

test("a parameter with a default counts as not given", () => {
  const source = `export function f(queries: number, keys = queries): number {
    // yours
    return keys;
  }`;
  expect(entriesOf(source)).toEqual(["keys = queries;", "keys = keys || queries;"]);
  const zero = source.replace("keys = queries", "keys = 0");
  expect(entriesOf(zero)).toEqual(["keys = 0;"]);
});

test("each row of a batch gets row 0's mask, where the docstring names the batch", () => {
  const source = (doc: string) => `import * as tf from "@tensorflow/tfjs-core";
  /**
   * ${doc}
   */
  export function f(x: number, options: { mask: tf.Tensor }): tf.Tensor {
    const { mask } = options;
    // yours
    return mask;
  }`;
  expect(entriesOf(source("@param options mask, which broadcasts to [B, H, T]"))).toEqual([
    "mask = mask?.rank === 3 && mask.shape[0] > 1 ? " +
      "tf.concat(Array(mask.shape[0]).fill(mask.slice([0], [1]))) : mask;",
  ]);
  expect(entriesOf(source("@param options mask [T]"))).toEqual([]);
});
