/**
 * From the bytes of a hostile file to the cells of a notebook, strictly: nothing is guessed, each
 * refusal is one sentence.
 */
import { normalizeText } from "../files/source";

export interface Cell {
  id: string;
  type: "code" | "markdown" | "raw";
  source: string;
  /** nbgrader's, where there is one. */
  gradeId?: string;
  /** metadata.course.role and name, as the builder wrote them or as the student left them. */
  role?: string;
  name?: string;
}

const MAX_CELLS = 2000;

const record = (v: unknown): Record<string, unknown> =>
  typeof v === "object" && v !== null && !Array.isArray(v) ? (v as Record<string, unknown>) : {};
const text = (v: unknown) => (typeof v === "string" ? v : undefined);

function decode(bytes: Uint8Array): string {
  let json: string;
  try {
    json = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error("is not UTF-8; open it in JupyterLab and save it again");
  }
  if (json.trim() === "") throw new Error("is empty");
  return json;
}

function parse(json: string): Record<string, unknown> {
  try {
    return record(JSON.parse(json));
  } catch {
    throw new Error(
      json.trimStart().startsWith("{")
        ? "is cut off or damaged: its JSON does not end well"
        : "is not a notebook: it holds no JSON",
    );
  }
}

/** Jupyter saves a text whole or as a list of lines. */
function sourceOf(source: unknown): unknown {
  const isLines = Array.isArray(source) && source.every((line) => typeof line === "string");
  return isLines ? source.join("") : source;
}

function readCell(item: unknown, number: number): Cell {
  const cell = record(item);
  const metadata = record(cell.metadata);
  const course = record(metadata.course);
  const source = sourceOf(cell.source);
  const type = cell.cell_type;
  if (typeof source !== "string" || (type !== "code" && type !== "markdown" && type !== "raw")) {
    throw new Error(`is damaged: cell ${number} has no text or no type`);
  }
  return {
    id: text(cell.id) ?? "",
    type,
    source: normalizeText(source),
    gradeId: text(record(metadata.nbgrader).grade_id),
    role: text(course.role),
    name: text(course.name),
  };
}

/** @throws with what is wrong, as the end of a sentence about the file */
export function readNotebook(bytes: Uint8Array): Cell[] {
  const notebook = parse(decode(bytes));
  if (!Array.isArray(notebook.cells)) {
    throw new Error("is not a notebook of Jupyter's format 4: it has no list of cells");
  }
  if (notebook.cells.length > MAX_CELLS) {
    throw new Error(`has ${notebook.cells.length} cells, more than ${MAX_CELLS}`);
  }
  return notebook.cells.map((item, i) => readCell(item, i + 1));
}
