/**
 * A chain of points in space, `{ view: "chain", chains: [{ name, points, values }], scale, groups,
 * start }`: turn it with the pointer, a finger or the arrow keys, and point at a residue to read
 * its number. A second chain lies behind the first one, lighter.
 */
import { ARROWS, mountCanvas, pointOn, sharpness } from "../canvas";
import { element, helpText } from "../parts";
import { readView, type Renderer, type PageContext } from "../view";
import { paintChains, projection, sceneOf, type ChainView, type Scene } from "./chainPaint";
import {
  colorOf,
  labeled,
  rampColors,
  readChains,
  describeResidue,
  type Chains,
  type Rotation,
} from "./chainShape";

/** Pixels, in a column of text and on a slide. */
const MAX_WIDTH = { text: 560, slide: 900 };
const MAX_HEIGHT = 360;
const DEGREES_PER_PIXEL = 0.5;
const KEY_TURN_DEGREES = 10;
/** A pointer within this many pixels of a residue chooses it. */
const HOVER_DISTANCE = 14;
const USE = "Drag to turn it.";
const KEYS = "arrows turn, Home turns back, Page Up and Down choose residues.";

let count = 0;

function parts() {
  const canvas = element("canvas", "course-chain");
  const legend = element("p", "course-legend");
  const sentence = element("p", "course-reads");
  const help = helpText("course-help", USE, KEYS);
  help.id = `course-chain-help-${++count}`;
  sentence.setAttribute("role", "status");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-describedby", help.id);
  return { canvas, legend, sentence, help };
}

/** The legend's entries: groups or a color scale, and the second chain. */
function legendOf(data: Chains, dark: boolean): HTMLElement[] {
  const entry = (background: string, text: string) => {
    const box = element("span", "course-key");
    const swatch = element("span", "course-swatch");
    swatch.style.background = background;
    box.append(swatch, text);
    return box;
  };
  const { chains, groups, scale } = data;
  const colored = groups?.map((name, i) => entry(colorOf(i, data, dark), name)) ?? [];
  if (!groups) {
    const text = labeled(scale.label, `${scale.from} to ${scale.to}`);
    const ramp = entry(rampColors(data, dark), text);
    ramp.classList.add("course-ramp");
    colored.push(ramp);
  }
  return chains[1] ? [...colored, entry("#888888", chains[1].name)] : colored;
}

/** Paints at the screen's resolution. */
function paintSharp(canvas: HTMLCanvasElement, scene: Scene, view: Omit<ChainView, "zoom">): void {
  const zoom = sharpness(canvas);
  const [width, height] = [view.size.width * zoom, view.size.height * zoom].map(Math.round) as [
    number,
    number,
  ];
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
  }
  paintChains(canvas, scene, { ...view, zoom });
}

/** The residue at a position on the canvas; of several, the one nearest to the reader. */
function residueAt(scene: Scene, turn: Rotation, size: ChainView["size"], x: number, y: number) {
  const projected = scene.data.chains[0]!.points.map(projection(scene, turn, size));
  return projected
    .map(([px, py, near], i) => ({ i, near, far: Math.hypot(px - x, py - y) }))
    .filter(({ far }) => far < HOVER_DISTANCE)
    .sort((a, b) => a.far - a.near * 6 - (b.far - b.near * 6))[0]?.i;
}

/** The chains of the control that this one is in; none elsewhere. */
const examplesIn = ({ examples = [] }: PageContext): Chains[] =>
  examples.flatMap((json) => {
    const view = readView(json);
    return (view?.view === "chain" && readChains(view)) || [];
  });

/** The chain's state on its canvas, with the actions that turn it and choose a residue. */
function createChainCanvas(
  page: PageContext,
  first: Chains,
  { canvas, sentence }: ReturnType<typeof parts>,
) {
  const others = examplesIn(page);
  let scene: Scene = sceneOf(first, others);
  let turn: Rotation = first.start;
  let chosen: number | undefined;
  let size = { width: 0, height: 0 };

  const paint = () => {
    if (size.width > 0) paintSharp(canvas, scene, { turn, size: size, dark: page.dark(), chosen });
  };
  const choose = (i: number | undefined) => {
    chosen = i;
    sentence.textContent = i === undefined ? "" : describeResidue(scene.data, i);
    paint();
  };
  const length = () => scene.data.chains[0]!.points.length;
  return {
    paint,
    resize(available: number) {
      const width = Math.min(available, page.isSlide ? MAX_WIDTH.slide : MAX_WIDTH.text);
      if (width === 0 || width === size.width) return;
      size = { width, height: Math.min(width, MAX_HEIGHT) };
      Object.assign(canvas.style, { width: `${width}px`, height: `${size.height}px` });
      paint();
    },
    turnBy(aside: number, down: number) {
      const tilt = Math.min(90, Math.max(-90, turn.tilt + down));
      turn = { turn: (turn.turn + aside) % 360, tilt };
      paint();
    },
    turnBack() {
      turn = scene.data.start;
      paint();
    },
    step(by: number) {
      choose(chosen === undefined ? 0 : Math.min(length() - 1, Math.max(0, chosen + by)));
    },
    pointAt(x: number, y: number) {
      const i = residueAt(scene, turn, size, x, y);
      if (i !== undefined && i !== chosen) choose(i);
    },
    change(data: Chains) {
      scene = sceneOf(data, others);
      choose(chosen !== undefined && chosen < length() ? chosen : undefined);
    },
  };
}

type ChainCanvas = ReturnType<typeof createChainCanvas>;

function followPointer(canvas: HTMLCanvasElement, moves: ChainCanvas): void {
  let last: { x: number; y: number } | undefined;
  const point = (event: PointerEvent) => {
    const { x, y } = pointOn(canvas, event);
    moves.pointAt(x, y);
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    last = { x: event.clientX, y: event.clientY };
    point(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return point(event);
    const { clientX: x, clientY: y } = event;
    moves.turnBy((x - last.x) * DEGREES_PER_PIXEL, (y - last.y) * DEGREES_PER_PIXEL);
    last = { x, y };
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => (last = undefined));
  }
}

function followKeys(canvas: HTMLCanvasElement, moves: ChainCanvas): void {
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS.get(event.key);
    if (arrow) moves.turnBy(KEY_TURN_DEGREES * arrow[0], KEY_TURN_DEGREES * arrow[1]);
    else if (event.key === "Home") moves.turnBack();
    else if (event.key === "PageUp") moves.step(-1);
    else if (event.key === "PageDown") moves.step(1);
    else return;
    event.preventDefault();
  });
}

export const chain: Renderer = {
  version: 1,
  draw(host, view, page) {
    const first = readChains(view);
    if (!first) return undefined;
    const all = parts();
    const moves = createChainCanvas(page, first, all);
    let legend = () => legendOf(first, page.dark());
    const name = (data: Chains) => {
      const names = data.chains.map((one) => `“${one.name}”`).join(" and ");
      const { length } = data.chains[0]!.points;
      all.canvas.setAttribute("aria-label", `${names} in space, ${length} residues`);
      legend = () => legendOf(data, page.dark());
      all.legend.replaceChildren(...legend());
    };
    followPointer(all.canvas, moves);
    followKeys(all.canvas, moves);
    return mountCanvas(host, [all.legend, all.canvas, all.sentence, all.help], first, {
      read: readChains,
      name,
      change: moves.change,
      resize: moves.resize,
      redraw() {
        all.legend.replaceChildren(...legend());
        moves.paint();
      },
    });
  },
};
