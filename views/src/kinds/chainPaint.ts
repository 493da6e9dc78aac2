/** Paints chains as shaded tubes on a canvas, from back to front. */
import {
  ballOf,
  colorOf,
  curveThrough,
  mixed,
  seenFrom,
  type Chains,
  type Point,
  type Smooth,
  type Turn,
} from "./chainShape";

/** How much of the page's color the farthest parts take, and the chain behind at any depth. */
const FADE = 0.62;
const LIGHTER = 0.45;
const PAPER = { light: "#ffffff", dark: "#111111" };
const BEHIND = "#888888";
const RING = { light: "#222222", dark: "#ffffff" };
/** The part of the room that the ball fills. */
const FILLED = 0.43;

export interface Scene {
  data: Chains;
  curves: Smooth[][];
}

export const sceneOf = (data: Chains): Scene => ({
  data,
  curves: data.chains.map(({ points }) => curveThrough(points)),
});

interface Link {
  from: Point;
  to: Point;
  near: number;
  color: string;
  width: number;
}

interface Room {
  width: number;
  height: number;
}

/** Where a point is on the canvas, in pixels. */
export function placing({ data }: Scene, turn: Turn, { width, height }: Room) {
  const see = seenFrom(turn, ballOf(data));
  const scale = FILLED * Math.min(width, height);
  return (point: Point): Point => {
    const [x, y, near] = see(point);
    return [width / 2 + x * scale, height / 2 + y * scale, near];
  };
}

/** The links of all chains, those that are farthest away first. */
function linksOf(scene: Scene, place: (p: Point) => Point, paper: string, thick: number): Link[] {
  const links = scene.curves.flatMap((curve, which) => {
    const places = curve.map(({ point }) => place(point));
    const { values } = scene.data.chains[which]!;
    return places.slice(1).map((to, i): Link => {
      const from = places[i]!;
      const near = (from[2] + to[2]) / 2;
      const own = which === 0 ? colorOf(values[Math.round(curve[i]!.at)]!, scene.data) : BEHIND;
      const far = Math.min(1, Math.max(0, (1 - near) / 2));
      const fade = which === 0 ? far * FADE : LIGHTER + (1 - LIGHTER) * far * FADE;
      const width = thick * (which === 0 ? 1 : 0.6) * (1 + 0.35 * Math.max(-1, Math.min(1, near)));
      return { from, to, near, color: mixed(own, paper, fade), width };
    });
  });
  return links.sort((a, b) => a.near - b.near);
}

function stroke(context: CanvasRenderingContext2D, { from, to }: Link, color: string, w: number) {
  context.strokeStyle = color;
  context.lineWidth = w;
  context.beginPath();
  context.moveTo(from[0], from[1]);
  context.lineTo(to[0], to[1]);
  context.stroke();
}

/**
 * @param chosen the point of the first chain that has a ring about it
 * @param zoom pixels of the screen per pixel of the page
 */
export function paintChains(
  canvas: HTMLCanvasElement,
  scene: Scene,
  view: { turn: Turn; room: Room; dark: boolean; chosen: number | undefined; zoom: number },
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { room, dark, chosen, zoom } = view;
  const paper = dark ? PAPER.dark : PAPER.light;
  const place = placing(scene, view.turn, room);
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  context.clearRect(0, 0, room.width, room.height);
  const thick = Math.max(3, Math.min(room.width, room.height) / 52);
  for (const link of linksOf(scene, place, paper, thick)) {
    // a rim of the page's color tells what passes in front; a bright core makes it round
    context.lineCap = "butt";
    stroke(context, link, paper, link.width + 3);
    context.lineCap = "round";
    stroke(context, link, mixed(link.color, "#000000", 0.18), link.width);
    stroke(context, link, link.color, link.width * 0.7);
    stroke(context, link, mixed(link.color, "#ffffff", 0.35), link.width * 0.22);
  }
  if (chosen === undefined) return;
  const [x, y] = place(scene.data.chains[0]!.points[chosen]!);
  context.strokeStyle = dark ? RING.dark : RING.light;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, thick, 0, 2 * Math.PI);
  context.stroke();
}
