/** failedRules: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const nouns = ["river", "hill", "stone", "garden", "letter", "window", "summer"];
    const noun = () => random.pick(nouns);
    const phrase = () => `the ${noun()} and that ${noun()} of a ${noun()}`; // 8 words
    const prose = (lines: number) => Array.from({ length: lines }, () => `${phrase()}.`).join("\n");
    const many = (n: number, make: (i: number) => string, joint = " ") =>
      Array.from({ length: n }, (_, i) => make(i)).join(joint);
    const text = prose(8);
    return [
      { group: "values", title: "prose of 64 words breaks none", args: [text] },
      { group: "values", title: "49 words", args: [many(49, (i) => (i % 2 ? "the" : "and"))] },
      { group: "values", title: "50 words", args: [many(50, (i) => (i % 2 ? "the" : "and"))] },
      ...[100_000, 100_001].map((n) => ({
        group: "values" as const,
        title: `${n.toLocaleString("en")} words`,
        args: [many(n, (i) => ["the", "of", "hill"][i % 3]!)],
      })),
      {
        group: "values",
        title: "a mean of ten and a half characters",
        args: [`the of ${many(58, (i) => (i % 4 ? "neverending" : "everywhere"))}`],
      },
      {
        group: "values",
        title: "exactly one ellipsis in ten words",
        args: [`${prose(7)} ${many(4, (i) => `${i < 2 ? "…" : ""}${noun()}...`)}`],
      },
      {
        group: "values",
        title: "words of two letters",
        args: [many(60, (i) => (i ? "to" : "of"))],
      },
      {
        group: "values",
        title: "long words",
        args: [`the of ${many(58, () => "incomprehensibly")}`],
      },
      { group: "values", title: "signs of numbers", args: [`${text} ${many(5, () => "##a")}`] },
      { group: "values", title: "a few signs", args: [`${text}\n# the ${noun()}\n## of`] },
      {
        group: "values",
        title: "ellipses inside of lines",
        args: [`${text} ${many(9, (i) => (i % 2 ? `…${noun()}` : `...${noun()}`))} the end`],
      },
      {
        group: "values",
        title: "a list",
        args: [many(10, (i) => `${["-", "*", "•"][i % 3]} ${phrase()}`, "\n\n")],
      },
      {
        group: "values",
        title: "a list under one line of its own in ten",
        args: [`${phrase()}\n${many(9, () => `  - ${phrase()}`, "\n")}`],
      },
      {
        group: "values",
        title: "lines that end in an ellipsis",
        args: [many(10, (i) => `${phrase()}${["...", "…  ", "…", "..."][i] ?? ""}`, "\n")],
      },
      {
        group: "values",
        title: "three lines in ten end in an ellipsis",
        args: [many(10, (i) => `${phrase()}${i < 3 ? "..." : ""}`, "\n")],
      },
      {
        group: "values",
        title: "a table of numbers",
        args: [`${prose(6)} ${many(20, (i) => `${100 + i}`)}`],
      },
      {
        group: "values",
        title: "words in another script",
        args: [many(60, (i) => ["the", "of"][i] ?? "слово")],
      },
      {
        group: "values",
        title: "one stop word, many times",
        args: [many(60, (i) => (i % 3 ? noun() : "the"))],
      },
      {
        group: "values",
        title: "stop words with punctuation, and in capitals",
        args: [`(The) OF, ${many(60, noun)}`],
      },
      {
        group: "values",
        title: "stop words inside of other words only",
        args: [many(60, (i) => ["other", "often", "handle", "better"][i % 4]!)],
      },
      {
        group: "values",
        title: "signs of two UTF-16 units",
        args: [`the of ${many(58, () => "𝒔𝒖𝒎𝒎𝒆𝒓")}`],
      },
      {
        group: "values",
        title: "lines that begin with a dash and no space after it",
        args: [many(10, () => `-${phrase()}`, "\n")],
      },
      {
        group: "values",
        title: "stop words with signs and digits inside",
        args: [`t-h-e o2f ${many(60, noun)}`],
      },
      {
        group: "values",
        title: "words that are a stop word but for a letter with an accent",
        args: [`andé toé ${many(60, noun)}`],
      },
      {
        group: "values",
        title: "six dots in a row are two ellipses",
        args: [`${text} ${many(4, () => `${noun()}......${noun()}`)} ${noun()}`],
      },
      {
        group: "values",
        title: "several rules at once",
        args: [many(12, (i) => `- #${i} ...`, "\n")],
      },
      { group: "shapes", title: "an empty text", args: [" \n "] },
      { group: "shapes", title: "a text of three words", args: [`${noun()} ${noun()}\n${noun()}`] },
    ];
  },
  mutants: [
    {
      edits: [["words.length < 50", "words.length <= 50"]],
      message: "A text of 50 words is thrown out. The rule is broken by fewer than 50.",
    },
    {
      edits: [['if (words.length === 0) return ["words"];', ""]],
      message: 'A text without any word breaks more than one rule here. It breaks "words" alone.',
    },
    {
      edits: [
        ["count(/#/g) > 0.1 || count(/\\.\\.\\.|…/g) > 0.1", "count(/#|\\.\\.\\.|…/g) > 0.1"],
      ],
      message: 'You count "#" and ellipses together. Each has a limit of its own.',
    },
    {
      edits: [
        [
          "(text.match(rule) ?? []).length / words.length",
          "words.filter((word) => new RegExp(rule.source).test(word)).length / words.length",
        ],
      ],
      message: "You count words that hold the sign. Count the signs: ## are two.",
    },
    {
      edits: [
        ["new Set([...new Set(words)].map(letters))", "words.map(letters)"],
        [
          "STOP_WORDS.filter((word) => plain.has(word)).length",
          "plain.filter((word) => STOP_WORDS.includes(word)).length",
        ],
      ],
      message: "You count one stop word twice. Two different ones are needed.",
    },
    {
      edits: [
        [
          "STOP_WORDS.filter((word) => plain.has(word))",
          "STOP_WORDS.filter((word) => text.toLowerCase().includes(word))",
        ],
      ],
      message: "You look for letters, so *be* is found in *better*. Compare whole words.",
    },
    {
      edits: [['word.toLowerCase().replace(/[^\\p{L}]/gu, "")', "word"]],
      message: "Capitals or punctuation hide a stop word: *The*, *of,*.",
    },
    {
      edits: [["/\\p{L}/u", "/[a-z]/i"]],
      message: "Only the letters A to Z count. Letters of any script do.",
    },
    {
      edits: [
        ["\n    .map((line) => line.trim())", ""],
        [
          '.filter((line) => line !== "");\n  const share',
          '.filter((line) => line.trim() !== "");\n  const share',
        ],
      ],
      message: "White space at the ends of a line hides its bullet or its ellipsis. Trim lines.",
    },
    {
      edits: [['.filter((line) => line !== "");\n  const share', ";\n  const share"]],
      message: "Empty lines count. Only lines with a word in them do.",
    },
    {
      edits: [["/^[-*•]/) > 0.9", "/^[-*•]/) >= 0.9"]],
      message: "Exactly 0.9 of the lines with bullets break your rule. It takes more than 0.9.",
    },
    {
      edits: [["|…)$/) > 0.3", "|…)$/) >= 0.3"]],
      message: "Exactly 0.3 of the lines with an ellipsis break your rule. It takes more than 0.3.",
    },
    {
      edits: [
        ["count(/#/g) > 0.1", "count(/#/g) >= 0.1"],
        ["|…/g) > 0.1", "|…/g) >= 0.1"],
      ],
      message: "A share of exactly 0.1 breaks your rule about symbols. It takes more than 0.1.",
    },
    {
      edits: [["/\\p{L}/u) < 0.8", "/\\p{L}/u) <= 0.8"]],
      message: "Exactly 0.8 of the words with a letter break your rule. It takes fewer than 0.8.",
    },
    {
      edits: [
        ["count(/#/g) > 0.1", "count(/#/g) >= 0.1"],
        ["|…/g) > 0.1", "|…/g) >= 0.1"],
        ["/^[-*•]/) > 0.9", "/^[-*•]/) >= 0.9"],
        ["|…)$/) > 0.3", "|…)$/) >= 0.3"],
        ["/\\p{L}/u) < 0.8", "/\\p{L}/u) <= 0.8"],
      ],
      message: "A share that equals its limit breaks a rule here. By the list, it breaks none.",
    },
    {
      edits: [["sum + word.length", "sum + [...word].length"]],
      message: "You count characters by code points. A word's length is that of its UTF-16 units.",
    },
    {
      edits: [["/^[-*•]/", "/^[-*•]\\s/"]],
      message:
        "A bullet without a space after it doesn't count. A line begins with the sign, " +
        "whatever follows.",
    },
    {
      edits: [['.replace(/[^\\p{L}]/gu, "")', '.replace(/^[^\\p{L}]+|[^\\p{L}]+$/gu, "")']],
      message:
        "Signs inside of a word stay. Take out everything that isn't a letter: t-h-e is the.",
    },
    {
      edits: [['.replace(/[^\\p{L}]/gu, "")', '.replace(/[^a-z]/g, "")']],
      message:
        "Only a to z stay, so that a word with an accent can turn into a stop word. Letters " +
        "of any script are letters.",
    },
    {
      edits: [["count(/\\.\\.\\.|…/g)", "count(/\\.{3,}|…/g)"]],
      message: 'A run of dots counts as one ellipsis. Each "..." is one, so six dots are two.',
    },
  ],
};
export default exercise;
