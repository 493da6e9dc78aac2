/** preTokenizeBert: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const SIGNS = ["'", ".", ",", "!", "?", "-", "(", ")", "$", "+", "=", "^", "`", "|", "~", "…"];
const SPACES = [" ", "\t", "\n", "\r", "\u3000", "\u00a0"];

/** Some tens of letters, signs and spaces, with a word at each end. */
function mixedText({ pick, int }: Random): string {
  const one = () => pick(pick([["a", "é", "日", "7"], SIGNS, SPACES]));
  return `so${Array.from({ length: int(20, 40) }, one).join("")}on`;
}

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "signs among letters",
      args: [`it's ${random.int(1, 99)}.5%, or (b)-c!?`],
    },
    { group: "values", title: "signs and spaces are mixed", args: [mixedText(random)] },
    {
      group: "values",
      title: "Unicode calls some signs symbols",
      args: ["a+b=c $5 x^2 <t> `q` |~"],
    },
    { group: "values", title: "signs are not ASCII", args: ["«où»—“ja”。中、文…"] },
    { group: "values", title: "other symbols stay in words", args: ["5€ ©x ½a 👩‍👩"] },
    { group: "values", title: "white space of all kinds", args: ["  a\tb\n\nc\u3000d "] },
    { group: "shapes", title: "there is only white space", args: [" \n "] },
    {
      group: "shapes",
      title: "there is one word",
      args: [
        Array.from({ length: random.int(4, 9) }, () => random.pick([..."abcdeéü日"])).join(""),
      ],
    },
    { group: "errors", title: "text is a list", args: [["a"]], throws: "text" },
    {
      group: "values",
      title: "lines end in CRLF, and an accent is a character of its own",
      args: ["A e\u0301\r\nb"],
    },
    {
      group: "shapes",
      title: "there are two words and a sign",
      args: [
        `${Array.from({ length: random.int(1, 6) }, () => random.pick([..."abcdeéü日"])).join("")} ${random.int(1, 999)}!`,
      ],
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
      message: "Signs stay attached to words. Each punctuation character is a word of its own.",
    },
    {
      edits: [
        ["text.match(WORDS) ?? []", "text.match(/\\p{P}|[^\\p{P}\\p{White_Space}]+/gu) ?? []"],
      ],
      message:
        "Signs such as $ + < = ^ stay in words. " +
        "Unicode calls them symbols; BERT counts all ASCII signs as punctuation.",
    },
    {
      edits: [
        [
          "text.match(WORDS) ?? []",
          "text.match(/[\\p{P}$+<=>^`|~]+|[^\\p{P}$+<=>^`|~\\p{White_Space}]+/gu) ?? []",
        ],
      ],
      message: "Signs in a row are one word. Each is a word of its own.",
    },
    {
      edits: [
        [
          "text.match(WORDS) ?? []",
          "text.match(/[\\p{P}\\p{S}]|[^\\p{P}\\p{S}\\p{White_Space}]+/gu) ?? []",
        ],
      ],
      message: "You cut off all symbols. Cut off only punctuation and ASCII signs.",
    },
    {
      edits: [
        [
          "text.match(WORDS) ?? []",
          "text.match(/[\\p{P}$+<=>^`|~]|[^\\p{P}$+<=>^`|~\\s]+/gu) ?? []",
        ],
      ],
      message:
        "\\s is not Unicode's white space: it lacks U+0085 and includes U+FEFF. " +
        "Write \\p{White_Space}.",
    },
    {
      edits: [
        ["text.match(WORDS) ?? []", "text.match(/[^\\p{P}$+<=>^`|~\\p{White_Space}]+/gu) ?? []"],
      ],
      message: "Punctuation is lost. Each punctuation character is a word of its own.",
    },
    {
      edits: [["text.match(WORDS) ?? []", "text.match(/\\w+|[^\\s\\w]/gu) ?? []"]],
      message:
        "\\w is ASCII only, so every letter of another script is a word of its own. " +
        "Cut at punctuation and white space instead of listing letters.",
    },
    {
      edits: [
        [
          "text.match(WORDS) ?? []",
          "text.match(/[\\p{L}\\p{N}]+|[^\\p{L}\\p{N}\\p{White_Space}]/gu) ?? []",
        ],
      ],
      message:
        "You make a word of each character that is neither a letter nor a number. " +
        "Marks such as accents and vowel signs, and symbols, stay in words: cut at punctuation " +
        "and white space only.",
    },
    {
      edits: [
        ["text.match(WORDS) ?? []", "text.match(/[\\p{L}\\p{N}]+|[^\\p{L}\\p{N}\\s]/gu) ?? []"],
      ],
      message:
        "You make a word of each character that is neither a letter nor a number. " +
        "Marks such as accents and vowel signs, and symbols, stay in words: cut at punctuation " +
        "and white space only.",
    },
    {
      edits: [["text.match(WORDS) ?? []", "text.toLowerCase().match(WORDS) ?? []"]],
      message: "You lowercase the text. Keep it as it is: that is up to the normalization before.",
    },
  ],
};
export default exercise;
