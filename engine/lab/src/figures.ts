/**
 * Shows the course's charts in JupyterLab, in place of plotly's own renderer: they follow the
 * theme, keep their size when something moves, and have a slider that the keyboard reaches.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { draw, readChart, type Drawing } from "views";
import { figureFactory } from "./figureWidget";
import { isDark } from "./page";
import { plotly } from "./plotlyOutputs";

const MIME = "application/vnd.plotly.v1+json";

const factory = figureFactory<Drawing>(MIME, (node, { data }, drawing) => {
  const chart = readChart(data[MIME]);
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
    // the last one to register a type draws it; all others have registered when the app has started
    void app.started.then(() => registry.addFactory(factory, 0));
  },
};
