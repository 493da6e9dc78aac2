/** Previews as outputs of a student's notebook, marked as such for the lab and for merges. */
import { hashOf } from "../hash.js";
import type { Lesson } from "../lesson/model.js";
import type { Preview } from "./previews.js";

type Machines = Pick<Lesson, "recorded" | "measured">;

/**
 * The line above a preview, which its cell's run replaces together with the figures: a few words
 * that say what drew it. They are the same whether or not it took the course's solutions.
 * @param isFirst whether it is the notebook's first: it says what to do, too, for all of them
 * @param lesson names where it recorded values or took times; later lines do up to a first comma
 */
function noteOf(preview: Preview, isFirst: boolean, lesson: Machines): string {
  const named = (machine = "") => (isFirst ? machine : machine.split(",")[0]!);
  const label = labelOf(preview, named(lesson.recorded), named(lesson.measured));
  const todo = "Run the cells down to it to draw your own.";
  return isFirst ? `*${label}. ${todo}*` : `*${label}*`;
}

function labelOf(preview: Preview, device: string, machine: string): string {
  const { recorded, measured, withoutWeights } = preview;
  if (recorded) return `Recorded on ${device}`;
  if (measured) return `Measured beforehand on ${machine}`;
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
  lesson: Machines,
): PreviewOutput[] {
  const note = noteOf(preview, isFirst, lesson);
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
