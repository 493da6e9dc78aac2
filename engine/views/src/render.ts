/** Draws a chart into the page: a caption, the plot, and a slider where it has frames. */
import { nameBinaries } from "./binary";
import { atFrame, hidesAxes, marginOf, metaOf, type Chart, type Trace } from "./chart";
import { withCellValues } from "./cellValues";
import { fittedScale } from "./colorScale";
import { raisedTitles, withHeadroom } from "./headroom";
import { nameHovers } from "./hover";
import { isObject } from "./json";
import { legendAbove, namedAtEnds } from "./legend";
import { apartAtEnds } from "./lineEnds";
import { fittedRows } from "./matrixRows";
import { reflowPanels } from "./panels";
import { fillCaption, whenResized } from "./parts";
import { reflowSheet, withNameRoom } from "./sheet";
import {
  fittedMatrix,
  fontSize,
  sizedForSlide,
  sizeOf,
  squaresWidth,
  type Size,
  type SlideSize,
} from "./size";
import { sidewaysBars } from "./sidewaysBars";
import { slider, type Slider } from "./slider";
import { spareRoom, type DrawnLayout } from "./spareRoom";
import { themed } from "./theme";
import { fittedLetters, fittedTicks, shortNames } from "./tickLabels";

/** The part of plotly.js that views use; the page provides it. */
export interface Plotly {
  react(
    element: HTMLElement,
    data: object[],
    layout: object,
    config: object,
  ): Promise<unknown> | unknown;
  purge(element: HTMLElement): void;
}

/** An element after plotly drew in it. */
type DrawnPlot = HTMLElement & { _fullLayout?: DrawnLayout };

/** Names break where a chart gets narrower, so its size settles after a drawing or two. */
const MAX_CROPS = 3;

export interface ChartOptions {
  /** Whether the page is dark now. */
  dark(): boolean;
  /** The size to fill, for slides; without it, a chart chooses its height. */
  slideSize?(): SlideSize;
  /** Where its slider goes; above the plot unless given. */
  sliders?: HTMLElement;
}

export interface RenderedChart {
  /** Replaces this chart by another one; the slider keeps its position. */
  update(chart: Chart): void;
  /** Redraws for a new width or theme. */
  redraw(): void;
  /** Resolves when the latest drawing has its final size. */
  settled(): Promise<unknown>;
  remove(): void;
}

/** Plotly's configuration comes from this file only, never from a notebook. */
const CONFIG = {
  responsive: false,
  displaylogo: false,
  /** The button would upload the chart to plotly's servers. */
  showSendToCloud: false,
};

/** Dragging zooms; few buttons are narrow enough to lie beside the last panel's axis name. */
const REMOVED_BUTTONS = [
  ...["select2d", "lasso2d", "autoScale2d"],
  ...["zoomIn2d", "zoomOut2d", "zoom2d", "pan2d"],
];

/** A copy for plotly, which writes a color scale's place into the scale that it is given. */
const ownScale = (trace: Trace): Trace =>
  isObject(trace.colorbar) ? { ...trace, colorbar: { ...trace.colorbar } } : trace;

/** A color scale between two panels has its name above it: beside it, the next axis has its own. */
function namedAbove(trace: Trace): Trace {
  const scale = trace.colorbar;
  if (!isObject(scale) || scale.x === undefined || !isObject(scale.title)) return trace;
  return { ...trace, colorbar: { ...scale, title: { ...scale.title, side: "top" } } };
}

/** The width of a slide in pixels of a column, where letters have their usual size. */
const slideColumn = (chart: Chart, { width, type }: SlideSize) => (width * fontSize(chart)) / type;

/** A chart with its titles, names of series and axes' ends where they have room. */
function arranged(whole: Chart, columnWidth: number, slide?: SlideSize): Chart {
  const { l, r, t, b } = marginOf(whole.layout);
  const height = Number(whole.layout.height ?? 360);
  const slideHeight = slide && (slide.height * fontSize(whole)) / slide.type;
  const room = { width: columnWidth - l - r, height: (slideHeight ?? height) - t - b };
  const named = namedAtEnds(legendAbove(whole, columnWidth), room);
  return raisedTitles(withHeadroom(named, whole));
}

/**
 * The chart at one position of its slider, without title and slider, which the page draws as HTML.
 */
function bare(given: Chart, position: number, columnWidth: number, slide?: SlideSize): Chart {
  const named = withNameRoom(given);
  const whole = arranged(named, slide ? slideColumn(named, slide) : columnWidth, slide);
  const chart = withCellValues(atFrame(whole, position), whole);
  const layout = { ...chart.layout, title: undefined, sliders: undefined };
  const data = chart.data.map(namedAbove);
  if (slide) return sizedForSlide({ ...chart, data, layout }, slide);
  const short = shortNames(whole, columnWidth);
  const inColumn = (one: Chart) => {
    const upright = sidewaysBars(shortNames(one, columnWidth), whole, columnWidth);
    const rows = fittedRows(reflowPanels(upright, columnWidth), short, columnWidth);
    const sheet = fittedLetters(reflowSheet(rows, short, columnWidth), columnWidth);
    return fittedTicks(sheet, columnWidth, squaresWidth(sheet, columnWidth));
  };
  const size = sizeOf(inColumn(whole), columnWidth);
  const narrow = fittedMatrix(inColumn({ ...chart, data, layout }), short, columnWidth);
  const plotHeight = size.height - size.margin.t - size.margin.b;
  const sized = {
    ...narrow,
    data: narrow.data.map((trace) => fittedScale(trace, plotHeight)),
    layout: { ...narrow.layout, ...size, autosize: false },
  };
  const plotWidth = size.width - size.margin.l - size.margin.r;
  return apartAtEnds(sized, { width: plotWidth, height: plotHeight });
}

/** The chart on a slide, without room that its squares leave empty. */
function cropped({ layout, ...chart }: Chart, { width, height }: Size): Chart {
  const size = { width: Number(layout.width) - width, height: Number(layout.height) - height };
  return { ...chart, layout: { ...layout, ...size } };
}

/**
 * plotly cuts a matrix where its axis ends, within a pixel, of which a line as pale as the page is
 * left: the cut goes to the pixel's end.
 */
function showWholePixels(plot: HTMLElement): void {
  for (const cut of plot.querySelectorAll(".plotclip > rect")) {
    for (const side of ["width", "height"]) {
      cut.setAttribute(side, String(Math.ceil(Number(cut.getAttribute(side)))));
    }
  }
}

/** A caption above a plot, with a slider between them. The plot has no role img, which would hide its buttons. */
function emptyFigure() {
  const figure = document.createElement("figure");
  figure.className = "course-view";
  const caption = document.createElement("figcaption");
  const plot = document.createElement("div");
  plot.className = "course-plot";
  plot.setAttribute("role", "group");
  figure.append(caption, plot);
  return { figure, caption, plot };
}

function removeSlider(control: Slider | undefined): void {
  control?.stop();
  control?.element.remove();
}

/** Above the plot, as the inputs of controls are, or with those. */
function placeSlider({ element }: Slider, plot: HTMLElement, block?: HTMLElement): void {
  if (block) block.append(element);
  else plot.before(element);
}

/** The slider of a chart; undefined if it has fewer than two frames. */
function controlOf(chart: Chart, position: number, moved: (to: number) => void) {
  const about = metaOf(chart).slider;
  if (!about || about.values.length < 2) return undefined;
  const start = Math.min(position, about.values.length - 1);
  return slider(about.label, about.values.map(String), start, moved);
}

/** Draws charts in an element, on a slide without the room that their squares leave empty. */
function drawingIn(plotly: Plotly, plot: DrawnPlot, isSlide: boolean) {
  /** The same at all positions of the slider; undefined until it is known. */
  let spare: Size | undefined;
  let latest: Chart;
  let painted: Promise<unknown> = Promise.resolve();

  const paint = ({ data, layout }: Chart) => {
    // a finger never hovers, so the buttons would always lie over the chart; on a sheet of pictures
    // they would lie over labels
    const isBare = hidesAxes(layout) || matchMedia("(hover: none)").matches;
    const displayModeBar = isBare ? false : "hover";
    const config = { ...CONFIG, displayModeBar, modeBarButtonsToRemove: REMOVED_BUTTONS };
    const painted = plotly.react(plot, data.map(ownScale), layout, config);
    return Promise.resolve(painted).then(() => showWholePixels(plot));
  };
  /** Draws to see what stays empty, and again without that. */
  const fit = async (chart: Chart) => {
    for (let draws = 0; draws < MAX_CROPS; draws++) {
      await paint(spare ? cropped(chart, spare) : chart);
      const next = spareRoom(chart, plot._fullLayout, spare);
      const { width, height } = spare ?? { width: 0, height: 0 };
      spare = next;
      if (next.width === width && next.height === height && chart === latest) return;
    }
    await paint(cropped(latest, spare!));
  };
  return {
    draw(chart: Chart) {
      latest = chart;
      if (!isSlide) painted = paint(chart);
      else if (spare) painted = paint(cropped(chart, spare));
      else painted = fit(chart);
    },
    settled: () => painted,
    /** Another chart leaves other room. */
    reset() {
      spare = undefined;
    },
  };
}

/**
 * @param host an empty element whose width the chart follows
 * @param plotly plotly.js, or its part for charts in the plane
 */
export function draw(
  plotly: Plotly,
  host: HTMLElement,
  chart: Chart,
  options: ChartOptions,
): RenderedChart {
  const { figure, caption, plot } = emptyFigure();
  host.replaceChildren(figure);
  let current: Chart;
  let position = metaOf(chart).slider?.start ?? 0;
  let control: Slider | undefined;
  let drawnWidth = 0;
  const drawing = drawingIn(plotly, plot, options.slideSize !== undefined);
  const redraw = () => {
    // while hidden, as during a change of theme, the host has no width: use the last one
    drawnWidth = host.clientWidth || drawnWidth;
    if (drawnWidth === 0) return;
    const chart = bare(current, position, drawnWidth, options.slideSize?.());
    const colored = themed(chart, options.dark(), getComputedStyle(host).fontFamily);
    drawing.draw(colored);
  };
  const move = (to: number) => {
    position = to;
    redraw();
  };
  const update = (next: Chart) => {
    current = nameHovers(nameBinaries(next));
    drawing.reset();
    const { caption: sentence = "" } = metaOf(next);
    fillCaption(caption, sentence);
    if (sentence) plot.setAttribute("aria-label", sentence);
    else plot.removeAttribute("aria-label"); // inside a control, whose caption describes it
    removeSlider(control);
    control = controlOf(next, position, move);
    if (control) placeSlider(control, plot, options.sliders);
    const isNew = next !== chart;
    if (isNew && metaOf(next).slider?.plays === true) control?.play();
    else redraw();
  };
  update(chart);
  const stop = whenResized(host, () => {
    if (host.clientWidth !== drawnWidth) redraw();
  });
  const remove = () => {
    stop();
    removeSlider(control);
    plotly.purge(plot);
    figure.remove();
  };
  return { update, redraw, settled: drawing.settled, remove };
}
