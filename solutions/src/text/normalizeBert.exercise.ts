/** normalizeBert: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      says: "letters have accents",
      args: [`${random.pick(["Café", "Ünder", "Ñandú"])} İstanbul Việt ΟΔΟΣ`],
    },
    { group: "values", says: "characters are Chinese", args: ["一中文 and 日本 のは 𠀀x"] },
    {
      group: "values",
      says: "there are control characters",
      args: ["a\u0000b\u200bc\u00add\ufffde\u0007f"],
    },
    {
      group: "values",
      says: "white space of all kinds",
      args: ["a\tb\nc\u00a0d\u3000e\u2028f"],
    },
    {
      group: "values",
      says: "case and accents are kept",
      args: ["Été À LA Mer", { lowercase: false }],
    },
    { group: "shapes", says: "the text is empty", args: [""] },
    { group: "errors", says: "text is a number", args: [1], throws: "text" },
  ],
  mutants: [
    {
      edits: [['.normalize("NFD")', ""]],
      says:
        "Accents stay on letters that are one code point. " +
        'Decompose them first: normalize("NFD").',
    },
    {
      edits: [['.replace(/\\p{Mn}/gu, "")', ""]],
      says: "Accents are still there, as characters of their own. Remove category Mn.",
    },
    {
      edits: [['.replace(CHINESE, " $& ")', ""]],
      says: "Chinese characters are still next to each other. Put a space on both sides of each.",
    },
    {
      edits: [['.replace(/\\p{White_Space}/gu, " ")', ""]],
      says: "Tabs, line ends and wide spaces are still there. All white space becomes a space.",
    },
    {
      edits: [["(?![\\t\\n\\r])", ""]],
      says:
        "Tabs and line ends vanish with the control characters, so words run together. " +
        "Treat them as white space.",
    },
    {
      edits: [
        [
          "if (!lowercase) return clean;",
          'if (!lowercase) return clean.normalize("NFD").replace(/\\p{Mn}/gu, "");',
        ],
      ],
      says: "You remove accents although lowercase is false. BERT keeps case and accents together.",
    },
  ],
};
export default exercise;
