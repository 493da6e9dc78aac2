// needs: chromium
// level: all
/** The service worker of a small site whose host answers with something else, cut, or not at all. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { launch } from "./lite.testing";
import { writeOffline } from "./offline";

const SCRIPT = "run/build/core.0123abcd.js";
const DATA = "run/kernel/data.json";
const FILES: Record<string, string> = {
  "index.html": "<!doctype html><title>A site</title><p>The first release.</p>",
  [SCRIPT]: "globalThis.core = 'right';",
  [DATA]: '{ "n": 1 }',
};
const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
};
/** What a host in trouble answers to every request, with status 200. */
const WRONG = "<!doctype html><p>Something went wrong.</p>";

let folder: string;
let server: Server;
let site: string;
let browser: Browser;
let page: Page;
/** How the host answers for a path; "right" unless set. */
const trouble = new Map<string, "wrong" | "cut">();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "site-"));
  write(FILES);
  await writeOffline(folder);
  server = createServer(({ url = "/" }, response) => {
    const path = url === "/" ? "index.html" : url.slice(1);
    if (!existsSync(join(folder, path))) return void response.writeHead(404).end();
    const type = TYPES[extname(path)] ?? "text/plain";
    const content =
      trouble.get(path) === "wrong" ? Buffer.from(WRONG) : readFileSync(join(folder, path));
    response.writeHead(200, { "Content-Type": type, "Content-Length": content.length });
    if (trouble.get(path) !== "cut") return void response.end(content);
    response.write(content.subarray(0, 5));
    setTimeout(() => response.destroy(), 50);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await launch();
  page = await browser.newPage();
  page.setDefaultTimeout(20_000);
});
afterEach(async () => {
  trouble.clear();
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Opens the site and waits until its worker controls the page. */
async function open(): Promise<void> {
  await page.goto(site);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/service-worker.js");
    await navigator.serviceWorker.ready;
  });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** What a page gets for a file; undefined if the request fails. */
const request = (path: string) =>
  page.evaluate(async (address) => {
    try {
      const response = await fetch(address);
      return { status: response.status, text: await response.text() };
    } catch {
      return undefined;
    }
  }, `/${path}`);

/** What the caches hold of a file. */
const cached = (path: string) =>
  page.evaluate(async (address) => (await caches.match(address))?.text(), site + path);

test("a wrong response with status 200 is neither served nor cached, and the host may recover", async () => {
  await open();
  for (const path of [SCRIPT, DATA]) {
    trouble.set(path, "wrong");
    const got = await request(path);
    expect(got?.status).toBe(502);
    expect(got?.text).toContain("did not arrive as this site has it");
    expect(await cached(path)).toBeUndefined();
    trouble.delete(path);
    expect(await request(path)).toEqual({ status: 200, text: FILES[path] });
    await expect.poll(() => cached(path)).toBe(FILES[path]);
  }
});

test("a cached file is served in place of a wrong response", async () => {
  await open();
  expect(await request(DATA)).toEqual({ status: 200, text: FILES[DATA] });
  trouble.set(DATA, "wrong");
  expect(await request(DATA)).toEqual({ status: 200, text: FILES[DATA] });
  expect(await cached(DATA)).toBe(FILES[DATA]);
});

test("half of a file is neither served nor cached", async () => {
  await open();
  trouble.set(SCRIPT, "cut");
  expect(await request(SCRIPT)).toBeUndefined();
  expect(await cached(SCRIPT)).toBeUndefined();
  trouble.delete(SCRIPT);
  expect(await request(SCRIPT)).toEqual({ status: 200, text: FILES[SCRIPT] });
});

test("what an older worker has cached wrongly is not taken over", async () => {
  await page.goto(site);
  await page.evaluate(
    async ([scope, path, wrong]) => {
      const worker = await (await fetch("/service-worker.js")).text();
      const list = /"files":(\{.*?\})/.exec(worker)![1]!;
      const cache = await caches.open(`course ${scope} 0123456789ab`);
      await cache.put(`${scope}service-worker.list`, new Response(list));
      await cache.put(scope + path, new Response(wrong));
    },
    [site, SCRIPT, WRONG] as const,
  );
  expect(await cached(SCRIPT)).toBe(WRONG);
  await open();
  expect(await request(SCRIPT)).toEqual({ status: 200, text: FILES[SCRIPT] });
  await expect.poll(() => cached(SCRIPT)).toBe(FILES[SCRIPT]);
});

test("a newer release is served at once, although its files don't match the older one's", async () => {
  await open();
  await request(DATA);
  const next = { "index.html": FILES["index.html"]!.replace("first", "second"), [DATA]: "{}" };
  write(next);
  await writeOffline(folder);
  await page.goto(site);
  await page.getByText("The second release.").waitFor();
  await expect.poll(() => request(DATA)).toEqual({ status: 200, text: "{}" });
  await expect.poll(() => cached(DATA), { timeout: 60_000 }).toBe("{}");
});

test("the cache makes room when a page needs the storage", async () => {
  await open();
  await request(DATA);
  await expect.poll(() => cached(DATA)).toBe(FILES[DATA]);
  const isDropped = await page.evaluate(
    () =>
      new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }: MessageEvent<{ isDropped: boolean }>) => done(data.isDropped);
        navigator.serviceWorker.controller!.postMessage({ drop: true }, [port2]);
      }),
  );
  expect(isDropped).toBe(true);
  expect(await cached(DATA)).toBeUndefined();
  expect(await request(DATA)).toEqual({ status: 200, text: FILES[DATA] });
});

test("a reader who saves data gets the page alone in the cache, others all pages to read", async () => {
  write({ "other.html": "<!doctype html><title>Another page</title>" });
  await writeOffline(folder);
  await open();
  const keep = (isLean: boolean) =>
    page.evaluate(async (lean) => {
      const { active } = await navigator.serviceWorker.ready;
      const done = new Promise((kept) =>
        navigator.serviceWorker.addEventListener("message", kept, { once: true }),
      );
      active!.postMessage({ keep: [location.href], isLean: lean });
      await done;
    }, isLean);
  await keep(true);
  expect(await cached("index.html")).toContain("The first release");
  expect(await cached("other.html")).toBeUndefined();
  await keep(false);
  expect(await cached("other.html")).toContain("Another page");
});

test("a page that isn't cached is answered by a page of ours when there is no network", async () => {
  write({ "run/other.html": "<!doctype html><title>Another page</title>" });
  await writeOffline(folder);
  await open();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  const answer = await page.goto(`${site}run/other.html`);
  expect(answer!.status()).toBe(503);
  expect(await page.locator("h1").textContent()).toBe("This page isn’t on this device yet");
  expect(await page.locator("a").getAttribute("href")).toBe(`${site}index.html`);
});
