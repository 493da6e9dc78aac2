/**
 * Draws the course's charts and views in JupyterLab. They follow the theme, keep their size when
 * something moves, and keep their keys to themselves. In a notebook, a view can send requests to
 * the kernel.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { NotebookPanel } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import {
  browserMemory,
  type Plotly,
  draw,
  readChart,
  type Drawing,
  type Channel,
  type Kernel,
  type Listener,
  drawView,
  panelsAcross,
  readView,
  type Drawn,
} from "views";
import { ownKeys } from "./keyboard";
import { addStyle, onTheme, isDark } from "./page";

const FAILED = "The chart can't be drawn: its program could not be loaded. Is there a network?";

let coming: Promise<Plotly> | undefined;

async function load(): Promise<Plotly> {
  coming ??= import("plotly.js-cartesian-dist-min").then((module) => module.default);
  try {
    return await coming;
  } catch (e) {
    coming = undefined; // the next chart tries again
    throw e;
  }
}

export const plotly: Plotly = {
  async react(element, ...chart) {
    try {
      await (await load()).react(element, ...chart);
    } catch (e) {
      element.textContent = FAILED;
      throw e;
    }
  },
  purge(element) {
    void coming?.then(({ purge }) => {
      purge(element);
    });
  },
};

/** A figure of so many panels side by side may be wider than the text. */
const MANY_PANELS = 3;

/** A figure in an output. */
export interface RenderedFigure {
  redraw(): void;
  remove(): void;
}

/**
 * Draws an output's data into its element, or updates the figure that is there, so that nothing on
 * the page jumps.
 * @param shown the figure in the element before
 * @returns the figure in the element now
 */
export type DrawInto<S extends RenderedFigure> = (
  node: HTMLElement,
  model: IRenderMime.IMimeModel,
  shown: S | undefined,
) => S | undefined;

class FigureWidget<S extends RenderedFigure> extends Widget implements IRenderMime.IRenderer {
  #shown: S | undefined;
  readonly #stopTheme = onTheme(() => this.#shown?.redraw());

  constructor(
    private readonly drawInto: DrawInto<S>,
    app: JupyterFrontEnd,
  ) {
    super();
    this.addClass("course-figure");
    ownKeys(this.node, app);
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.toggleClass("course-wide", panelsAcross(model.data) >= MANY_PANELS); // before it is drawn
    this.#shown = this.drawInto(this.node, model, this.#shown);
    return Promise.resolve();
  }

  override dispose(): void {
    this.#stopTheme();
    this.#shown?.remove();
    super.dispose();
  }
}

/** A renderer factory for outputs of one MIME type. */
export const figureFactory = <S extends RenderedFigure>(
  app: JupyterFrontEnd,
  mime: string,
  drawInto: DrawInto<S>,
): IRenderMime.IRendererFactory => ({
  safe: true,
  mimeTypes: [mime],
  createRenderer: () => {
    addStyle();
    return new FigureWidget(drawInto, app);
  },
});

const CHART_MIME = "application/vnd.plotly.v1+json";

const chartFactory = (app: JupyterFrontEnd) =>
  figureFactory<Drawing>(app, CHART_MIME, (node, { data }, drawing) => {
    const chart = readChart(data[CHART_MIME]);
    if (!chart) node.textContent = String(data["text/plain"] ?? "");
    else if (drawing) drawing.update(chart);
    else return draw(plotly, node, chart, { dark: isDark });
    return drawing;
  });

/**
 * Takes the place of plotly's own renderer, which is there where plotly for Python is installed.
 */
export const figures: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:figures",
  description: "Draws the course's charts",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (app: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    // the last factory for a type wins, and all others have registered once the app has started
    void app.started.then(() => registry.addFactory(chartFactory(app), 0));
  },
};

type Session = NotebookPanel["sessionContext"];

/** The comm target that the package `course` registers. */
const TARGET = "course.control";
/** In these states a kernel responds to nothing. */
const UNAVAILABLE_STATUSES = new Set(["restarting", "autorestarting", "terminating", "dead"]);

const CLOSED_CHANNEL: Channel = { send: () => undefined, close: () => undefined };

const isReady = (data: unknown) => (data as { ready?: unknown } | null)?.ready === true;

function open(session: Session, data: Record<string, unknown>, listener: Listener): Channel {
  const kernel = session.session?.kernel;
  if (!kernel?.handleComms || UNAVAILABLE_STATUSES.has(kernel.status)) {
    listener.closed();
    return CLOSED_CHANNEL;
  }
  const comm = kernel.createComm(TARGET);
  comm.onMsg = ({ content }) => {
    if (isReady(content.data)) listener.ready();
    else listener.received(content.data);
  };
  comm.onClose = () => {
    listener.closed();
  };
  comm.open(data as never);
  return {
    send(question) {
      comm.send(question as never);
    },
    close() {
      comm.onClose = () => undefined;
      if (!comm.isDisposed && !kernel.isDisposed) comm.close();
    },
  };
}

/**
 * Calls back when the notebook gets another kernel, and when this one stops or starts responding.
 */
function onChange(session: Session, changed: () => void): () => void {
  let wasAway = false;
  const onStatus = (_: Session, status: string) => {
    const isAway = UNAVAILABLE_STATUSES.has(status);
    if (isAway === wasAway) return;
    wasAway = isAway;
    changed();
  };
  session.kernelChanged.connect(changed);
  session.statusChanged.connect(onStatus);
  return () => {
    session.kernelChanged.disconnect(changed);
    session.statusChanged.disconnect(onStatus);
  };
}

export const kernelOf = (session: Session): Kernel => ({
  open: (data, listener) => open(session, data, listener),
  onChange: (changed) => onChange(session, changed),
});

export const VIEW_MIME = "application/vnd.course.view.v1+json";
/** Ahead of charts, which some views carry as a fallback. */
const VIEW_RANK = -1;

const viewFactory = (app: JupyterFrontEnd, kernel?: Kernel) =>
  figureFactory<Drawn>(app, VIEW_MIME, (node, { data }, drawn) => {
    const json = data[VIEW_MIME];
    const view = readView(json);
    if (drawn && view && drawn.update(view)) return drawn;
    drawn?.remove();
    return drawView(node, json, { plotly, dark: isDark, kernel, memory: browserMemory });
  });

export const views: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:views",
  description: "Draws the course's views, and links them to the notebook's kernel",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (app: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    registry.addFactory(viewFactory(app), VIEW_RANK);
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew({ content, sessionContext }: NotebookPanel) {
        content.rendermime.addFactory(viewFactory(app, kernelOf(sessionContext)), VIEW_RANK);
      },
    });
  },
};
