/** preTokenizeBert: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      says: "signs stand among letters",
      args: [`it's ${random.int(1, 99)}.5%, or (b)-c!?`],
    },
    {
      group: "values",
      says: "Unicode calls some signs symbols",
      args: ["a+b=c $5 x^2 <t> `q` |~"],
    },
    { group: "values", says: "signs are not ASCII", args: ["«où»—“ja”。中、文…"] },
    { group: "values", says: "other symbols stay in words", args: ["5€ ©x ½a 👩‍👩"] },
    { group: "values", says: "white space is of all sorts", args: ["  a\tb\n\nc\u3000d "] },
    { group: "shapes", says: "there is only white space", args: [" \n "] },
    { group: "errors", says: "text is a list", args: [["a"]], throws: "text" },
    {
      group: "values",
      says: "lines end in CRLF, and an accent is a character of its own",
      args: ["A e\u0301\r\nb"],
    },
  ],
  mutants: [
    {
      edits: [
        [
          "text.match(WORDS) ?? []",
          'text.split(/\\p{White_Space}+/u).filter((word) => word !== "")',
        ],
      ],
      says: "Signs stay on their words. Each punctuation character is a word of its own.",
    },
    {
      edits: [
        ["text.match(WORDS) ?? []", "text.match(/\\p{P}|[^\\p{P}\\p{White_Space}]+/gu) ?? []"],
      ],
      says:
        "Signs such as $ + < = ^ stay in words. Unicode calls them symbols, BERT counts all " +
        "signs of ASCII as punctuation.",
    },
    {
      edits: [
        [
          "text.match(WORDS) ?? []",
          "text.match(/[\\p{P}$+<=>^`|~]+|[^\\p{P}$+<=>^`|~\\p{White_Space}]+/gu) ?? []",
        ],
      ],
      says: "Signs in a row are one word. Each is a word of its own.",
    },
    {
      edits: [
        [
          "text.match(WORDS) ?? []",
          "text.match(/[\\p{P}\\p{S}]|[^\\p{P}\\p{S}\\p{White_Space}]+/gu) ?? []",
        ],
      ],
      says: "All symbols are cut off. Only punctuation and the signs of ASCII are.",
    },
    {
      edits: [
        [
          "text.match(WORDS) ?? []",
          "text.match(/[\\p{P}$+<=>^`|~]|[^\\p{P}$+<=>^`|~\\s]+/gu) ?? []",
        ],
      ],
      says:
        "\\s is not Unicode's white space: U+0085 is missing and U+FEFF is too much. " +
        "Write \\p{White_Space}.",
    },
  ],
};
export default exercise;
