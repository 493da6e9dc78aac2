/** Shows the course's views in JupyterLab; in a notebook they can ask its kernel. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { NotebookPanel } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import Plotly from "plotly.js-cartesian-dist-min";
import { drawView, readView, type Drawn, type Kernel } from "views";
import { kernelOf } from "./comms";
import { addStyle, isDark, onTheme } from "./page";

const MIME = "application/vnd.course.view.v1+json";
/** Before charts, which are the alternative of some views. */
const RANK = -1;

class ViewWidget extends Widget implements IRenderMime.IRenderer {
  #drawn: Drawn | undefined;
  readonly #stopTheme = onTheme(() => this.#drawn?.redraw());

  constructor(private readonly kernel: Kernel | undefined) {
    super();
    this.addClass("course-figure");
    this.node.addEventListener("focusin", ({ target }) => {
      // or its keys would move in the notebook
      (target as HTMLElement).dataset.lmSuppressShortcuts = "true";
    });
  }

  /** An output that is updated keeps its element where it can, so that nothing jumps. */
  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const json = model.data[MIME];
    const view = readView(json);
    if (this.#drawn && view && this.#drawn.update(view)) return Promise.resolve();
    this.#drawn?.remove();
    const page = { plotly: Plotly, dark: isDark, kernel: this.kernel };
    this.#drawn = drawView(this.node, json, page);
    return Promise.resolve();
  }

  override dispose(): void {
    this.#stopTheme();
    this.#drawn?.remove();
    super.dispose();
  }
}

const factory = (kernel?: Kernel): IRenderMime.IRendererFactory => ({
  safe: true,
  mimeTypes: [MIME],
  createRenderer: () => {
    addStyle();
    return new ViewWidget(kernel);
  },
});

export const views: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:views",
  description: "Draws the course's views, and links them to the notebook's kernel",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (app: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    registry.addFactory(factory(), RANK);
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew({ content, sessionContext }: NotebookPanel) {
        content.rendermime.addFactory(factory(kernelOf(sessionContext)), RANK);
      },
    });
  },
};
