/** Previews as outputs of a student's notebook, marked as such for the lab and for merges. */
import { hashOf } from "../hash.js";
import type { Preview } from "./previews.js";

/** Stands above the figures; running the cell replaces it together with them. */
const NOTE = "*Drawn beforehand.*";
/** The same at the notebook's first preview, with what to do about it. */
const FIRST_NOTE = "*Drawn beforehand. Run the cells down to this one to draw it yourself.*";

interface PreviewOutput {
  output_type: "display_data";
  /** Whoever reads the notebook tells previews from the outputs of a run by this mark. */
  metadata: { course: { preview: true } };
  data: Record<string, unknown>;
}

/** The outputs of a cell that hasn't run. @param isFirst whether it is the notebook's first */
export function previewOutputs({ figures }: Preview, isFirst: boolean): PreviewOutput[] {
  const note = isFirst ? FIRST_NOTE : NOTE;
  return [
    output({ "text/markdown": note, "text/plain": note.replaceAll("*", "") }),
    ...figures.map(({ data, metadata }) => output(data, metadata)),
  ];
}

const output = (data: Record<string, unknown>, metadata: object = {}): PreviewOutput => ({
  output_type: "display_data",
  metadata: { ...metadata, course: { preview: true } },
  data,
});

/** Tells a merge that a release has other previews than a copy was shipped with. */
export const hashOfOutputs = (outputs: PreviewOutput[]): string => hashOf(JSON.stringify(outputs));
