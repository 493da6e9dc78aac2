/** A track's data: a long text with numbers along it, and windows into it. Nothing here draws. */
import { isObject } from "../json";
import { bytesFrom } from "../pictures";
import type { View } from "../view";

const MAX_LETTERS = 400_000;
const MAX_TRACKS = 4;
const MAX_REGIONS = 50;
/** The smallest window, in letters. */
export const MIN_WINDOW = 10;

export interface Track {
  name: string;
  /** The numbers that bytes 0 and 255 represent. */
  from: number;
  to: number;
  /** A byte for each letter, on the scale from `from` to `to`. */
  bytes: Uint8Array;
  /** Prefix sums of the bytes, so that the mean of any stretch takes two look-ups. */
  sums: Float64Array;
}
export interface Region {
  name: string;
  /** The first position, and the one after the last. */
  from: number;
  to: number;
}
export interface TrackData {
  text: string;
  unit: string;
  tracks: Track[];
  regions: Region[];
}
/** The visible window: its first position and its number of letters; neither has to be whole. */
export interface Window {
  from: number;
  count: number;
}

const isNumber = (n: unknown): n is number => typeof n === "number" && Number.isFinite(n);

function trackFrom(json: unknown, length: number): Track | undefined {
  if (!isObject(json) || typeof json.name !== "string" || typeof json.bytes !== "string") {
    return undefined;
  }
  const { name, from, to } = json;
  const bytes = bytesFrom(json.bytes, length);
  if (!isNumber(from) || !isNumber(to) || from >= to || !bytes) return undefined;
  const sums = new Float64Array(length + 1);
  bytes.forEach((byte, i) => (sums[i + 1] = sums[i]! + byte));
  return { name, from, to, bytes, sums };
}

const isRegion = (length: number) => (json: unknown) =>
  isObject(json) &&
  typeof json.name === "string" &&
  isNumber(json.from) &&
  isNumber(json.to) &&
  json.from >= 0 &&
  json.from < json.to &&
  json.to <= length;

/** @returns undefined when the data isn't what this kind draws */
export function readTrackData({ text, unit, tracks, regions = [] }: View): TrackData | undefined {
  if (typeof text !== "string" || text === "" || text.length > MAX_LETTERS) return undefined;
  if (typeof unit !== "string" || !Array.isArray(tracks) || !Array.isArray(regions)) {
    return undefined;
  }
  if (tracks.length === 0 || tracks.length > MAX_TRACKS) return undefined;
  if (regions.length > MAX_REGIONS || !regions.every(isRegion(text.length))) return undefined;
  const read = tracks.map((track) => trackFrom(track, text.length));
  if (!read.every((track) => track !== undefined)) return undefined;
  return { text, unit, tracks: read, regions: regions as Region[] };
}

/** The mean of a track over positions `a` to `b`, without `b`. */
export const meanOf = ({ from, to, sums }: Track, a: number, b: number): number =>
  from + ((to - from) * (sums[b]! - sums[a]!)) / (255 * (b - a));

/** Clamps a span to a text of a given length, and its size to the limits. */
export function clampWindow({ from, count }: Window, length: number): Window {
  const fits = Math.min(length, Math.max(Math.min(MIN_WINDOW, length), count));
  return { from: Math.max(0, Math.min(length - fits, from)), count: fits };
}

/** Zooms a span so that one position stays where it is on the screen. */
export function zoomWindow(
  { from, count }: Window,
  to: number,
  fixed: number,
  length: number,
): Window {
  const { count: fits } = clampWindow({ from, count: to }, length);
  return clampWindow({ from: fixed - ((fixed - from) * fits) / count, count: fits }, length);
}

/** The positions that a pixel covers, at least one. */
export function lettersAt({ from, count }: Window, x: number, width: number, length: number) {
  const a = Math.max(0, Math.min(length - 1, Math.floor(from + (x * count) / width)));
  const end = Math.floor(from + ((x + 1) * count) / width);
  const b = Math.max(a + 1, Math.min(length, end));
  return [a, b] as const;
}

const plain = (n: number) => n.toLocaleString("en");

/** The sentence about positions `a` to `b`, without `b`; readers see positions that start at 1. */
export function describeLetters(
  { text, unit, tracks, regions }: TrackData,
  a: number,
  b: number,
): string {
  const isOne = b === a + 1;
  const position = isOne
    ? `${unit} ${plain(a + 1)} is ${text[a]}`
    : `${unit}s ${plain(a + 1)} to ${plain(b)}`;
  const values = tracks.map((track) => `${track.name} ${meanOf(track, a, b).toFixed(2)}`);
  const here = regions.filter(({ from, to }) => from <= a && a < to).map(({ name }) => name);
  const where = here.length > 0 ? ` (${here.join(", ")})` : "";
  return `${position}${where}: ${values.join(", ")}${isOne ? "" : " on average"}`;
}
