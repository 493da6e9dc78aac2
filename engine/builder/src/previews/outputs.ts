/** Previews as outputs of a student's notebook, marked as such for the lab and for merges. */
import { hashOf } from "../hash.js";
import type { Preview } from "./previews.js";

/** Running the cell replaces the line above the figures together with them. */
const NOTE = "*Drawn beforehand.*";
/** The same at the notebook's first preview, with what to do about it. */
const FIRST_NOTE = "*Drawn beforehand. Run the cells down to this one to draw it yourself.*";
/** Above figures of values that came from another device than the reader's. */
function recordedNote(device: string, isFirst: boolean): string {
  const what = `Drawn beforehand; what needs an adapter was recorded on ${device}.`;
  return isFirst ? `*${what} Run the cells down to this one for your own device.*` : `*${what}*`;
}

interface PreviewOutput {
  output_type: "display_data";
  /** Whoever reads the notebook tells previews from the outputs of a run by this mark. */
  metadata: { course: { preview: true } };
  data: Record<string, unknown>;
}

/**
 * The outputs of a cell that hasn't run.
 * @param isFirst whether it is the notebook's first
 * @param device where the lesson recorded values
 */
export function previewOutputs(
  { figures, recorded }: Preview,
  isFirst: boolean,
  device?: string,
): PreviewOutput[] {
  const plain = isFirst ? FIRST_NOTE : NOTE;
  const note = recorded && device !== undefined ? recordedNote(device, isFirst) : plain;
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
