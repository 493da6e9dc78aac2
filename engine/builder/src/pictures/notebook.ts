/**
 * Static pictures beside the live figures of a notebook, for readers that run no script: GitHub, VS
 * Code, nbconvert's HTML and PDF.
 */
import { openPage, type DrawChart } from "./page.js";
import { rasterize } from "./raster.js";

const CHART = "application/vnd.plotly.v1+json";
const PICTURE = "image/png";

interface Output {
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}
export interface Notebook {
  cells: { outputs?: Output[] }[];
}

let page: DrawChart | undefined;

/**
 * Adds a PNG to each output that is a chart: the frame that its caption speaks of, on white. The
 * caption is the picture's alternative text, too.
 */
export async function addPictures(notebook: Notebook): Promise<void> {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  for (const output of outputs) {
    if (output.data && CHART in output.data) await addPicture(output, output.data);
  }
}

async function addPicture(output: Output, data: Record<string, unknown>): Promise<void> {
  page ??= openPage();
  const drawn = await page(data[CHART]);
  if (!drawn) return;
  const { svg, width, height, caption } = drawn;
  data[PICTURE] = (await rasterize(svg)).toString("base64");
  output.metadata = { ...output.metadata, [PICTURE]: { width, height, alt: caption } };
}
