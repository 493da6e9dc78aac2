/** Code cells: fences of `ts setup`, `ts demo` and `ts experiment`. */
import { foldOf } from "./fold.js";
import { roleOf, type Block } from "./markdown.js";
import type { CodeCell } from "./model.js";
import type { Report } from "./problems.js";
import type { InSlide, Reading } from "./reading.js";
import { readSettings } from "./settings.js";

const ROLES = ["setup", "demo", "experiment"] as const;
const isRole = (role: string): role is CodeCell["role"] =>
  (ROLES as readonly string[]).includes(role);

/** Functions of course that every notebook with exercises has. */
const ALWAYS = ["check", "progress", "showSolution"];

/** Columns of code that a notebook shows on a laptop. A caption alone on its line may be longer. */
const COLUMNS = 110;
const isCaption = (text: string): boolean => /^\s*([\w.]+\()?(["`]).*\2[,;)]*$/.test(text);

export function readCode(block: Block, reading: Reading, inSlide?: InSlide): void {
  const { report, cells } = reading;
  const line = block.from + 1;
  const words = block.info.split(/\s+/).slice(2);
  const place = { what: "a code cell", line, report };
  const { id = "", fold: asked } = readSettings(words, ["id", "fold"], place);
  const written = block.content.replace(/\s+$/, "");
  checkCode(written, line, report);
  if (inSlide) inSlide.slide.parts.push({ kind: "code", code: written });
  if (inSlide?.only) {
    report(
      line,
      "code of a slide that is not part of the notebook cannot run: " +
        "leave its role out, or write :::: slide",
    );
  }
  const role = roleOf(block.info)!;
  if (!isRole(role)) {
    report(
      line,
      `there is no role ${role}: write \`\`\`ts setup, demo or experiment, or \`\`\`ts alone ` +
        "for code that is only shown",
    );
    return;
  }
  checkId(id, line, report);
  const code = role === "setup" ? setupCode(written, line, reading) : written;
  checkFold(asked, line, report);
  const fold = foldOf(role, code, asked === "yes" || asked === "no" ? asked : undefined);
  const cell: CodeCell = { kind: "code", id, line, role, code, ...(fold ? { fold } : {}) };
  if (id === "") reading.headings.set(cell, reading.heading);
  cells.push(cell);
  reading.open = undefined;
}

function checkCode(code: string, line: number, report: Report): void {
  if (code === "") report(line, "the code cell is empty: write code into it or take it out");
  code.split("\n").forEach((text, i) => {
    if (text.length <= COLUMNS || isCaption(text)) return;
    report(
      line + 1 + i,
      `the line of code has ${text.length} characters, and a notebook shows about ${COLUMNS}: ` +
        "break it",
    );
  });
}

function checkFold(asked: string | undefined, line: number, report: Report): void {
  if (asked === undefined || asked === "yes" || asked === "no") return;
  report(line, `fold=${asked} says neither yes nor no: write fold=yes or fold=no`);
}

function checkId(id: string, line: number, report: Report): void {
  if (/^[a-zA-Z0-9-]{0,64}$/.test(id)) return;
  report(
    line,
    `the id ${id} is longer than 64 characters or has characters other than letters, digits ` +
      "and hyphens: shorten it",
  );
}

/** The code with the imports that the first setup cell gets: what the head uses, and ALWAYS. */
function setupCode(code: string, line: number, reading: Reading): string {
  const { cells, uses, solutions, available } = reading;
  const imported = solutions.importsOf(code, `${reading.folder}:${line}`);
  imported.forEach((name) => available.add(name));
  if (cells.some((cell) => cell.kind === "code" && cell.role === "setup")) return code;
  const missing = ALWAYS.filter((name) => !imported.includes(name));
  const imports = [importLine(uses, "solutions"), importLine(missing, "course")];
  return [...imports, code].filter((part) => part !== undefined).join("\n");
}

const importLine = (names: string[], from: string): string | undefined =>
  names.length > 0 ? `import { ${names.join(", ")} } from "${from}";` : undefined;
