import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { CANDIDATES, chooseDevice, device } from "./device";
import { doctor } from "./doctor";
import { fastestOf, readSpeeds, saveSpeeds } from "./speed";

const cache = mkdtempSync(join(tmpdir(), "devices-"));
beforeEach(() => vi.stubEnv("XDG_CACHE_HOME", cache));
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  rmSync(cache, { recursive: true });
  await chooseDevice("wasm");
});

test("the fastest is chosen and kept, and a forced one is taken", async () => {
  vi.stubEnv("COURSE_DEVICE", undefined);
  const chosen = await chooseDevice();
  const { speeds, chosen: kept } = readSpeeds()!;
  expect(chosen.slow).toBe(false);
  expect(chosen.name).toBe(kept);
  expect(chosen.name).toBe(fastestOf(speeds));
  saveSpeeds("wasm", speeds);
  expect((await chooseDevice()).name).toBe("wasm"); // not measured again
  saveSpeeds("cuda", speeds); // which works here no longer, or never did
  const again = await chooseDevice();
  expect(["cuda", fastestOf(readSpeeds()!.speeds)]).toContain(again.name); // as measured by this choice
  expect(await chooseDevice("cpu")).toEqual({
    name: "cpu",
    label: "plain CPU (JavaScript)",
    slow: true,
  });
  expect(device().name).toBe("cpu");
});

test("an unknown or refused device gets its reason and the way to get it", async () => {
  await expect(chooseDevice("tpu")).rejects.toThrow(
    "COURSE_DEVICE: expected one of cuda, webgpu, native, wasm, cpu, got tpu",
  );
  vi.stubEnv("COURSE_ROOT", "/nowhere"); // where nothing is set up
  for (const name of ["cuda", "native"] as const) {
    await expect(chooseDevice(name)).rejects.toThrow(
      `COURSE_DEVICE=${name} cannot be used: it is not set up on this machine. To get it: ` +
        `npx course setup ${name}`,
    );
  }
});

test("the doctor names every device with a speed or a reason", async () => {
  const text = await doctor();
  for (const { name } of CANDIDATES) {
    expect(text).toMatch(new RegExp(`${name} +.*(found +[\\d.]+ GFLOP/s|refused +\\S+)`));
  }
  expect(text).toMatch(/wasm .* [\d.]+ ms small, [\d.]+ ms large/);
  expect(text).toMatch(/threads, .* GB of memory/);
});
