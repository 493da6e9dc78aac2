/** Paints a track on a canvas: an overview, a row for each track, the letters, a ruler. */
import { roundStep } from "../numbers";
import { shownColor } from "../shades";
import {
  meanOf,
  lettersAt,
  type TrackData,
  type Region,
  type Window,
  type Track,
} from "./trackData";

const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];
const SHADES = ["#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#999999"];
const LETTER_COLORS = new Map([
  ["A", "#7fd6b8"],
  ["C", "#8cc5ee"],
  ["G", "#f2cf63"],
  ["T", "#f4a582"],
]);
export const OVERVIEW_HEIGHT = 26;
const NAMES_HEIGHT = 20;
const TRACK_HEIGHT = 96;
const LETTERS_HEIGHT = 26;
const RULER_HEIGHT = 24;
/** Letters are drawn from this width on, in pixels. */
const MIN_LETTER_WIDTH = 9;

export interface TrackState {
  line: TrackData;
  span: Window;
  width: number;
  dark: boolean;
  /** The first of the chosen positions, and the one after the last. */
  chosen: readonly [number, number] | undefined;
}

export const heightOf = ({ tracks }: TrackData): number =>
  OVERVIEW_HEIGHT + NAMES_HEIGHT + tracks.length * TRACK_HEIGHT + LETTERS_HEIGHT + RULER_HEIGHT;

type Context = CanvasRenderingContext2D;

const shadeOf = (regions: Region[], { name }: Region) => {
  const names = [...new Set(regions.map((region) => region.name))];
  return SHADES[names.indexOf(name) % SHADES.length]!;
};

/** Paints all regions of the whole text, and a frame around the window. */
function paintOverview(context: Context, { line, span, width }: TrackState, ink: string): void {
  const scale = width / line.text.length;
  context.fillStyle = "rgba(128, 128, 128, 0.25)";
  context.fillRect(0, 8, width, 10);
  for (const region of line.regions) {
    context.fillStyle = shadeOf(line.regions, region);
    context.fillRect(region.from * scale, 8, (region.to - region.from) * scale, 10);
  }
  const [left, seen] = [span.from * scale, Math.max(3, span.count * scale)];
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.strokeRect(Math.min(left + 1, width - 4), 2, Math.max(1, seen - 2), 22);
}

/** Paints the window's regions with their names. */
function paintRegions(context: Context, { line, span, width }: TrackState, ink: string): void {
  const at = (position: number) => ((position - span.from) * width) / span.count;
  for (const region of line.regions) {
    const [left, right] = [Math.max(0, at(region.from)), Math.min(width, at(region.to))];
    if (right <= left) continue;
    context.fillStyle = shadeOf(line.regions, region);
    context.fillRect(left, OVERVIEW_HEIGHT + NAMES_HEIGHT - 4, right - left, 4);
    context.fillStyle = ink;
    const fits = context.measureText(region.name).width < right - left - 4;
    if (fits) context.fillText(region.name, left + 2, OVERVIEW_HEIGHT + 11);
  }
}

/** Converts a number on a track's scale to a height above the row's base line. */
const heightIn = ({ from, to }: Track, value: number) =>
  ((TRACK_HEIGHT - 26) * (Math.min(to, Math.max(from, value)) - from)) / (to - from);

function paintValues(context: Context, scene: TrackState, index: number, ink: string): void {
  const { line, span, width, dark } = scene;
  const track = line.tracks[index]!;
  const floor = OVERVIEW_HEIGHT + NAMES_HEIGHT + (index + 1) * TRACK_HEIGHT;
  context.fillStyle = shownColor(COLORS[index % COLORS.length]!, dark);
  const wide = width / span.count;
  if (wide >= 2) {
    const last = Math.min(line.text.length, Math.ceil(span.from + span.count));
    for (let i = Math.floor(span.from); i < last; i++) {
      const tall = heightIn(track, meanOf(track, i, i + 1));
      context.fillRect((i - span.from) * wide, floor - tall, wide - (wide > 6 ? 1 : 0), tall);
    }
  } else {
    for (let x = 0; x < width; x++) {
      const [a, b] = lettersAt(span, x, width, line.text.length);
      const tall = heightIn(track, meanOf(track, a, b));
      context.fillRect(x, floor - tall, 1, tall);
    }
  }
  context.fillStyle = ink;
  context.fillText(`${track.name}, ${track.from} to ${track.to}`, 2, floor - TRACK_HEIGHT + 15);
  context.fillRect(0, floor, width, 1);
}

function paintLetters(
  context: Context,
  { line, span, width }: TrackState,
  top: number,
  ink: string,
) {
  const wide = width / span.count;
  context.textAlign = "center";
  if (wide < MIN_LETTER_WIDTH) {
    context.fillStyle = ink;
    context.fillText("Zoom in to read the letters.", width / 2, top + 17);
  } else {
    const first = Math.floor(span.from);
    [...line.text.slice(first, Math.ceil(span.from + span.count))].forEach((letter, i) => {
      context.fillStyle = LETTER_COLORS.get(letter) ?? "#bbbbbb";
      const x = (first + i - span.from + 0.5) * wide;
      context.fillRect(x - wide / 2 + 0.5, top + 4, wide - 1, 18);
      context.fillStyle = "#111111";
      context.fillText(letter, x, top + 17);
    });
  }
  context.textAlign = "left";
}

/** Ticks are about a hundred pixels apart. */
const tickStep = (count: number, width: number): number =>
  roundStep(Math.max(1, (100 * count) / width));

/** Paints the ruler; positions start at 1. */
function paintRuler(context: Context, { span, width }: TrackState, top: number, ink: string): void {
  const step = tickStep(span.count, width);
  context.fillStyle = ink;
  const first = Math.max(1, Math.ceil((span.from + 1) / step) * step);
  for (let position = first; position <= span.from + span.count; position += step) {
    const x = ((position - 0.5 - span.from) * width) / span.count;
    context.fillRect(x, top, 1, 5);
    const label = position.toLocaleString("en");
    const half = context.measureText(label).width / 2;
    context.fillText(label, Math.max(0, Math.min(width - 2 * half, x - half)), top + 18);
  }
}

/** @param zoom canvas pixels per CSS pixel */
export function paintTrack(canvas: HTMLCanvasElement, scene: TrackState, zoom: number): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { line, span, width, dark, chosen } = scene;
  const ink = dark ? "#e4e4e4" : "#222222";
  const height = heightOf(line);
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = "12px system-ui, sans-serif";
  paintOverview(context, scene, ink);
  paintRegions(context, scene, ink);
  line.tracks.forEach((_, i) => paintValues(context, scene, i, ink));
  paintLetters(context, scene, height - RULER_HEIGHT - LETTERS_HEIGHT, ink);
  paintRuler(context, scene, height - RULER_HEIGHT, ink);
  if (!chosen) return;
  const at = (position: number) => ((position - span.from) * width) / span.count;
  context.fillStyle = dark ? "rgba(255, 255, 255, 0.25)" : "rgba(0, 0, 0, 0.18)";
  const wide = Math.max(1, at(chosen[1]) - at(chosen[0]));
  context.fillRect(at(chosen[0]), OVERVIEW_HEIGHT, wide, height - OVERVIEW_HEIGHT - RULER_HEIGHT);
}
