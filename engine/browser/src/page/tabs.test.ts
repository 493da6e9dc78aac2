import { expect, test, vi } from "vitest";
import type { Contents } from "./jupyter";
import { watchTabs } from "./tabs";

/** A tab in which these notebooks are open. */
function tab(store: string, open: string[]) {
  const shell = { widgets: () => open.map((path) => ({ context: { path } })) };
  const contents = { get: (path: string) => Promise.resolve({ path }) } as unknown as Contents;
  const warn = vi.fn();
  watchTabs(contents, { shell } as unknown as Parameters<typeof watchTabs>[1], store, warn);
  return { contents, warn };
}
const opened = { type: "notebook", content: true };
const heard = () => new Promise((resolve) => setTimeout(resolve, 100));

test("a notebook that another tab has open is said, once, and nothing else is", async () => {
  const first = tab("a", ["06.ipynb"]);
  const otherSite = tab("b", ["06.ipynb"]);
  const second = tab("a", []);
  await second.contents.get("07.ipynb", opened);
  await second.contents.get("06.ipynb", { ...opened, content: false });
  await second.contents.get("06.ipynb", { type: "file" });
  await first.contents.get("06.ipynb", opened); // it is this tab's own
  await heard();
  for (const { warn } of [first, second, otherSite]) expect(warn).not.toHaveBeenCalled();
  await second.contents.get("06.ipynb", opened);
  await heard();
  expect(second.warn.mock.calls).toEqual([
    [
      "06.ipynb is open in another tab, too. Close it in one of them: both save into the same file.",
    ],
  ]);
  expect(first.warn).not.toHaveBeenCalled();
});
