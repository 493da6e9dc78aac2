/** Paints chains as shaded tubes on a canvas, from back to front. */
import {
  boundingSphere,
  colorOf,
  scaleColors,
  curveThrough,
  mixed,
  viewFrom,
  type Chains,
  type Point,
  type CurvePoint,
  type Rotation,
} from "./chainShape";

/** The share of the page's color in the farthest parts, and in the second chain at any depth. */
const MAX_FADES = { light: 0.62, dark: 0.4 };
const SECOND_CHAIN_FADE = 0.45;
const PAGE_COLORS = { light: "#ffffff", dark: "#111111" };
const SECOND_CHAIN_COLORS = { light: "#888888", dark: "#d0d0d0" };
const RING_COLORS = { light: "#222222", dark: "#ffffff" };
/** Pixels that stay free at the canvas's edges. */
const EDGE = 8;
/** The largest radius of the bounding sphere, as a part of half the canvas's height. */
const MAX_GROWTH = 1.7;
/** The second chain is drawn this much farther away, so that the first one covers it. */
const SECOND_CHAIN_DEPTH = 0.2;

export interface Scene {
  data: Chains;
  curves: CurvePoint[][];
  /** All points that have room: of these chains, and of those in a control's other examples. */
  inSight: Point[];
  sphere: ReturnType<typeof boundingSphere>;
}

export function sceneOf(data: Chains, others: Chains[] = []): Scene {
  // the last one stays the center
  const chains = [...others.flatMap((other) => other.chains), ...data.chains];
  return {
    data,
    curves: data.chains.map(({ points }) => curveThrough(points)),
    inSight: chains.flatMap(({ points }) => points),
    sphere: boundingSphere({ ...data, chains }),
  };
}

/** The tube from one point of a chain to the next. */
interface Link {
  line: Point[];
  /** The line with a little added at both ends, so that no seam shows. */
  longer: Point[];
  near: number;
  color: string;
  width: number;
}

interface CanvasSize {
  width: number;
  height: number;
}

/**
 * Projects points to pixels of the canvas, as large as fits in this position, with what is seen in
 * the canvas's middle; a chain that seems small from here doesn't grow much while it's turned. All
 * examples of a control have one scale and one middle, so that what moves is seen to move.
 */
export function projection(
  { inSight, sphere }: Scene,
  turn: Rotation,
  { width, height }: CanvasSize,
) {
  const see = viewFrom(turn, sphere);
  const seen = inSight.map(see);
  const across = extentOf(seen, 0);
  const down = extentOf(seen, 1);
  const scale = Math.min(
    (width - 2 * EDGE) / across.length,
    (height - 2 * EDGE) / down.length,
    (MAX_GROWTH * Math.min(0.75 * width, height)) / 2,
  );
  return (point: Point): Point => {
    const [x, y, near] = see(point);
    const right = width / 2 + (x - across.middle) * scale;
    return [right, height / 2 + (y - down.middle) * scale, near];
  };
}

/** The length and the middle of what points take along an axis. */
function extentOf(points: Point[], axis: 0 | 1): { length: number; middle: number } {
  const least = points.reduce((low, point) => Math.min(low, point[axis]), Infinity);
  const most = points.reduce((high, point) => Math.max(high, point[axis]), -Infinity);
  return { length: most - least, middle: (least + most) / 2 };
}

/** The links of all chains, those that are farthest away first. */
function linksOf(
  scene: Scene,
  project: (p: Point) => Point,
  theme: keyof typeof PAGE_COLORS,
  thick: number,
): Link[] {
  const colors = scaleColors(scene.data, theme === "dark");
  const links = scene.curves.flatMap((curve, which) => {
    const { values, points } = scene.data.chains[which]!;
    const projected = curve.map(({ point }) => project(point));
    const parts = (curve.length - 1) / Math.max(1, points.length - 1);
    return values.slice(1).map((_, i): Link => {
      const [start, end] = [i * parts, (i + 1) * parts];
      const near = (projected[start]![2] + projected[end]![2]) / 2;
      const own =
        which === 0
          ? colorOf(values[i]!, scene.data, theme === "dark", colors)
          : SECOND_CHAIN_COLORS[theme];
      const far = Math.min(1, Math.max(0, (1 - near) / 2));
      const faded = far * MAX_FADES[theme];
      const fade = which === 0 ? faded : SECOND_CHAIN_FADE + (1 - SECOND_CHAIN_FADE) * faded;
      const width = thick * (which === 0 ? 1 : 0.6) * (1 + 0.35 * Math.max(-1, Math.min(1, near)));
      return {
        line: projected.slice(start, end + 1),
        longer: projected.slice(Math.max(0, start - 1), end + 2),
        near: near - which * SECOND_CHAIN_DEPTH,
        color: mixed(own, PAGE_COLORS[theme], fade),
        width,
      };
    });
  });
  return links.sort((a, b) => a.near - b.near);
}

function stroke(context: CanvasRenderingContext2D, line: Point[], color: string, width: number) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  line.forEach(([x, y]) => context.lineTo(x, y));
  context.stroke();
}

export interface ChainView {
  turn: Rotation;
  size: CanvasSize;
  dark: boolean;
  /** The index of the point in the first chain that gets a ring. */
  chosen: number | undefined;
  /** Pixels of the screen per pixel of the page. */
  zoom: number;
}

export function paintChains(canvas: HTMLCanvasElement, scene: Scene, view: ChainView): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { size: size, dark, chosen, zoom } = view;
  const theme = dark ? "dark" : "light";
  const project = projection(scene, view.turn, size);
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const thick = Math.max(3, Math.min(size.width, size.height) / 52);
  context.lineJoin = "round";
  for (const { line, longer, color, width } of linksOf(scene, project, theme, thick)) {
    // a rim in the page's color separates a tube from those behind it; a bright core makes it round
    stroke(context, line, PAGE_COLORS[theme], width + 3);
    stroke(context, longer, mixed(color, "#000000", 0.18), width);
    stroke(context, longer, color, width * 0.7);
    stroke(context, longer, mixed(color, "#ffffff", 0.35), width * 0.22);
  }
  if (chosen === undefined) return;
  const [x, y] = project(scene.data.chains[0]!.points[chosen]!);
  context.strokeStyle = dark ? RING_COLORS.dark : RING_COLORS.light;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, thick, 0, 2 * Math.PI);
  context.stroke();
}
