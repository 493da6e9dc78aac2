/**
 * The site's service worker caches what readers have opened, for when there is no network: all pages
 * once one was read, a page's figures, a notebook with the kernel and the data that it names. The
 * network comes first, the cache second. Each release has a cache of its own and takes over from the
 * one before it the files that haven't changed. For hosts that can't send headers, the worker adds
 * those that isolate the notebooks' pages.
 *
 * A host or a network on the way may answer with something else, with status 200: an error page, a
 * login, half of a file. So the worker compares each response with the hash of the release's file. It
 * never caches what doesn't match, and serves it only if it belongs to a newer release, or if it is a
 * page that the reader opens and no cached copy exists: a host may add to pages.
 */

/** The site's files; ../offline.ts writes them in front of this script. Numbers are indices. */
interface SiteFiles {
  version: string;
  /** Each file's path and hash. */
  files: Record<string, string>;
  /** The pages to read and what they share. */
  read: number[];
  /** What every notebook needs. */
  kernel: number[];
  /** What a notebook names besides, by the notebook's path. */
  needs: Record<string, number[]>;
}

declare const self: ServiceWorkerGlobalScope & { SITE: SiteFiles };

const { version, files, read, kernel, needs } = self.SITE;
const names = Object.keys(files);
const pathsOf = (numbers: number[]) => numbers.map((i) => names[i]!);
const { scope } = self.registration;
/** Begins with the scope, so that two sites on one host don't share a cache. */
const CACHE_PREFIX = `course ${scope} `;
/** Caches without the ending were filled by workers that didn't compare hashes. */
const CACHE_NAME = `${CACHE_PREFIX}${version} checked`;
/** The cache's key for the release's list of files. */
const FILE_LIST_KEY = `${scope}service-worker.list`;
/** Names with a hash of the content in them: such a file never changes. */
const IMMUTABLE = /^run\/(build|extensions)\/.*\.[0-9a-f]{7,}\.\w+$/;
/** The requests whose responses a browser isolates by their headers. */
const ISOLATED_DESTINATIONS = ["document", "iframe", "worker"];
/** After this time without a response, a cached file is served. */
const NETWORK_TIMEOUT_MS = 5000;
const MAX_PARALLEL_FETCHES = 6;
/** The cache leaves this much storage to the reader's notebooks. */
const MIN_FREE_BYTES = 30e6;
/** As in ../offline.ts. */
const HASH_BYTES = 6;
const NOTEBOOK_FOLDER = "run/";
const needsOf = (path: string) => pathsOf(Object.hasOwn(needs, path) ? needs[path]! : []);

/** A file's path in the site; undefined for an address that isn't a file of it. */
function pathOf(url: string): string | undefined {
  const { origin, pathname } = new URL(url);
  const address = decodeURI(origin + pathname);
  if (!address.startsWith(scope)) return undefined;
  const path = address.slice(scope.length);
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return Object.hasOwn(files, file) ? file : undefined;
}
const keyOf = (path: string) => scope + encodeURI(path);

async function forEachPath(
  paths: Iterable<string>,
  run: (path: string) => Promise<void>,
): Promise<void> {
  const queue = [...paths];
  const work = async () => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) await run(path);
  };
  await Promise.all(Array.from({ length: MAX_PARALLEL_FETCHES }, work));
}

/** The cache of the release before this one, and its files. */
async function previousRelease(): Promise<{ cache?: Cache; files: Record<string, string> }> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(CACHE_PREFIX) || name === CACHE_NAME) continue;
    const cache = await caches.open(name);
    const list = await cache.match(FILE_LIST_KEY);
    if (list) return { cache, files: (await list.json()) as Record<string, string> };
  }
  return { files: {} };
}

/**
 * Whether a response's content is the file of a release, this worker's unless given.
 * @throws if the content breaks off
 */
async function matches(path: string, response: Response, list = files): Promise<boolean> {
  const content = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const hex = Array.from(digest.subarray(0, HASH_BYTES), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return hex.join("") === list[path];
}

/**
 * Fetches a file past the browser's cache of files that haven't expired. If the content doesn't match,
 * fetches it once more past all caches, since one of them may hold a wrong response.
 */
async function fetchChecked(request: Request | string, path: string) {
  const response = await fetch(request, { cache: "no-cache" });
  if (response.status !== 200 || (await matches(path, response))) {
    return { response, isRight: response.status === 200 };
  }
  const again = await fetch(request, { cache: "reload" });
  return { response: again, isRight: again.status === 200 && (await matches(path, again)) };
}

/** Whether the cache may grow. Browsers that don't estimate their storage have plenty of it. */
async function hasFreeStorage(): Promise<boolean> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  return quota === undefined || usage === undefined || quota - usage > MIN_FREE_BYTES;
}

/** @returns whether the file is cached now; false if storage is short or the content doesn't match */
async function fetchInto(cache: Cache, path: string): Promise<boolean> {
  if (!(await hasFreeStorage())) return false;
  const { response, isRight } = await fetchChecked(keyOf(path), path);
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  if (isRight) await cache.put(keyOf(path), response);
  return isRight;
}

/** Fills this release's cache with what the previous one had. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  const previous = await previousRelease();
  const copyOrFetch = async (path: string) => {
    const isSame = previous.files[path] === files[path];
    const cached = isSame ? await previous.cache?.match(keyOf(path)) : undefined;
    if (cached && (await matches(path, cached))) await cache.put(keyOf(path), cached);
    else await fetchInto(cache, path);
  };
  const requests = previous.cache ? await previous.cache.keys() : [];
  const paths = requests.map(({ url }) => pathOf(url)).filter((path) => path !== undefined);
  await forEachPath(paths, copyOrFetch);
  await cache.put(FILE_LIST_KEY, new Response(JSON.stringify(files)));
  await self.skipWaiting();
}

/** Deletes the caches of earlier releases. */
async function activate(): Promise<void> {
  const all = await caches.keys();
  const old = all.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE_NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Caches a response; the page still gets it if storage is full or switched off. */
async function cacheCopy(cache: Cache, path: string, response: Response): Promise<void> {
  try {
    if (await hasFreeStorage()) await cache.put(keyOf(path), response);
  } catch {
    // the next request goes to the network again
  }
}

/** How ../offline.ts begins this script, ahead of the site's files as JSON on one line. */
const SCRIPT_START = "self.SITE=";

/**
 * The files of a newer release, if the host has one. The browser updates this worker by itself after
 * a page has opened; registration.update() would be delayed here.
 */
async function newerFiles(): Promise<Record<string, string> | undefined> {
  try {
    const script = await fetch(`${scope}service-worker.js`, { cache: "no-cache" });
    const [line = ""] = (await script.text()).split(";\n", 1);
    if (!script.ok || !line.startsWith(SCRIPT_START)) return undefined;
    const site = JSON.parse(line.slice(SCRIPT_START.length)) as SiteFiles;
    return site.version === version ? undefined : site.files;
  } catch {
    return undefined;
  }
}

/** In place of a response whose content is wrong. */
const wrongContent = (path: string) =>
  new Response(
    `${path} did not arrive as this site has it. Check your network connection, then reload the page.`,
    { status: 502, statusText: "Wrong content", headers: { "Content-Type": "text/plain" } },
  );

/** Requests the file each time, because browsers reuse unchanged files for a long time. */
async function fromNetwork(
  request: Request,
  path: string,
  cache: Cache | undefined,
  cached: Response | undefined,
): Promise<Response> {
  const { response, isRight } = await fetchChecked(request, path);
  if (isRight) {
    if (!response.redirected && !cached && cache) await cacheCopy(cache, path, response.clone());
    return response;
  }
  if (!response.ok) return cached ?? response;
  const newer = await newerFiles();
  if (newer && (await matches(path, response, newer))) return response;
  return cached ?? (request.destination === "document" ? response : wrongContent(path));
}

const afterTimeout = (cached: Response) =>
  new Promise<Response>((resolve) => {
    setTimeout(() => resolve(cached), NETWORK_TIMEOUT_MS);
  });

async function respond(request: Request, path: string): Promise<Response> {
  // caches.open would create the cache again after the next release has deleted it
  const exists = await caches.has(CACHE_NAME).catch(() => false);
  const cache = exists ? await caches.open(CACHE_NAME) : undefined;
  const cached = await cache?.match(keyOf(path));
  if (cached && IMMUTABLE.test(path)) return cached;
  const fresh = fromNetwork(request, path, cache, cached);
  const response = cached
    ? Promise.race([fresh, afterTimeout(cached)]).catch(() => cached)
    : fresh.catch((error: unknown) => {
        if (request.mode === "navigate") return offlinePage();
        throw error;
      });
  return withIsolation(await response, request, path);
}

/** In place of the browser's own page where there is no network and the page isn't cached. */
const offlinePage = () =>
  new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>No network</title>
<body style="font: 1.1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem">
<h1>This page isn’t on this device yet</h1>
<p>There is no network, and the browser keeps what you have opened before. With a network, open this
page again; until then, <a href="${scope}index.html">the lessons that you have read</a> are here.</p>`,
    { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } },
  );

/**
 * Adds the headers that isolate a notebook's page. Leaves all other responses as they are, because a
 * browser stores compiled scripts with the cached response.
 */
function withIsolation(response: Response, { destination }: Request, path: string): Response {
  const isIsolated = ISOLATED_DESTINATIONS.includes(destination);
  if (!path.startsWith(NOTEBOOK_FOLDER) || !isIsolated) return response;
  if (response.type === "error" || response.redirected) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/**
 * Caches what a page shows and what it loaded before the worker started, and what belongs to it.
 * @param isLean the page alone, since the reader saves data
 */
function cachePage(urls: string[], isLean: boolean): Promise<void> {
  const shown = urls.map(pathOf).filter((path) => path !== undefined);
  if (isLean) return cacheAll(shown);
  const others = shown.some((path) => path.startsWith(NOTEBOOK_FOLDER)) ? kernel : read;
  return cacheAll([...shown, ...pathsOf(others), ...shown.flatMap(needsOf)]);
}

async function cacheAll(paths: string[]): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  await forEachPath(new Set(paths), async (path) => {
    if (await cache.match(keyOf(path))) return;
    await fetchInto(cache, path).catch(() => undefined);
  });
}

/** Makes room for the reader's notebooks: they need the storage more than the cache does. */
async function dropCache(port: MessagePort | undefined): Promise<void> {
  const isDropped = await caches.delete(CACHE_NAME).catch(() => false);
  port?.postMessage({ isDropped });
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  const { keep, drop, isLean } = (event.data ?? {}) as {
    keep?: unknown;
    drop?: unknown;
    isLean?: unknown;
  };
  if (drop === true) event.waitUntil(dropCache(event.ports[0]));
  if (!Array.isArray(keep)) return;
  const done = cachePage(keep as string[], isLean === true);
  event.waitUntil(
    done.then(() => event.source?.postMessage({ kept: true })).catch(() => undefined),
  );
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const path = pathOf(request.url);
  if (path === undefined) return;
  event.respondWith(respond(request, path));
  const needed = needsOf(path);
  if (needed.length > 0) event.waitUntil(cacheAll(needed).catch(() => undefined));
});

export {};
