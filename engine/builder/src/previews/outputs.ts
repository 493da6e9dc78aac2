/** Previews as outputs of a student's notebook, marked as such for the lab and for merges. */
import { hashOf } from "../hash.js";
import type { Preview } from "./previews.js";

/** Stands above the figures; running the cell replaces it together with them. */
const NOTE = "*Drawn beforehand. Run the cells down to this one to draw it yourself.*";

interface PreviewOutput {
  output_type: "display_data";
  /** Whoever reads the notebook tells previews from the outputs of a run by this mark. */
  metadata: { course: { preview: true } };
  data: Record<string, unknown>;
}

/** The outputs of a cell that hasn't run. */
export const previewOutputs = ({ figures }: Preview): PreviewOutput[] => [
  output({ "text/markdown": NOTE, "text/plain": NOTE.replaceAll("*", "") }),
  ...figures.map(({ data, metadata }) => output(data, metadata)),
];

const output = (data: Record<string, unknown>, metadata: object = {}): PreviewOutput => ({
  output_type: "display_data",
  metadata: { ...metadata, course: { preview: true } },
  data,
});

/** Tells a merge that a release has other previews than a copy was shipped with. */
export const hashOfOutputs = (outputs: PreviewOutput[]): string => hashOf(JSON.stringify(outputs));
