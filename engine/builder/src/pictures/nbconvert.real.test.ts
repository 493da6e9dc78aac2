// needs: jupyter
// level: all
/** Whoever exports a solved notebook finds its figures. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { courseRoot } from "grader";
import { expect, test } from "vitest";
import { findJupyter, jupyterEnv } from "kernel";
import { fixtureNotebook } from "../slides/slides.testing.js";
import { addPictures, type Notebook } from "./pictures.js";

test("nbconvert's HTML holds each figure of a notebook as a picture", async () => {
  const aside = mkdtempSync(join(tmpdir(), "export-"));
  try {
    const notebook = fixtureNotebook() as Notebook;
    await addPictures(notebook);
    writeFileSync(join(aside, "solved.ipynb"), JSON.stringify(notebook));
    const python = await findJupyter();
    const export_ = ["-m", "nbconvert", "--to", "html", join(aside, "solved.ipynb")];
    execFileSync(python, export_, { env: jupyterEnv(courseRoot(), python), stdio: "pipe" });
    const html = readFileSync(join(aside, "solved.html"), "utf8");
    expect(html.match(/<img[^>]*src="data:image\/png;base64,/g)).toHaveLength(5);
    expect(html).not.toContain("figure: A caption");
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
});
