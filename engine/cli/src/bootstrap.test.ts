/** What engine/cli/bin/bootstrap.mjs does to compiled packages; it is plain JavaScript without types. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const file = fileURLToPath(new URL("../bin/bootstrap.mjs", import.meta.url));
const { orphans, removeOrphans, studentEntries } = (await import(file)) as {
  orphans(at: string): string[];
  removeOrphans(at: string): void;
  studentEntries(lock: object): Record<string, object>;
};
const root = mkdtempSync(join(tmpdir(), "compiled-"));
afterAll(() => rmSync(root, { recursive: true }));
const put = (...names: string[]) => {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), "");
  }
};

test("what was compiled from sources that are gone is removed, and nothing else", () => {
  const kept = ["text/one.js", "text/one.d.ts", "register.js", "register.d.ts", ".tsbuildinfo"];
  const gone = ["tokenization/one.js", "tokenization/one.d.ts", "text/two.js"];
  put("solutions/src/text/one.ts", "solutions/src/register.js", "solutions/src/register.d.ts");
  put(...[...kept, ...gone].map((name) => `solutions/dist/${name}`));
  expect(orphans(root).sort()).toEqual(
    gone.map((name) => join(root, "solutions", "dist", name)).sort(),
  );
  removeOrphans(root);
  expect(orphans(root)).toEqual([]);
  for (const name of kept) expect(existsSync(join(root, "solutions", "dist", name))).toBe(true);
  expect(existsSync(join(root, "solutions", "dist", "tokenization"))).toBe(false);
});

test("a student's packages are those of the kernel and the solutions, without development's", () => {
  const file = new URL("../../../package-lock.json", import.meta.url);
  const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: object };
  const paths = Object.keys(studentEntries(lock.packages));
  for (const name of ["kernel", "solutions", "course", "tslab", "zeromq", "typescript", "cac"]) {
    expect(paths).toContain(`node_modules/${name}`);
  }
  for (const name of ["builder", "classroom", "vitest", "fastify", "binaryen", "jsdom"]) {
    expect(paths).not.toContain(`node_modules/${name}`);
  }
});

interface Entry {
  version?: string;
  engines?: { node?: string };
}
/** Versions that the docs allow: 20.19 or newer for students, what CONTRIBUTING.md says for authors. */
const STUDENTS_NODE = ["20.19.0", "21.7.3", "22.0.0", "22.12.0", "23.0.0", "24.0.0", "25.0.0"];
const AUTHORS_NODE = ["20.19.0", "20.20.2", "22.13.0", "22.20.0", "24.0.0", "25.0.0"];

test("npm ci warns about no version of Node that the docs allow", () => {
  const { satisfies } = createRequire(import.meta.url)("semver") as {
    satisfies(version: string, range: string): boolean;
  };
  const file = new URL("../../../package-lock.json", import.meta.url);
  const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Entry> };
  const refusals = (entries: Record<string, object>, versions: string[]) =>
    Object.entries(entries as Record<string, Entry>).flatMap(([path, { engines }]) => {
      const range = engines?.node ?? "*";
      return versions.filter((v) => !satisfies(v, range)).map((v) => `${path} refuses ${v}`);
    });
  expect(refusals(studentEntries(lock.packages), STUDENTS_NODE)).toEqual([]);
  expect(refusals(lock.packages, AUTHORS_NODE)).toEqual([]);
  expect(refusals({ cookie: { engines: { node: ">=22" } } }, ["20.19.0"])).toHaveLength(1);
});
