/** normalizeBert: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "letters have accents",
      args: [`${random.pick(["Café", "Ünder", "Ñandú"])} İstanbul Việt ΟΔΟΣ`],
    },
    { group: "values", title: "characters are Chinese", args: ["一中文 and 日本 のは 𠀀x"] },
    {
      group: "values",
      title: "there are control characters",
      args: ["a\u0000b\u200bc\u00add\ufffde\u0007f"],
    },
    {
      group: "values",
      title: "white space of all kinds",
      args: ["a\tb\nc\u00a0d\u3000e\u2028f"],
    },
    {
      group: "values",
      title: "case and accents are kept",
      args: ["Été À LA Mer", { lowercase: false }],
    },
    { group: "shapes", title: "the text is empty", args: [""] },
    { group: "errors", title: "text is a number", args: [1], throws: "text" },
  ],
  mutants: [
    {
      edits: [['.normalize("NFD")', ""]],
      message:
        "Accents stay on letters that are one code point. " +
        'Decompose them first: normalize("NFD").',
    },
    {
      edits: [['.replace(/\\p{Mn}/gu, "")', ""]],
      message: "Accents are still there, as characters of their own. Remove category Mn.",
    },
    {
      edits: [['.replace(CHINESE, " $& ")', ""]],
      message:
        "Chinese characters are still next to each other. Put a space on both sides of each.",
    },
    {
      edits: [['.replace(/\\p{White_Space}/gu, " ")', ""]],
      message: "Tabs, line ends and wide spaces are still there. All white space becomes a space.",
    },
    {
      edits: [["(?![\\t\\n\\r])", ""]],
      message:
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
      message:
        "You remove accents although lowercase is false. BERT keeps case and accents together.",
    },
  ],
};
export default exercise;
