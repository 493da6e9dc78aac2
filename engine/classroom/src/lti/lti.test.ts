import { afterAll, describe } from "vitest";
import { removeFolders } from "../class.testing.js";
import { ltiTests } from "./lti.testing.js";

afterAll(removeFolders);

describe("SQLite", () => {
  ltiTests(() => undefined);
});
