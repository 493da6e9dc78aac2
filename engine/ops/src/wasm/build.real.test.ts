import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assemble } from "../../assembly/build.mjs";

test("the modules are what the sources compile to", async () => {
  for (const [name, bytes] of Object.entries(await assemble())) {
    const same =
      Buffer.compare(readFileSync(join(__dirname, "..", "..", "wasm", name)), bytes) === 0;
    expect(
      same,
      `${name} is not what engine/ops/assembly compiles to: node engine/ops/assembly/build.mjs`,
    ).toBe(true);
  }
});
