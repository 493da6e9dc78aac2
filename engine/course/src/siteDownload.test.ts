import { expect, test } from "vitest";
import { downloadWeights } from "./siteDownload";
import type { SiteWeights } from "./siteWeights";
import { displayed } from "./output.testing";

const bytes = new Uint8Array([1, 2, 3]);
const site = (parts: Partial<SiteWeights>): SiteWeights => ({
  bytes: 5e6,
  isStored: () => Promise.resolve(false),
  download: (onBytes) => {
    onBytes(5e6);
    return Promise.resolve({ bytes, isStored: true });
  },
  ...parts,
});

async function texts(from: SiteWeights, expected: Uint8Array | undefined): Promise<string> {
  const out = await displayed(async () => {
    expect(await downloadWeights("toy", "A toy: 5 MB, license MIT", from)).toBe(expected);
  });
  return out.map(({ data }) => data["text/plain"]).join("\n");
}

test("size and license come first, and what is kept shows nothing", async () => {
  const said = await texts(site({}), bytes);
  expect(said).toMatch(/^A toy: 5 MB, license MIT\n[^]*downloaded, and kept in this browser/);
  expect(await texts(site({ isStored: () => Promise.resolve(true) }), bytes)).toBe("");
});

test("a browser without room says that they come again", async () => {
  const bring = () => Promise.resolve({ bytes, isStored: false });
  expect(await texts(site({ download: bring }), bytes)).toContain("has no room to keep them");
});

test("a cut download is one sentence with the remedy, and the cell goes on", async () => {
  const bring = (onBytes: (n: number) => void) => {
    onBytes(2e6);
    return Promise.reject(new TypeError("Failed to fetch"));
  };
  const said = await texts(site({ download: bring }), undefined);
  expect(said).toContain("stopped at 2 MB of 5 MB");
  expect(said).toContain("is there a network? Run this cell again to go on from there.");
  const wrong = () => Promise.reject(new Error("the site answered 404"));
  expect(await texts(site({ download: wrong }), undefined)).toContain(
    "early: the site answered 404.",
  );
});
