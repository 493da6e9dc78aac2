/**
 * A long text with numbers along it, `{ view: "track", text, unit, tracks: [{ name, from, to, bytes
 * }], regions: [{ name, from, to }] }`: from the whole of it to single letters. Drag to move along
 * it, zoom by the slider or with two fingers, and point at a letter to read its numbers.
 */
import { mountCanvas, sharpness } from "../canvas";
import { element, helpText } from "../parts";
import type { Renderer, PageContext } from "../view";
import {
  MIN_WINDOW,
  lettersAt,
  readTrackData,
  describeLetters,
  clampWindow,
  zoomWindow,
  type TrackData,
  type Window,
} from "./trackData";
import { heightOf, paintTrack } from "./trackPaint";
import { followPointer } from "./trackPointer";

const MAX_WIDTH = 900;
const ZOOM_STEPS = 1000;
const USE = "Drag to move along, zoom with the slider, two fingers, or Ctrl and the wheel.";
const KEYS =
  "left and right move, up and down zoom, Home shows all, Page Up and Page Down go from one to the next.";

let count = 0;

function parts() {
  const canvas = element("canvas", "course-track");
  const sentence = element("p", "course-reads");
  const help = helpText("course-help", USE, KEYS);
  const zoom = element("label", "course-zoom");
  const range = element("input", "");
  const seen = element("output", "");
  help.id = `course-track-help-${++count}`;
  sentence.setAttribute("role", "status");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-describedby", help.id);
  Object.assign(range, { type: "range", min: 0, max: ZOOM_STEPS, step: 1 });
  zoom.append(element("span", "", "zoom"), range, seen);
  return { canvas, sentence, help, zoom, range, seen };
}

type Parts = ReturnType<typeof parts>;

/** Converts between positions of the zoom slider and numbers of letters, on a logarithmic scale. */
const seenAt = (position: number, length: number) =>
  length * (Math.min(MIN_WINDOW, length) / length) ** (position / ZOOM_STEPS);
const positionOf = (seen: number, length: number) =>
  length <= MIN_WINDOW
    ? 0
    : Math.round((ZOOM_STEPS * Math.log(length / seen)) / Math.log(length / MIN_WINDOW));

/** The drawn state, with functions that redraw it. */
function createState(page: PageContext, line: TrackData, { canvas, sentence, range, seen }: Parts) {
  const scene = {
    line,
    span: { from: 0, count: line.text.length } as Window,
    width: 0,
    chosen: undefined as readonly [number, number] | undefined,
  };
  const paint = () => {
    const { line, width } = scene;
    if (width === 0) return;
    const sharp = sharpness(canvas);
    const size = { width: Math.round(width * sharp), height: Math.round(heightOf(line) * sharp) };
    if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
    Object.assign(canvas.style, { width: `${width}px`, height: `${heightOf(line)}px` });
    paintTrack(canvas, { ...scene, dark: page.dark() }, sharp);
  };
  const show = (to: Window) => {
    const { text, unit } = scene.line;
    scene.span = clampWindow(to, text.length);
    const letters = `${Math.round(scene.span.count).toLocaleString("en")} ${unit}s`;
    range.value = String(positionOf(scene.span.count, text.length));
    range.setAttribute("aria-valuetext", letters);
    seen.textContent = letters;
    paint();
  };
  const choose = (range: readonly [number, number] | undefined) => {
    scene.chosen = range;
    sentence.textContent = range ? describeLetters(scene.line, ...range) : "";
    paint();
  };
  return { scene, paint, show, choose };
}

/** Actions that move the window and choose a letter. */
function navigation({ scene, show, choose }: ReturnType<typeof createState>) {
  const length = () => scene.line.text.length;
  const isSeen = ([a, b]: readonly [number, number]) =>
    a >= scene.span.from && b <= scene.span.from + scene.span.count;
  const middle = () =>
    scene.chosen && isSeen(scene.chosen) ? scene.chosen[0] : scene.span.from + scene.span.count / 2;
  const placeAt = (x: number) => scene.span.from + (x * scene.span.count) / scene.width;
  return {
    placeAt,
    moveBy: (pixels: number) => show({ ...scene.span, from: placeAt(pixels) }),
    zoomBy: (factor: number, at = middle()) =>
      show(zoomWindow(scene.span, scene.span.count * factor, at, length())),
    zoomTo: (position: number) =>
      show(zoomWindow(scene.span, seenAt(position, length()), middle(), length())),
    goTo: (share: number) => show({ ...scene.span, from: share * length() - scene.span.count / 2 }),
    whole: () => show({ from: 0, count: length() }),
    pointAt: (x: number) => choose(lettersAt(scene.span, Math.floor(x), scene.width, length())),
    step(by: number) {
      const from = scene.chosen ? scene.chosen[0] + by : middle();
      const position = Math.max(0, Math.min(length() - 1, Math.floor(from)));
      choose([position, position + 1]);
      if (!isSeen([position, position + 1])) {
        show({ ...scene.span, from: position - scene.span.count / 2 });
      }
    },
    resize(available: number) {
      const next = Math.min(available, MAX_WIDTH);
      if (next === 0 || next === scene.width) return;
      scene.width = next;
      show(scene.span);
    },
    change(next: TrackData) {
      const isOther = next.text.length !== length();
      scene.line = next;
      choose(isOther ? undefined : scene.chosen);
      show(isOther ? { from: 0, count: length() } : scene.span);
    },
  };
}

type Navigation = ReturnType<typeof navigation>;

function followKeys(canvas: HTMLCanvasElement, moves: Navigation): void {
  const keys = new Map<string, () => void>([
    ["ArrowLeft", () => moves.moveBy(-60)],
    ["ArrowRight", () => moves.moveBy(60)],
    ["ArrowUp", () => moves.zoomBy(0.7)],
    ["ArrowDown", () => moves.zoomBy(1 / 0.7)],
    ["Home", moves.whole],
    ["PageUp", () => moves.step(-1)],
    ["PageDown", () => moves.step(1)],
  ]);
  canvas.addEventListener("keydown", (event) => {
    const act = keys.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

export const track: Renderer = {
  version: 1,
  draw(host, view, page) {
    const first = readTrackData(view);
    if (!first) return undefined;
    const all = parts();
    const drawing = createState(page, first, all);
    const moves = navigation(drawing);
    const name = ({ text, unit, tracks }: TrackData) => {
      const names = tracks.map((one) => `“${one.name}”`).join(" and ");
      const long = `${text.length.toLocaleString("en")} ${unit}s`;
      all.canvas.setAttribute("aria-label", `${names} along ${long}`);
    };
    followPointer(all.canvas, moves);
    followKeys(all.canvas, moves);
    all.range.addEventListener("input", () => moves.zoomTo(all.range.valueAsNumber));
    moves.whole();
    return mountCanvas(host, [all.canvas, all.zoom, all.sentence, all.help], first, {
      read: readTrackData,
      name,
      change: moves.change,
      resize: moves.resize,
      redraw: drawing.paint,
    });
  },
};
