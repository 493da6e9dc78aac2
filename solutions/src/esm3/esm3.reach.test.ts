/**
 * What lesson 11 reaches: turning a protein changes nothing; masked tracks of an unseen protein are
 * filled in from the others, in rounds.
 */
import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { backboneSteps } from "./backboneSteps";
import { composeFrames } from "./composeFrames";
import { drawFrames } from "../shared/frameCases";
import { framesFromBackbone } from "./framesFromBackbone";
import { framesFromSteps } from "./framesFromSteps";
import { iterativeDecode } from "./iterativeDecode";
import {
  KINDS,
  loadChains,
  loadWeights,
  MASKS,
  predict,
  TRACKS,
  type Chain,
  type TrackName,
  type Tracks,
} from "./trackModel.testing";
import type { Frames } from "./types";

const w = loadWeights();
const chains = loadChains(w.codebook!);
const [ubiquitin, lysozyme] = chains as [Chain, Chain];
const hidden = (tracks: Tracks, ...which: TrackName[]): Tracks => ({
  ...tracks,
  ...Object.fromEntries(
    which.map((name) => [name, tf.fill(tracks[name].shape, MASKS[name], "int32")]),
  ),
});
const ids = (x: tf.Tensor) => Array.from(x.dataSync());

/** The share of places that are right, of those that have an answer. */
function share(guess: ArrayLike<number>, right: tf.Tensor, name: TrackName): number {
  const truth = ids(right);
  const asked = truth.map((_, i) => i).filter((i) => truth[i]! < KINDS[name]);
  return asked.filter((i) => guess[i] === truth[i]).length / asked.length;
}
const oneIdEverywhere = (right: tf.Tensor, name: TrackName) =>
  Math.max(
    ...Array.from({ length: KINDS[name] }, (_, id) =>
      share(
        ids(right).map(() => id),
        right,
        name,
      ),
    ),
  );

/**
 * A track hidden as a whole, decoded from the others; where structure is asked for, no coordinates
 * are shown.
 */
const decode = async (tracks: Tracks, frames: Frames, name: TrackName, rounds: number) => {
  const start = hidden(tracks, name);
  const stages = await iterativeDecode(
    start[name],
    (now) => predict(w, { ...start, [name]: now }, frames, name !== "structure")[name],
    { maskId: MASKS[name], rounds },
  );
  return ids(stages.at(-1)!);
};

test("turning and moving ubiquitin moves logits by rounding only and changes no answer", () => {
  const tracks = hidden(ubiquitin.tracks, "secondary", "burial");
  const before = predict(w, tracks, ubiquitin.frames);
  for (const seed of [1, 2, 3]) {
    const { rotation, translation } = drawFrames(random(seed), []);
    const after = predict(
      w,
      tracks,
      composeFrames(
        {
          rotation: tf.tensor(rotation.data, rotation.shape),
          translation: tf.tensor(translation.data, translation.shape).mul(10),
        },
        ubiquitin.frames,
      ),
    );
    for (const name of TRACKS) expect(after[name]).toMatchTensor(before[name], 1e-3);
    for (const name of ["secondary", "burial"] as const) {
      expect(ids(after[name].argMax(-1))).toEqual(ids(before[name].argMax(-1)));
    }
  }
});

test("a mirror image is noticed", () => {
  const [n, ca, c] = [ubiquitin.n, ubiquitin.ca, ubiquitin.c].map((atom) =>
    atom.mul([-1, 1, 1]),
  ) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const asked = hidden(ubiquitin.tracks, "burial");
  const gap = predict(w, asked, framesFromBackbone(n, ca, c))
    .burial.sub(predict(w, asked, ubiquitin.frames).burial)
    .abs()
    .max();
  expect(gap.dataSync()[0]).toBeGreaterThan(0.1);
});

test(
  "ubiquitin, unseen: secondary structure and burial come out of the other tracks and the " +
    "coordinates, better than any one id everywhere",
  async () => {
    for (const [name, least] of [
      ["secondary", 0.8],
      ["burial", 0.53],
    ] as const) {
      const right = ubiquitin.tracks[name];
      const constant = oneIdEverywhere(right, name);
      const once = share(await decode(ubiquitin.tracks, ubiquitin.frames, name, 1), right, name);
      const slow = share(await decode(ubiquitin.tracks, ubiquitin.frames, name, 16), right, name);
      const blind = share(
        ids(predict(w, hidden(ubiquitin.tracks, name), ubiquitin.frames, false)[name].argMax(-1)),
        right,
        name,
      );
      console.info(
        `ubiquitin, ${name}: one id everywhere ${constant.toFixed(3)}, without coordinates ` +
          `${blind.toFixed(3)}, with them in 1 round ${once.toFixed(3)}, in 16 rounds ` +
          `${slow.toFixed(3)}`,
      );
      expect(once).toBeGreaterThan(least);
      expect(slow).toBeGreaterThan(least);
      expect(slow).toBeGreaterThan(constant);
      expect(once).toBeGreaterThan(blind);
    }
  },
);

test(
  "rounds give structure tokens that go together: fewer pairs of neighbors that no training " +
    "chain has",
  async () => {
    const pairs = (codes: number[]) =>
      codes.slice(0, -2).map((code, i) => 33 * code + codes[i + 1]!);
    const familiar = new Set(
      chains.slice(1).flatMap((chain) => pairs(ids(chain.tracks.structure))),
    );
    const strange = (codes: number[]) =>
      pairs(codes).filter((pair) => !familiar.has(pair)).length / (codes.length - 2);
    const [once, four, sixteen] = (await Promise.all(
      [1, 4, 16].map((rounds) => decode(ubiquitin.tracks, ubiquitin.frames, "structure", rounds)),
    )) as [number[], number[], number[]];
    console.info(
      `strange pairs: in 1 round ${strange(once).toFixed(3)}, in 4 rounds ` +
        `${strange(four).toFixed(3)}, in 16 rounds ${strange(sixteen).toFixed(3)}, in ubiquitin ` +
        `itself ${strange(ids(ubiquitin.tracks.structure)).toFixed(3)}`,
    );
    expect(strange(four)).toBeLessThan(0.6 * strange(once));
    expect(strange(sixteen)).toBeLessThan(strange(once));
  },
);

test(
  "T4 lysozyme, a training chain, is known by heart: " +
    "its letters from its shape, its shape from its letters",
  async () => {
    const { tracks, frames } = lysozyme;
    for (const [name, least] of [
      ["sequence", 0.8],
      ["structure", 0.7],
    ] as const) {
      const found = share(await decode(tracks, frames, name, 1), tracks[name], name);
      console.info(`lysozyme, ${name} from the other tracks: ${found.toFixed(3)}`);
      expect(found).toBeGreaterThan(least);
    }
    const lettersOnly = hidden(tracks, "secondary", "burial");
    const [once, slow] = [
      share(await decode(lettersOnly, frames, "structure", 1), tracks.structure, "structure"),
      share(await decode(lettersOnly, frames, "structure", 4), tracks.structure, "structure"),
    ];
    console.info(
      `lysozyme, structure from the letters alone: in 1 round ${once.toFixed(3)}, in 4 rounds ` +
        `${slow.toFixed(3)}`,
    );
    expect(slow).toBeGreaterThan(once);
  },
);

test("rebuilt from its own steps and put where it began, ubiquitin is as it was", () => {
  const { n, ca, c, frames } = ubiquitin;
  const start = {
    rotation: frames.rotation.slice([0, 0, 0], [1, 3, 3]),
    translation: frames.translation.slice([0, 0], [1, 3]),
  };
  const again = composeFrames(start, framesFromSteps(backboneSteps(n, ca, c)));
  expect(again.translation).toMatchTensor(ca, 1e-3);
  expect(again.rotation).toMatchTensor(frames.rotation, 1e-3);
});
