/**
 * What lesson 23 reaches: from the runs that cost 5.9·10¹¹ operations or less, a law whose value
 * at five times as many is closer to the large run than its best small run is; and a web of which half is copies.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { courseRoot, paths } from "grader";
import { expect, test } from "vitest";
import { fitPowerLaw } from "./fitPowerLaw";
import { hashText, wordGrams } from "./hashing";
import { isoFlop } from "./isoFlop";
import { lshPairs } from "./lshPairs";
import { minHash } from "./minHash";

const { data } = paths(courseRoot());

interface Run {
  width: number;
  parameters: number;
  tokens: number[];
  loss: number[];
}

/** The loss after this much compute, between two points of the curve. */
function lossAt({ parameters, tokens, loss }: Run, compute: number): number | undefined {
  const letters = compute / (6 * parameters);
  const k = tokens.findIndex((n) => n >= letters);
  if (k < 1) return undefined;
  const [before, after] = [tokens[k - 1]!, tokens[k]!];
  const share = Math.log(letters / before) / Math.log(after / before);
  return loss[k - 1]! + share * (loss[k]! - loss[k - 1]!);
}

test("a law from small runs comes closer to the large run than no change does", () => {
  const text = readFileSync(join(data, "plays-scaling.json"), "utf8");
  const { runs } = JSON.parse(text) as { runs: Run[] };
  const measuredAt = (compute: number) =>
    runs.flatMap((run) => {
      const loss = lossAt(run, compute);
      return loss === undefined ? [] : [{ N: run.parameters, loss }];
    });
  const budgets = [1, 1.5, 2, 3, 4, 5.9].map((n) => n * 1e11);
  const valleys = budgets.map((compute) => {
    const all = measuredAt(compute);
    const lowest = Math.min(...all.map(({ loss }) => loss));
    const near = all.filter(({ loss }) => loss < lowest + 0.15);
    return isoFlop(
      near.map(({ N }) => N),
      near.map(({ loss }) => loss),
    );
  });
  const law = fitPowerLaw(
    budgets,
    valleys.map(({ loss }) => loss),
  );
  const predicted = law.irreducible + law.scale * 2.95e12 ** -law.exponent;
  const measured = Math.min(...measuredAt(2.95e12).map(({ loss }) => loss));
  const noChange = Math.min(...measuredAt(5.9e11).map(({ loss }) => loss));
  console.log(
    `predicted ${predicted.toFixed(3)}, measured ${measured.toFixed(3)}, ` +
      `the best small run ${noChange.toFixed(3)}`,
  );
  expect(Math.abs(predicted - measured)).toBeLessThan(noChange - measured);
});

test("half of the small web is copies", () => {
  const packed = readFileSync(join(data, "package-texts.json.gz"));
  const packages = JSON.parse(gunzipSync(packed).toString("utf8")) as {
    readme: string;
    licenseText: string;
  }[];
  const texts = packages.flatMap(({ readme, licenseText }) => [readme, licenseText]);
  const signatures = texts.map((text) => minHash(wordGrams(text, 5).map(hashText), 128));
  const copies = new Set(lshPairs(signatures, 16, 0.7).map(([, copy]) => copy));
  const share = copies.size / texts.length;
  console.log(`${texts.length} texts, ${(100 * share).toFixed(0)} % are copies of an earlier one`);
  expect(share).toBeGreaterThan(0.45);
  expect(share).toBeLessThan(0.55);
});
