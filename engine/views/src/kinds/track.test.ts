import { expect, test } from "vitest";
import type { View } from "../view";
import {
  meanOf,
  lettersAt,
  readTrackData,
  describeLetters,
  clampWindow,
  zoomWindow,
} from "./trackData";

const bytes = (...values: number[]) => Buffer.from(values).toString("base64");
const fine = {
  ...{ text: "ACGT", unit: "base", regions: [{ name: "gene", from: 1, to: 3 }] },
  tracks: [{ name: "bits", from: 0, to: 4, bytes: bytes(0, 255, 51, 102) }],
};
const view = (more: object = {}): View => ({ view: "track", version: 1, ...fine, ...more });

/** What an output may hold instead of what a kind expects. */
const ODD: unknown[] = [null, -1, 0.5, NaN, Infinity, 7, {}, [null], [3], [[]], ""];

test("a track: text, tracks and regions are read, anything else is not", () => {
  expect(readTrackData(view())).toMatchObject({ text: "ACGT", regions: fine.regions });
  for (const odd of ODD) {
    for (const name of ["text", "tracks", "regions"]) {
      expect(readTrackData(view({ [name]: odd })), `${name} ${String(odd)}`).toBeUndefined();
    }
    const track = { ...fine.tracks[0], bytes: odd };
    expect(readTrackData(view({ tracks: [track] })), `bytes ${String(odd)}`).toBeUndefined();
  }
  const tracks = (more: object) => view({ tracks: [{ ...fine.tracks[0], ...more }] });
  for (const odd of [{ from: 4 }, { from: NaN }, { to: "4" }, { name: 3 }, { bytes: bytes(1) }]) {
    expect(readTrackData(tracks(odd)), JSON.stringify(odd)).toBeUndefined();
  }
  const region = (more: object) => view({ regions: [{ ...fine.regions[0], ...more }] });
  for (const odd of [{ from: -1 }, { to: 5 }, { from: 3 }, { to: Infinity }, { name: null }]) {
    expect(readTrackData(region(odd)), JSON.stringify(odd)).toBeUndefined();
  }
  expect(readTrackData(view({ text: "A".repeat(400_001) }))).toBeUndefined();
  expect(readTrackData(view({ tracks: Array(5).fill(fine.tracks[0]) }))).toBeUndefined();
});

test("a track: means, and what a reader is told about one place and about several", () => {
  const line = readTrackData(view())!;
  expect(meanOf(line.tracks[0]!, 0, 2)).toBeCloseTo(2);
  expect(describeLetters(line, 1, 2)).toBe("base 2 is C (gene): bits 4.00");
  expect(describeLetters(line, 2, 4)).toBe("bases 3 to 4 (gene): bits 1.20 on average");
});

test("a window stays inside, never gets closer than ten letters, and zooms about a place", () => {
  expect(clampWindow({ from: -5, count: 50 }, 100)).toEqual({ from: 0, count: 50 });
  expect(clampWindow({ from: 80, count: 50 }, 100)).toEqual({ from: 50, count: 50 });
  expect(clampWindow({ from: 7, count: 1 }, 100)).toEqual({ from: 7, count: 10 });
  expect(clampWindow({ from: 7, count: 1000 }, 4)).toEqual({ from: 0, count: 4 });
  const near = zoomWindow({ from: 0, count: 100 }, 20, 50, 100);
  expect(near).toEqual({ from: 40, count: 20 });
  expect((50 - near.from) / near.count).toBe(0.5);
});

test("a pixel covers at least one place, and none beyond the end", () => {
  expect(lettersAt({ from: 0, count: 100 }, 0, 10, 100)).toEqual([0, 10]);
  expect(lettersAt({ from: 0, count: 10 }, 55, 100, 100)).toEqual([5, 6]);
  expect(lettersAt({ from: 90, count: 10 }, 500, 100, 100)).toEqual([99, 100]);
  expect(lettersAt({ from: 0, count: 100 }, 9, 10, 100)).toEqual([90, 100]);
});
