import { afterAll, expect, test, vi } from "vitest";
import { CANDIDATES, chooseDevice, device } from "./device";
import { doctor, examine } from "./doctor";

afterAll(() => chooseDevice("wasm"));

test("the first that works is chosen, and a forced one is taken", async () => {
  const refused = (await examine()).filter((f) => f.refused).map((f) => f.name);
  const chosen = await chooseDevice(undefined);
  expect(CANDIDATES.find((c) => !refused.includes(c.name))!.name).toBe(chosen.name);
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
  vi.unstubAllEnvs();
});

test("the doctor names every device with a speed or a reason", async () => {
  const text = await doctor();
  for (const { name } of CANDIDATES) {
    expect(text).toMatch(new RegExp(`${name} +.*(found +[\\d.]+ GFLOP/s|refused +\\S+)`));
  }
  expect(text).toMatch(/threads, .* GB of memory/);
});
