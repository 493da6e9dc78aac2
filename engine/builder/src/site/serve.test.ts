import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serve } from "./serve.js";

let parent: string;
let site: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), "site-serve-"));
  const folder = join(parent, "site");
  mkdirSync(join(folder, "run"), { recursive: true });
  writeFileSync(join(parent, "secret.txt"), "secret");
  writeFileSync(join(folder, "index.html"), "home");
  writeFileSync(join(folder, "run", "index.html"), "run");
  writeFileSync(join(folder, "a.wasm"), "");
  writeFileSync(join(folder, "404.html"), "nothing here");
  site = await serve(folder, "/course/", 0);
});
afterAll(() => {
  site.stop();
  rmSync(parent, { recursive: true });
});

/** A request as it is written, which fetch would tidy. */
function ask(path: string, method = "GET") {
  const { port } = new URL(site.address);
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((done) => {
    request({ port, path, method, host: "127.0.0.1" }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        done({ status: response.statusCode!, headers: response.headers, text }),
      );
    }).end();
  });
}

it("serves files and folders under its path, with types and the headers of isolation", async () => {
  expect(await ask("/course/")).toMatchObject({ status: 200, text: "home" });
  expect(await ask("/course/run/?a=1#b")).toMatchObject({ status: 200, text: "run" });
  expect(await ask("/course/a.wasm")).toMatchObject({
    status: 200,
    headers: {
      "content-type": "application/wasm",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    },
  });
  expect(await ask("/course/index.html", "HEAD")).toMatchObject({ status: 200, text: "" });
  expect(await ask("/")).toMatchObject({ status: 302, headers: { location: "/course/" } });
});

it("answers 404 with the site's own page, and never leaves its folder", async () => {
  const outside = ["/course/../secret.txt", "/course/%2e%2e/secret.txt", "/course/..%2fsecret.txt"];
  for (const path of [...outside, "/course/none.html", "/other/", "/course/a%00b", "/%E0%A4%A"]) {
    expect(await ask(path), path).toMatchObject({ status: 404, text: "nothing here" });
  }
  expect((await ask("/course/", "POST")).status).toBe(405);
});

it("takes another port where its own is taken", async () => {
  const taken = Number(new URL(site.address).port);
  const other = await serve(join(parent, "site"), "/", taken);
  expect(new URL(other.address).port).not.toBe(String(taken));
  other.stop();
});
