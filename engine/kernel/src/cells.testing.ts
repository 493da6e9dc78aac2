/** The list of cells that every kernel is tested with, on a kernel that speaks Jupyter's protocol. */
import { expect } from "vitest";
import type { CellCase, RequestCase } from "cells/testing";
import type { CellResult, ExecuteOptions } from "./client";

const FRAME = /^ *at (?:(\S+) \()?cell-\d+, line ([\d:]+)/;

/** Frames in cells: "    at fail (cell-4, line 4:9)" → "fail 4:9" */
const places = ({ traceback }: NonNullable<CellResult["error"]>) =>
  traceback.flatMap((line) => {
    const found = FRAME.exec(line);
    return found ? [[found[1], found[2]].filter(Boolean).join(" ")] : [];
  });

const notesOf = ({ outputs }: CellResult) =>
  outputs
    .filter(({ content }) => JSON.stringify(content.metadata) === '{"course":{"note":"types"}}')
    .flatMap(({ content }) => (content.data as Record<string, string>)["text/plain"]!.split("\n"))
    .flatMap((line) => /^line (.*)/.exec(line)?.[1] ?? []);

/** Runs cells one after another, and expects of each what the list says. */
export async function expectCells(
  cells: readonly CellCase[],
  run: (code: string) => Promise<CellResult>,
): Promise<void> {
  for (const { code, shows = "", throws, at, notes = [] } of cells) {
    const result = await run(code);
    const { error, stdout, stderr } = result;
    const seen: CellCase = {
      code,
      shows: stdout.replace(/\n$/, ""),
      throws: error && `${error.ename}: ${error.evalue}`,
    };
    expect(seen).toEqual({ code, shows, throws });
    expect(stderr).toBe("");
    if (at) expect(places(error!)).toEqual(at);
    expect(notesOf(result)).toEqual(notes.map((part) => expect.stringContaining(part)));
  }
}

/** Sends requests one after another, and expects of each what the list says. */
export async function expectRequests(
  requests: readonly RequestCase[],
  run: (code: string, options: ExecuteOptions) => Promise<CellResult>,
): Promise<void> {
  let first: number | undefined;
  for (const { code, shows = "", count, status = "ok", traceback, ...options } of requests) {
    const result = await run(code, options);
    first ??= result.count!;
    const seen = { code, shows: result.stdout.replace(/\n$/, ""), count: result.count! - first };
    expect({ ...seen, status: result.status }).toEqual({ code, shows, count, status });
    if (options.silent) expect(result.outputs).toEqual([]);
    if (traceback) expect(result.error!.traceback.join("\n")).toContain(traceback);
  }
}
