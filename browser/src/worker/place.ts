/** A browser's worker as a place where cells run, see cells/src/session.ts. */
import {
  createLink,
  createTypes,
  importsOf,
  likeliest,
  type NotebookCell,
  type Output,
  type Place,
  type Types,
} from "cells";
import { inspect } from "node-inspect-extracted";
import { readManifest } from "grader/dist/manifest.js";
import { ROOT } from "../node/disk";
import { existsSync, readFileSync } from "../node/fs";
import { requireModule } from "../node/modules";
import { setImmediate } from "../node/timers";
import { tableFiles, type Declarations } from "./declarations";

/** The folder of notebooks, as code sees it. */
export const FOLDER = `${ROOT}/notebooks`;

const FIRST_IMPORTS =
  'import * as tf from "@tensorflow/tfjs-core";\n' +
  'import * as course from "course";\nimport * as solutions from "solutions";\n';

/** Frames of libraries and of the engine tell a student nothing. */
const keep = () => undefined;

export function createPlace(declarations: Promise<Declarations>): Place {
  const link = createLink();
  const { types, ready } = lazyTypes(declarations);
  return {
    link,
    types,
    machine: {
      evaluate: (code, file) => evaluate(`${code}\n//# sourceURL=${file}`),
      call: (cell) => cell(),
      wait: (cell) => Promise.race([cell, link.untilStopped()]),
      require: (id) => requireModule(id, `${FOLDER}/cell.js`),
    },
    findNotebook,
    firstImports: () => FIRST_IMPORTS,
    inspect,
    isError: (value): value is Error => value instanceof Error,
    keep,
    isInterrupt: () => false,
    show,
    async turn() {
      await setImmediate();
      await ready;
    },
  };
}

/** Outside of every function, as a script. */
const evaluate = globalThis.eval as (code: string) => unknown;

/** A promise is shown with its value, which a browser tells later only. */
async function show(value: unknown, _output: Output): Promise<void> {
  if (!(value instanceof Promise)) return console.log(value);
  const pending = {};
  const state = await Promise.race([value, Promise.resolve(pending)]).then(
    (result: unknown) => (result === pending ? "<pending>" : inspect(result)),
    (reason: unknown) => `<rejected> ${inspect(reason)}`,
  );
  console.log(`Promise { ${state} }`);
}

/** The shipped notebook that most of these cells come from. */
function findNotebook(sources: readonly string[]): readonly NotebookCell[] | undefined {
  const notebooks = readManifest(ROOT).lessons.flatMap(({ id }) => {
    const file = `${FOLDER}/${id}.ipynb`;
    return existsSync(file) ? [{ cells: cellsOf(readFileSync(file, "utf8") as string) }] : [];
  });
  return likeliest(notebooks, sources)?.cells;
}

function cellsOf(json: string): NotebookCell[] {
  const { cells } = JSON.parse(json) as { cells: (NotebookCell & { source: string | string[] })[] };
  const text = (source: string | string[]) => (Array.isArray(source) ? source.join("") : source);
  return cells.map((cell) => ({ ...cell, source: text(cell.source) }));
}

/**
 * TypeScript's program is made when the first question comes. Cells run before the declarations have
 * arrived; their ends wait for them.
 */
function lazyTypes(declarations: Promise<Declarations>): { types: Types; ready: Promise<void> } {
  let table: Declarations | undefined;
  let made: Types | undefined;
  const types = () => (made ??= createTypes(tableFiles(table ?? {}, FOLDER)));
  const ready = declarations.then(
    (arrived) => void (table = arrived),
    (e: unknown) => void console.warn(`Types are not checked: ${String(e)}`),
  );
  return {
    ready,
    types: {
      add: (source) => (table ? types().add(source) : []),
      forget: (names) => table && types().forget(names),
      complete: (source, at) =>
        table ? types().complete(source, at) : { start: at, end: at, names: [] },
      explain: (source, at) => (table ? types().explain(source, at) : undefined),
      warmUp: (source) => table && types().warmUp(source),
    },
  };
}

export { importsOf };
