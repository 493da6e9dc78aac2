/**
 * Keeps the site for readers without a network. What the network has comes first; a release keeps
 * its files together under its own name, and the next one takes over those that haven't changed.
 * A host that can't send headers gets those that isolate the notebooks' pages here.
 *
 * `SITE` stands in front of this text: { version, files: path → hash, read: paths to keep at once }.
 */
const { version, files, read } = globalThis.SITE;
const { scope } = registration;
/** Two sites of one host keep their files apart. */
const FAMILY = `course ${scope} `;
const NAME = FAMILY + version;
/** Where a release keeps its list of files. */
const LIST = `${scope}service-worker.list`;
/** A network that says nothing for so long counts as none, where the file is kept. */
const PATIENCE_MS = 5000;
const AT_ONCE = 6;
const RUN = "run/";
/** What a kernel reads while it runs; JupyterLite's own parts are kept as they are used. */
const isOfKernel = (path) => /^run\/(kernel|files|api)\//.test(path);

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
  await eachOf(read, keep);
  const used = before.cache ? await before.cache.keys() : [];
  const others = used.map(({ url }) => pathOf(url)).filter((path) => path?.startsWith(RUN));
  await eachOf(others, keep);
  await cache.put(LIST, new Response(JSON.stringify(files)));
  await skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(FAMILY) && name !== NAME);
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

async function fromNetwork(request, path, cache, kept) {
  const response = await fetch(request);
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
  const fresh = fromNetwork(request, path, cache, kept);
  if (!kept) return isolated(await fresh, path);
  return isolated(await Promise.race([fresh, silence(kept)]).catch(() => kept), path);
}

function isolated(response, path) {
  if (!path.startsWith(RUN) || response.type === "error" || response.redirected) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** A page tells what it had loaded before there was a worker; notebooks need their kernel too. */
async function keepLoaded(urls) {
  const cache = await caches.open(NAME);
  const loaded = urls.map(pathOf).filter((path) => path !== undefined);
  const runs = loaded.some((path) => path.startsWith(RUN));
  const wanted = runs ? [...loaded, ...Object.keys(files).filter(isOfKernel)] : loaded;
  await eachOf(new Set(wanted), async (path) => {
    if (await cache.match(keyOf(path))) return;
    await fetchInto(cache, path).catch(() => undefined);
  });
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  if (!Array.isArray(keep)) return;
  const done = keepLoaded(keep);
  event.waitUntil(
    done.then(() => event.source?.postMessage({ kept: true })).catch(() => undefined),
  );
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const path = pathOf(request.url);
  if (path !== undefined) event.respondWith(answer(request, path));
});
