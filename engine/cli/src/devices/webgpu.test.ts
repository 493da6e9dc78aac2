import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setupWebgpu } from "./webgpu";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "setup-"));
  for (const stream of ["log", "error"] as const) {
    vi.spyOn(console, stream).mockImplementation(() => undefined);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});
const before = () => {
  mkdirSync(join(root, ".local", "webgpu"), { recursive: true });
  writeFileSync(join(root, ".local", "webgpu", ".installed"), "another version");
};

test("without a network it says so in one sentence and leaves what was there", async () => {
  before();
  vi.stubEnv("npm_config_registry", "http://127.0.0.1:9");
  vi.stubEnv("npm_config_fetch_retries", "0");
  vi.stubEnv("npm_config_cache", join(root, "cache")); // what was downloaded once would serve
  await expect(setupWebgpu(root)).rejects.toThrow(
    /^Dawn \(51 MB\) could not be downloaded, since the registry does not answer: .* Nothing was changed\.$/,
  );
  expect(readdirSync(join(root, ".local"))).toEqual(["webgpu"]);
  expect(readFileSync(join(root, ".local", "webgpu", ".installed"), "utf8")).toBe(
    "another version",
  );
});
