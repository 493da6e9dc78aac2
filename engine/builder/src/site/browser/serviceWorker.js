/**
 * Keeps for readers without a network what they have opened: the pages to read once they have read
 * one, a page's figures, a notebook with the kernel and the data that it names. What the network has
 * comes first; a release keeps its files together under its own name, and the next one takes over
 * those that haven't changed. A host that can't send headers gets those that isolate the notebooks'
 * pages here.
 *
 * `SITE` stands in front of this text: { version, files: path → hash, read: pages and what they
 * share, kernel: what every notebook needs, needs: a notebook's path → what it names besides }, where
 * a number stands for the file in that place of `files`.
 */
const { version, files, read, kernel, needs } = globalThis.SITE;
const names = Object.keys(files);
const pathsOf = (numbers) => numbers.map((i) => names[i]);
const { scope } = registration;
/** Two sites of one host keep their files apart. */
const FAMILY = `course ${scope} `;
const NAME = FAMILY + version;
/** Where a release keeps its list of files. */
const LIST = `${scope}service-worker.list`;
/** Names with a hash of the content in them: what is kept under such a name never changes. */
const LASTING = /^run\/(build|extensions)\/.*\.[0-9a-f]{7,}\.\w+$/;
/** What a browser isolates by its headers. */
const ISOLATED = ["document", "iframe", "worker"];
/** A network that says nothing for so long counts as none, where the file is kept. */
const PATIENCE_MS = 5000;
const AT_ONCE = 6;
const RUN = "run/";
const needsOf = (path) => (Object.hasOwn(needs, path) ? pathsOf(needs[path]) : []);

/** A file's path in the site; undefined for what isn't one. */
function pathOf(url) {
  const { origin, pathname } = new URL(url);
  const address = decodeURI(origin + pathname);
  if (!address.startsWith(scope)) return undefined;
  const path = address.slice(scope.length);
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return Object.hasOwn(files, file) ? file : undefined;
}
const keyOf = (path) => scope + encodeURI(path);

async function eachOf(paths, keep) {
  const left = [...paths];
  const work = async () => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) await keep(path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** What the release before this one keeps. */
async function earlier() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(FAMILY) || name === NAME) continue;
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    if (list) return { cache, files: await list.json() };
  }
  return { files: {} };
}

async function fetchInto(cache, path) {
  const response = await fetch(keyOf(path), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  await cache.put(keyOf(path), response);
}

async function install() {
  const cache = await caches.open(NAME);
  const before = await earlier();
  const keep = async (path) => {
    const isSame = before.files[path] === files[path];
    const kept = isSame ? await before.cache?.match(keyOf(path)) : undefined;
    if (kept) await cache.put(keyOf(path), kept);
    else await fetchInto(cache, path);
  };
  const used = before.cache ? await before.cache.keys() : [];
  await eachOf(
    used.map(({ url }) => pathOf(url)).filter((path) => path !== undefined),
    keep,
  );
  await cache.put(LIST, new Response(JSON.stringify(files)));
  await skipWaiting();
}

async function activate() {
  const kept = await caches.keys();
  const old = kept.filter((name) => name.startsWith(FAMILY) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

/** Storage that is full or switched off costs the copy, never the page. */
async function keepCopy(cache, path, response) {
  try {
    await cache.put(keyOf(path), response);
  } catch {
    // the network goes on serving it
  }
}

/** The host is asked each time, since a browser takes for lasting what has not changed for long. */
async function fromNetwork(request, path, cache, kept) {
  const response = await fetch(request, { cache: "no-cache" });
  const isWhole = response.status === 200 && !response.redirected;
  if (isWhole && !kept && cache) await keepCopy(cache, path, response.clone());
  return response;
}

const silence = (kept) =>
  new Promise((resolve) => {
    setTimeout(() => resolve(kept), PATIENCE_MS);
  });

async function answer(request, path) {
  // opening it would make it again once the next release has removed it
  const isThere = await caches.has(NAME).catch(() => false);
  const cache = isThere ? await caches.open(NAME) : undefined;
  const kept = await cache?.match(keyOf(path));
  if (kept && LASTING.test(path)) return kept;
  const fresh = fromNetwork(request, path, cache, kept);
  const response = kept ? Promise.race([fresh, silence(kept)]).catch(() => kept) : fresh;
  return isolated(await response, request, path);
}

/** Everything else stays what it is, since a browser keeps compiled scripts with what is kept. */
function isolated(response, { destination }, path) {
  if (!path.startsWith(RUN) || !ISOLATED.includes(destination)) return response;
  if (response.type === "error" || response.redirected) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** A page tells what it shows, and what it had loaded before there was a worker. */
function keepShown(urls) {
  const shown = urls.map(pathOf).filter((path) => path !== undefined);
  const others = shown.some((path) => path.startsWith(RUN)) ? kernel : read;
  return keepAll([...shown, ...pathsOf(others), ...shown.flatMap(needsOf)]);
}

async function keepAll(paths) {
  const cache = await caches.open(NAME);
  await eachOf(new Set(paths), async (path) => {
    if (await cache.match(keyOf(path))) return;
    await fetchInto(cache, path).catch(() => undefined);
  });
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  if (!Array.isArray(keep)) return;
  const done = keepShown(keep);
  event.waitUntil(
    done.then(() => event.source?.postMessage({ kept: true })).catch(() => undefined),
  );
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const path = pathOf(request.url);
  if (path === undefined) return;
  event.respondWith(answer(request, path));
  const needed = needsOf(path);
  if (needed.length > 0) event.waitUntil(keepAll(needed).catch(() => undefined));
});
