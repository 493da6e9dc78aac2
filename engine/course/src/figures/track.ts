/** A long text with numbers along it, which readers zoom from the whole to single letters. */
import { COLORS, cycle, type HtmlFigure } from "./figure";
import { escapeHtml } from "./html";
import { expectNumbers, expectSome } from "./validate";

export interface TrackLine {
  name: string;
  /** A number for each letter. */
  values: ArrayLike<number>;
  /** The ends of the scale; numbers outside are drawn at its ends. */
  range: [number, number];
}

export interface TrackOptions {
  /** What a letter is: "base". */
  unit?: string;
  /** Stretches with names: the first place, from 0, and the one after the last. */
  regions?: { name: string; from: number; to: number }[];
}

const MAX_LETTERS = 400_000;
const MAX_TRACKS = 4;
const MAX_REGIONS = 50;
const [WIDTH, TRACK_HEIGHT] = [800, 90];

function expectTracks(text: string, tracks: readonly TrackLine[]): void {
  expectSome("track", "tracks", tracks);
  if (tracks.length > MAX_TRACKS) {
    throw new Error(`track: expected at most ${MAX_TRACKS} tracks, got ${tracks.length}`);
  }
  for (const { name, values, range } of tracks) {
    const [from, to] = range ?? [];
    if (!Number.isFinite(from) || !Number.isFinite(to) || from! >= to!) {
      throw new Error(`track: expected range as [least, greatest] for "${name}", got [${range}]`);
    }
    if (values.length !== text.length) {
      const got = `got ${values.length} for ${text.length}`;
      throw new Error(`track: expected a number per letter in "${name}", ${got}`);
    }
    expectNumbers("track", `"${name}"`, Array.from(values));
  }
}

function expectRegions(regions: NonNullable<TrackOptions["regions"]>, length: number): void {
  if (regions.length > MAX_REGIONS) {
    throw new Error(`track: expected at most ${MAX_REGIONS} regions, got ${regions.length}`);
  }
  const odd = regions.find(({ from, to }) => !(from >= 0 && from < to && to <= length));
  if (!odd) return;
  const got = `got ${odd.from} to ${odd.to}`;
  throw new Error(`track: expected 0 ≤ from < to ≤ ${length} for region "${odd.name}", ${got}`);
}

/** Each number as a byte on the scale, in base64. */
function encodeValues({ values, range: [from, to] }: TrackLine): string {
  const byte = (value: number) => Math.round((255 * (value - from)) / (to - from));
  return Buffer.from(Uint8ClampedArray.from(values, byte)).toString("base64");
}

/**
 * A long text with numbers along it, such as a genome and what a model loses at each base: from the
 * whole of it down to single letters. Drag to move along it, zoom by a slider, and point at a
 * letter to read its numbers.
 *
 *     track(bases, [{ name: "bits", values: bits, range: [0, 4] }], { unit: "base" })
 *
 * @param text at most 400,000 letters
 * @param tracks one to four lines of numbers, which are drawn in 256 steps
 * @throws when the text is empty or too long, or a track doesn't have one number per letter
 */
export function track(text: string, tracks: TrackLine[], options: TrackOptions = {}): HtmlFigure {
  const { unit = "letter", regions = [] } = options;
  if (typeof text !== "string" || text === "" || text.length > MAX_LETTERS) {
    throw new Error(`track: expected a text of 1 to 400,000 letters, got ${text?.length}`);
  }
  expectTracks(text, tracks);
  expectRegions(regions, text.length);
  const lines = tracks.map((line) => {
    const [from, to] = line.range;
    return { name: line.name, from, to, bytes: encodeValues(line) };
  });
  const view = {
    view: "track",
    version: 1,
    text,
    unit,
    tracks: lines,
    regions,
  };
  return { html: drawing(text, tracks, unit), view, isRicher: true };
}

/** The means of equal stretches along the whole text. */
function means({ values }: TrackLine, count: number): number[] {
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => {
    const a = Math.floor(i * size);
    const b = Math.max(a + 1, Math.floor((i + 1) * size));
    let sum = 0;
    for (let at = a; at < b; at++) sum += values[at]!;
    return sum / (b - a);
  });
}

/** The whole text as a picture: a line of means for each track. */
function drawing(text: string, tracks: TrackLine[], unit: string): string {
  const count = Math.min(text.length, WIDTH / 4);
  const lanes = tracks.map((line, i) => {
    const [from, to] = line.range;
    const floor = (i + 1) * TRACK_HEIGHT - 4;
    const points = means(line, count).map((mean, at) => {
      const share = Math.min(1, Math.max(0, (mean - from) / (to - from)));
      const x = ((at + 0.5) * WIDTH) / count;
      return `${x.toFixed(1)},${(floor - share * (TRACK_HEIGHT - 14)).toFixed(1)}`;
    });
    const color = cycle(COLORS, i);
    return (
      `<path d="M0 ${floor}H${WIDTH}" stroke="#888888"/>` +
      `<polyline points="${points.join(" ")}" fill="none" stroke="${color}" stroke-width="1.5"/>`
    );
  });
  const height = tracks.length * TRACK_HEIGHT;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
    `viewBox="0 0 ${WIDTH} ${height}">${lanes.join("")}</svg>`;
  const data = Buffer.from(svg).toString("base64");
  const names = tracks.map(({ name, range: [from, to] }, i) => {
    const style = `border-bottom: 4px solid ${cycle(COLORS, i)}`;
    return `<span style="${style}">${escapeHtml(name)}, ${from} to ${to}</span>`;
  });
  const long = `${text.length.toLocaleString("en")} ${escapeHtml(unit)}s`;
  const alt = `${tracks.map(({ name }) => escapeHtml(name)).join(" and ")} along ${long}`;
  return (
    `<img alt="${alt}" src="data:image/svg+xml;base64,${data}">` +
    `<p>${names.join(" ")} along ${long}</p>`
  );
}
