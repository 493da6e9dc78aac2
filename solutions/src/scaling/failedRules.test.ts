import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { failedRules } from "./failedRules";

checkReferences("failedRules", failedRules);

test("a list of numbers breaks several rules", () =>
  expect(failedRules(Array.from({ length: 60 }, (_, i) => `- ${i}`).join("\n"))).toEqual([
    "length",
    "bullets",
    "letters",
    "stopWords",
  ]));

test("no text breaks one", () => expect(failedRules("")).toEqual(["words"]));
