/** What engine/cli/bin/bootstrap.mjs does to compiled packages; it is plain JavaScript without types. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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
