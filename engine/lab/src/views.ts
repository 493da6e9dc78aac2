/** Shows the course's views in JupyterLab; in a notebook they can ask its kernel. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { NotebookPanel } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { drawView, readView, type Drawn, type Kernel } from "views";
import { kernelOf } from "./comms";
import { figureFactory } from "./figureWidget";
import { isDark } from "./page";
import { plotly } from "./plotlyOutputs";

const MIME = "application/vnd.course.view.v1+json";
/** Before charts, which are the alternative of some views. */
const RANK = -1;

const factory = (kernel?: Kernel) =>
  figureFactory<Drawn>(MIME, (node, { data }, drawn) => {
    const json = data[MIME];
    const view = readView(json);
    if (drawn && view && drawn.update(view)) return drawn;
    drawn?.remove();
    return drawView(node, json, { plotly, dark: isDark, kernel });
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
