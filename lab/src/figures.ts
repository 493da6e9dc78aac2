/**
 * Shows the course's charts in JupyterLab, in place of plotly's own renderer: they follow the
 * theme, keep their size when something moves, and have a slider that the keyboard reaches.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import Plotly from "plotly.js-cartesian-dist-min";
import { draw, readChart, type Drawing } from "views";
import { addStyle, isDark, onTheme } from "./page";

const MIME = "application/vnd.plotly.v1+json";
class Figure extends Widget implements IRenderMime.IRenderer {
  #drawing: Drawing | undefined;
  readonly #stopTheme = onTheme(() => this.#drawing?.redraw());

  constructor() {
    super();
    this.addClass("course-figure");
  }

  /** An output that is updated keeps its element, so that nothing jumps. */
  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const chart = readChart(model.data[MIME]);
    if (!chart) this.node.textContent = String(model.data["text/plain"] ?? "");
    else if (this.#drawing) this.#drawing.update(chart);
    else this.#drawing = draw(Plotly, this.node, chart, { dark: isDark });
    // or the arrow keys would move in the notebook instead of in a slider
    for (const control of this.node.querySelectorAll<HTMLElement>("input, button")) {
      control.dataset.lmSuppressShortcuts = "true";
    }
    return Promise.resolve();
  }

  override dispose(): void {
    this.#stopTheme();
    this.#drawing?.remove();
    super.dispose();
  }
}

const factory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [MIME],
  createRenderer: () => {
    addStyle();
    return new Figure();
  },
};

/**
 * Takes the place of plotly's own renderer, which is there where plotly for Python is installed.
 */
export const figures: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:figures",
  description: "Draws the course's charts",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (app: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    // the last one to register a type draws it; all others have registered when the app has started
    void app.started.then(() => registry.addFactory(factory, 0));
  },
};
