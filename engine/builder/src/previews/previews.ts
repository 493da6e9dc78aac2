/**
 * Previews: figures that a student's notebook shows before anything has run. `course solve --update`
 * keeps them in previews.json beside the lesson, which is committed, and every build puts them into
 * the student's notebook as outputs.
 *
 * A cell has a preview if it needs no more of its machine than others have, if it doesn't draw the
 * answer to a guess, and if it draws the same figures in two runs: in the solved notebook, and in
 * one that holds nothing but such cells and what they need. So a preview is what the student's own
 * run will draw. Where it needs an exercise, it is drawn with the course's solution, and marked so
 * in previews.json.
 *
 * A lesson whose head names a device under `recorded` keeps values of that device for readers
 * without an adapter. Its figures of kernels are drawn beforehand from these values, in the run that
 * holds nothing else, which has no adapter; the line above them names the device. Figures of a real
 * model show what a reader sees who hasn't installed its weights, and the line says so. A lesson whose
 * head names a machine under `measured` shows its times as the solved notebook took them there.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { asksForGuess } from "cells/guess";
import { neededIn } from "cells/needed";
import { writeFileAtomic } from "grader/files";
import { hashOf } from "../hash.js";
import { questionsOf } from "../lesson/guesses.js";
import type { Lesson } from "../lesson/model.js";
import { PICTURE_MIME } from "../mimes.js";
import { agree, areEqual, type Figure, withoutHoverText, withoutPicture } from "./figures.js";

export interface Preview {
  /** The hash of the code that draws it; of other code, it isn't shown. */
  code: string;
  figures: Figure[];
  /** It is drawn with the course's solutions of exercises. */
  solved?: true;
  /** It shows values that the lesson recorded on the device that its head names. */
  recorded?: true;
  /** It shows times of the machine that the lesson's head names, kept until its code changes. */
  measured?: true;
  /** It needs a cell that asks for weights, and is drawn without them. */
  withoutWeights?: true;
}
/** By cell id, in the lesson's order. */
export type Previews = Record<string, Preview>;
/** What cells drew, by id. */
export type DrawnFigures = ReadonlyMap<string, Figure[]>;

const PREVIEWS_FILE = "previews.json";

/** What a notebook may carry of previews, in bytes of JSON. */
const MAX_NOTEBOOK_BYTES = 850_000;
/** Static pictures beside the data, for other programs, as far as all of it stays below this. */
const MAX_BYTES_WITH_PICTURES = 300_000;
/** A cell whose data is larger loses its matrices' labels, or is shown as a static picture. */
const MAX_CELL_BYTES = 240_000;

/** @param folder the lesson's */
export function readPreviews(folder: string): Previews {
  const file = join(folder, PREVIEWS_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Previews) : {};
}

/** Writes a line per figure, so that a changed figure is a changed line; no file where none is. */
export function writePreviews(folder: string, previews: Previews): void {
  const file = join(folder, PREVIEWS_FILE);
  if (Object.keys(previews).length === 0) return rmSync(file, { force: true });
  const cells = Object.entries(previews).map(([id, { figures, ...marks }]) => {
    const lines = figures.map((figure) => `   ${JSON.stringify(figure)}`);
    const named = Object.entries(marks).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
    const head = `${named.join(", ")}, "figures": [`;
    return ` ${JSON.stringify(id)}: {${head}\n${lines.join(",\n")}\n ]}`;
  });
  writeFileAtomic(file, `{\n${cells.join(",\n")}\n}\n`);
}

/** A cell that may have a preview. */
export interface Candidate {
  /** The hash of its code and of the code that it needs, solutions included, imports aside. */
  code: string;
  /** The ids of the cells that it needs, and its own. */
  needs: string[];
  /** Some of them are exercises. */
  solved?: true;
  /** It runs kernels, or shows what the lesson recorded of them where there is no adapter. */
  recorded?: true;
  /** It or a cell that it needs takes times, in a lesson whose head names the machine of its own. */
  timed?: true;
  /** It needs a cell that asks for weights. */
  withoutWeights?: true;
}

/** What differs between machines; `slow` and `name` choose how much to run. */
const NEEDS_MACHINE = /\bdevice\s*\(\s*\)(?!\.(?:slow|name)\b)/;
const ASKS_FOR_WEIGHTS = /\bweights(?:Metadata)?\s*\(/;
/**
 * What answers differently at another time. Without a machine in the head, a cell that draws it has no
 * preview; whether one that only needs such a cell draws something else, two runs tell.
 */
const READS_CLOCK = /\bperformance\.|\bDate\b/;
const TAKES_TIME = /\bperformance\.|\bDate\b|\bmeasure\s*\(/;
const IS_RANDOM = /\bMath\.random\b/;
/** Functions that need an adapter, and the one that says which adapter it is. */
const RUNS_KERNELS = /\b(?:adapter|runKernel|timeKernels)\s*\(/;
const ASKS_FOR_ADAPTER = /\badapter\s*\(/;
const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(,])\/\/.*/g;
const IMPORTS = /^import\b[^;]*;$/gm;

/** The ids of cells that ask for a guess, and of those that give its answer away. */
function answeringIds({ cells }: Lesson): Set<string> {
  const questions = questionsOf(cells);
  return new Set(
    cells.flatMap((cell, at) => {
      const asks = cell.kind === "code" && asksForGuess(cell.code);
      return asks || questions[at] !== undefined ? [cell.id] : [];
    }),
  );
}

/** The cells that may have a preview, by id. */
export function candidatesOf(lesson: Lesson): Map<string, Candidate> {
  const cells = lesson.cells.flatMap((cell) => {
    const { id, kind } = cell;
    if (kind === "text" || kind === "written") return [];
    return [{ id, kind, source: kind === "exercise" ? cell.solution : cell.code, hasRun: false }];
  });
  const neededFor = neededIn(cells);
  const answering = answeringIds(lesson);
  const found = new Map<string, Candidate>();
  cells.forEach((cell, at) => {
    if (cell.kind !== "code" || answering.has(cell.id)) return;
    const needed = [...neededFor(at), at].map((i) => cells[i]!);
    const code = needed.map(({ source }) => source.replace(IMPORTS, "")).join("\n");
    const isSolved = needed.some(({ kind }) => kind === "exercise");
    const calls = code.replace(COMMENTS, "");
    const own = cell.source.replace(COMMENTS, "");
    if (NEEDS_MACHINE.test(calls) || IS_RANDOM.test(own) || ASKS_FOR_WEIGHTS.test(own)) return;
    const withoutWeights = ASKS_FOR_WEIGHTS.test(calls);
    const isTimed = lesson.measured !== undefined && !withoutWeights && TAKES_TIME.test(calls);
    if (READS_CLOCK.test(own) && !isTimed) return;
    const candidate: Candidate = {
      code: hashOf(code),
      needs: needed.map(({ id }) => id),
      ...(isSolved ? { solved: true } : {}),
      ...(isTimed ? { timed: true } : {}),
      ...(withoutWeights ? { withoutWeights } : {}),
    };
    if (!RUNS_KERNELS.test(calls)) found.set(cell.id, candidate);
    else if (lesson.recorded !== undefined && !ASKS_FOR_ADAPTER.test(cell.source)) {
      found.set(cell.id, { ...candidate, recorded: true });
    }
  });
  return found;
}

/** The previews that still belong to the lesson's code; `stale` are the ids of the others. */
export function currentPreviews(lesson: Lesson): { previews: Previews; stale: string[] } {
  const kept = Object.entries(readPreviews(lesson.folder));
  if (kept.length === 0) return { previews: {}, stale: [] };
  const candidates = candidatesOf(lesson);
  const isCurrent = (id: string, { code }: Preview) => candidates.get(id)?.code === code;
  return {
    previews: Object.fromEntries(kept.filter(([id, preview]) => isCurrent(id, preview))),
    stale: kept.filter(([id, preview]) => !isCurrent(id, preview)).map(([id]) => id),
  };
}

/**
 * The previews of a lesson: what both runs drew, and times as the solved notebook took them, as far
 * as the budget goes. Figures come as data, the smallest first; then static pictures, of figures
 * whose data is too large first.
 */
export function choosePreviews(
  candidates: ReadonlyMap<string, Candidate>,
  solved: DrawnFigures,
  alone: DrawnFigures,
): Previews {
  const shown = [...candidates].flatMap(([id, { needs: _, timed, ...marks }]) => {
    const drawn = alone.get(id) ?? [];
    const figures = marks.recorded ? drawn : (solved.get(id) ?? []);
    const isSame = marks.recorded || areEqual(figures, drawn);
    if (figures.length === 0 || !(isSame || timed)) return [];
    const isLarge = dataSize(figures) > MAX_CELL_BYTES;
    const kept = isLarge ? figures.map(withoutHoverText) : figures;
    return [{ id, ...marks, ...(isSame ? {} : { measured: true as const }), figures: kept }];
  });
  const chosen = new Map<string, Figure[]>();
  let bytes = 0;
  const take = (id: string, figures: Figure[], max = MAX_NOTEBOOK_BYTES) => {
    const more = sizeOf(figures) - sizeOf(chosen.get(id) ?? []);
    if (bytes + more > max) return;
    bytes += more;
    chosen.set(id, figures);
  };
  const bySize = [...shown].sort((a, b) => dataSize(a.figures) - dataSize(b.figures));
  const isSmall = ({ figures }: { figures: Figure[] }) => dataSize(figures) <= MAX_CELL_BYTES;
  const small = bySize.filter(isSmall);
  for (const { id, figures } of small) take(id, figures.map(withoutPicture));
  for (const { id, figures } of bySize.filter((one) => !isSmall(one))) {
    if (figures.every(({ data }) => PICTURE_MIME in data)) take(id, figures.map(pictureOnly));
  }
  for (const { id, figures } of small) {
    if (chosen.has(id)) take(id, figures, MAX_BYTES_WITH_PICTURES);
  }
  return Object.fromEntries(
    shown.flatMap(({ id, ...preview }) => {
      const figures = chosen.get(id);
      return figures ? [[id, { ...preview, figures }]] : [];
    }),
  );
}

const dataSize = (figures: Figure[]) => sizeOf(figures.map(withoutPicture));

const sizeOf = (figures: Figure[]) =>
  figures.length === 0 ? 0 : Buffer.byteLength(JSON.stringify(figures));

const pictureOnly = ({ data, metadata }: Figure): Figure => ({
  data: { [PICTURE_MIME]: data[PICTURE_MIME], "text/plain": data["text/plain"] },
  ...(metadata ? { metadata } : {}),
});

/**
 * The ids of previews that a run contradicts, on any device. What was recorded, measured, or drawn
 * without weights, is of a machine of its own.
 */
export function differingPreviews(previews: Previews, drawn: DrawnFigures): string[] {
  return Object.entries(previews).flatMap(([id, preview]) => {
    const { figures, recorded, measured, withoutWeights } = preview;
    if (recorded || measured || withoutWeights) return [];
    const now = drawn.get(id) ?? [];
    const isSame =
      figures.length === now.length && figures.every((kept, i) => agreeOnData(kept, now[i]!));
    return isSame ? [] : [id];
  });
}

/** Compares what was kept; a figure that is kept as a picture has nothing to compare but its words. */
function agreeOnData(kept: Figure, now: Figure): boolean {
  const data = Object.entries(withoutPicture(withoutHoverText(kept)).data);
  const drawn = withoutHoverText(now).data;
  return data.every(([mime, value]) => agree(value, drawn[mime]));
}
