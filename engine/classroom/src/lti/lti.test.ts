import { afterAll, describe, expect, test } from "vitest";
import { removeFolders } from "../class.testing.js";
import { ltiTests } from "./lti.testing.js";
import { readLti } from "./settings.js";

afterAll(removeFolders);

describe("SQLite", () => {
  ltiTests(() => undefined);
});

test("an id that YAML reads as a number is refused, since long ones would lose digits", () => {
  const given = { issuer: "https://x.edu", clientId: 10000000000001 };
  expect(() => readLti("class.yaml", given)).toThrow(
    'put lti.clientId in quotation marks, as "10000000000001"',
  );
});
