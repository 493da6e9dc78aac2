/** Previews as outputs of a student's notebook, marked as such for the lab and for merges. */
import { hashOf } from "../hash.js";
import type { Preview } from "./previews.js";

/**
 * The line above a preview, which its cell's run replaces together with the figures: a few words
 * that say what drew it. They are the same whether or not it took the course's solutions.
 * @param isFirst whether it is the notebook's first: it says what to do, too, for all of them
 * @param device where the lesson recorded values; later lines name it up to its first comma
 */
function noteOf(preview: Preview, isFirst: boolean, device?: string): string {
  const named = isFirst ? device : device?.split(",")[0];
  const label = labelOf(preview, preview.recorded ? named : undefined);
  const todo = "Run the cells down to it to draw your own.";
  return isFirst ? `*${label}. ${todo}*` : `*${label}*`;
}

function labelOf({ withoutWeights }: Preview, device?: string): string {
  if (device !== undefined) return `Recorded on ${device}`;
  return `Drawn beforehand${withoutWeights ? ", no weights installed" : ""}`;
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
