/** A limit to what a page is asked, for tests: a page that stands still would hold a test to its end. */
import type { Page } from "playwright-core";

const LIMIT_MS = 180_000;
const LOOK_MS = 10_000;

/**
 * What a page answers, if it does in time.
 * @throws with what the page shows when it does not: dialogs, cells that run, whether it draws
 */
export async function inTime<T>(
  page: Pick<Page, "evaluate">,
  what: string,
  answer: Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      void stateOf(page).then((state) => {
        reject(new Error(`${what}: no answer within ${LIMIT_MS / 1000} s; ${state}`));
      });
    }, LIMIT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a page shows, in words; a page that doesn't answer is named, too. */
function stateOf(page: Pick<Page, "evaluate">): Promise<string> {
  const silent = new Promise<string>((resolve) => {
    setTimeout(resolve, LOOK_MS, "the page answers nothing");
  });
  return Promise.race([page.evaluate(lookAround).catch(String), silent]);
}

/** Runs in the page. */
async function lookAround(): Promise<string> {
  const draws = await new Promise<string>((resolve) => {
    setTimeout(resolve, 3000, "it draws no frame");
    requestAnimationFrame(() => {
      resolve("it draws");
    });
  });
  const texts = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].map((e) =>
      e.innerText.trim().replaceAll("\n", " | "),
    );
  const dialogs = texts(".jp-Dialog-content");
  const running = texts(".jp-InputPrompt").filter((text) => text.includes("*")).length;
  const worker = navigator.serviceWorker?.controller?.state ?? "none";
  return (
    `${draws}, ${running} cells run, service worker: ${worker}, ` +
    `dialogs: ${dialogs.length === 0 ? "none" : dialogs.join(" || ")}`
  );
}
