/** Previews as outputs of a student's notebook, marked as such for the lab and for merges. */
import { hashOf } from "../hash.js";
import type { Preview } from "./previews.js";

/**
 * The line above a preview, which its cell's run replaces together with the figures.
 * @param isFirst whether it is the notebook's first of its kind: it says what to do, too
 * @param device where the lesson recorded values
 */
function noteOf({ solved, recorded }: Preview, isFirst: boolean, device?: string): string {
  const isRecorded = recorded && device !== undefined;
  const what = [
    "Drawn beforehand",
    ...(solved ? [" with the course's solutions"] : []),
    ...(isRecorded ? [`; what needs an adapter was recorded on ${device}`] : []),
  ].join("");
  if (!isFirst) return `*${what}.*`;
  const whose = isRecorded ? "for your own device" : "to draw it yourself";
  const todo = solved
    ? "Once yours pass, draw it yourself."
    : `Run the cells down to this one ${whose}.`;
  return `*${what}. ${todo}*`;
}

interface PreviewOutput {
  output_type: "display_data";
  /** Whoever reads the notebook tells previews from the outputs of a run by this mark. */
  metadata: { course: { preview: true } };
  data: Record<string, unknown>;
}

/** The outputs of a cell that hasn't run; for the parameters see `noteOf`. */
export function previewOutputs(
  preview: Preview,
  isFirst: boolean,
  device?: string,
): PreviewOutput[] {
  const note = noteOf(preview, isFirst, device);
  return [
    output({ "text/markdown": note, "text/plain": note.replaceAll("*", "") }),
    ...preview.figures.map(({ data, metadata }) => output(data, metadata)),
  ];
}

const output = (data: Record<string, unknown>, metadata: object = {}): PreviewOutput => ({
  output_type: "display_data",
  metadata: { ...metadata, course: { preview: true } },
  data,
});

/** Tells a merge that a release has other previews than a copy was shipped with. */
export const hashOfOutputs = (outputs: PreviewOutput[]): string => hashOf(JSON.stringify(outputs));
