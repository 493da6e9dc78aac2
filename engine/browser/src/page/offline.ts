/** The site's service worker, engine/builder/src/site/browser/serviceWorker.ts, for a notebook's page. */

/**
 * Has the site kept for a reader without a network, with what this page has loaded before the worker
 * came. A site without one, and a browser that keeps nothing, run all the same.
 */
export async function keepOffline(worker: URL): Promise<void> {
  try {
    await navigator.serviceWorker?.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    active?.postMessage({ keep: [location.href, ...loaded] });
  } catch {
    // nothing is kept
  }
}
