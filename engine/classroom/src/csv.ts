/** Tables as spreadsheets and platforms write them, and as they like to read them. */
import { parse } from "csv-parse/sync";
import { ClassError } from "./settings.js";

export interface TableRow {
  /** Of the file, the first being 1. */
  line: number;
  cells: string[];
}
export interface Table {
  /** The file's name, for messages. */
  file: string;
  header: string[];
  rows: TableRow[];
}

/** UTF-8, with or without a mark; Excel's UTF-16; else what Windows writes in the West. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The delimiter that the first line has most of. */
function delimiterOf(text: string): string {
  const [first = ""] = text.replace(/"[^"]*"/g, "").split(/\r?\n/, 1);
  const count = (d: string) => first.split(d).length;
  return [",", ";", "\t"].reduce((best, d) => (count(d) > count(best) ? d : best));
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

function parseText(text: string, file: string): Parsed[] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      // a file that several programs have written to may have several
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as Parsed[];
  } catch (e) {
    const { lines } = e as { lines?: number };
    const where = lines === undefined ? file : `${file}, line ${lines}`;
    throw new ClassError(`${where}: this is not a CSV table; a quote may be missing`, { cause: e });
  }
}

/** Put before a cell that a spreadsheet would compute as a formula. */
const GUARD = "'";
const FORMULA = /^[=+\-@\t\r]/;
/** A guard before a formula, or before a guard that was there already. */
const GUARDED = /^'+[=+\-@\t\r]/;
const unguarded = (cell: string) => (GUARDED.test(cell) ? cell.slice(GUARD.length) : cell);

/** Line breaks inside a row: where it begins is where its last line is, less these. */
const breaks = (cells: string[]) =>
  cells.reduce((sum, cell) => sum + cell.split(/\r\n|\n|\r/).length - 1, 0);

/** @throws ClassError where a row has more cells than the header, which would be lost */
function checkWidth({ file, header, rows }: Table): void {
  const wide = rows.find(({ cells }) => cells.slice(header.length).some((cell) => cell !== ""));
  if (!wide) return;
  throw new ClassError(
    `${file}, line ${wide.line}: the row has ${wide.cells.length} cells and the header ` +
      `${header.length}; put quotes around a cell that holds a comma`,
  );
}

/** @throws ClassError with the line */
export function readTable(bytes: Uint8Array, file: string): Table {
  const text = decode(bytes).replace(/^\ufeff/, "");
  if (text.includes("\0")) throw new ClassError(`${file}: this is not a text file; save it as CSV`);
  const [first, ...others] = parseText(text, file);
  if (!first) throw new ClassError(`${file} is empty`);
  const rows = others.map(({ record, info }) => ({
    line: info.lines - breaks(record),
    cells: record.map((cell) => unguarded(cell.trim())),
  }));
  const table = { file, header: first.record.map((cell) => cell.trim()), rows };
  checkWidth(table);
  return table;
}

/** Keeps a spreadsheet from computing the cell. */
function guarded(cell: string | number | undefined): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  return FORMULA.test(cell) || GUARDED.test(cell) ? GUARD + cell : cell;
}

function quoted(cell: string): string {
  return /[",;\r\n\t]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

/** With a mark for Excel, which else takes it for another encoding. */
export function writeTable(rows: (string | number | undefined)[][]): string {
  const lines = rows.map((row) => row.map((cell) => quoted(guarded(cell))).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
