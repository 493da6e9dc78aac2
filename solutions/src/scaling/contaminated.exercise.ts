/** contaminated: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const NAMES = ["to", "be", "or", "not", "that", "is", "the", "question", "sea", "arms"];
const draw = (random: Random, n: number) =>
  Array.from({ length: n }, () => random.pick(NAMES)).join(" ");

const exercise: Exercise = {
  cases: (random) => {
    const training = [draw(random, 30), draw(random, 20)];
    const half = `${draw(random, 9)} ${training[0]!.split(" ").slice(5, 16).join(" ")}`;
    const long = draw(random, 40);
    return [
      {
        group: "values",
        title: "pieces of three words",
        args: [[half, draw(random, 12)], training, 3],
      },
      { group: "values", title: "words alone", args: [["A sea of arms", "or"], training, 1] },
      {
        group: "values",
        title: "n isn't given: pieces of 13 words",
        args: [
          [long, `x ${long} y`, half],
          [`so ${long}`, half.slice(20)],
        ],
      },
      {
        group: "values",
        title: "case and punctuation don't count",
        args: [["TO BE, or not to be:", "To-be or\nNOT"], ["Hm. to be or not 2 be"], 3],
      },
      {
        group: "values",
        title: "a piece that goes from one training text into the next",
        args: [["one two three four"], ["zero one two", "three four five"], 2],
      },
      {
        group: "values",
        title: "a piece that the test has more than once",
        args: [["to be to be to be or not"], ["be to be"], 2],
      },
      {
        group: "values",
        title: "words inside of other words",
        args: [["and he at her"], ["hand the cat here and"], 1],
      },
      {
        group: "values",
        title: "the test has words such as constructor",
        args: [["the constructor of the sea"], ["the sea"], 1],
      },
      {
        group: "values",
        title: "training has longer texts than the test",
        args: [["is the sea"], ["where is the sea and where is the land"], 2],
      },
      { group: "shapes", title: "a test of fewer words", args: [["to be", ""], ["to be"], 3] },
      { group: "shapes", title: "no tests", args: [[], training, 2] },
      { group: "shapes", title: "no training texts", args: [["to be or"], [], 2] },
      { group: "errors", title: "n is 0", args: [["a"], ["a"], 0], throws: "n" },
      {
        group: "values",
        title: "four longer tests",
        args: [Array.from({ length: 4 }, () => draw(random, 40)), [draw(random, 60)], 2],
      },
      {
        group: "shapes",
        title: "tests of other lengths",
        args: [Array.from({ length: 3 }, () => draw(random, random.int(5, 40))), training, 2],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["training.flatMap((text) => wordGrams(text, n))", 'wordGrams(training.join(" "), n)'],
      ],
      message: "Pieces go from one training text into the next. Cut each text by itself.",
    },
    {
      edits: [
        ["const grams = wordGrams(test, n);", "const grams = [...new Set(wordGrams(test, n))];"],
      ],
      message: "A piece that the test has twice counts once. Count each of its places.",
    },
    {
      edits: [
        [
          "grams.filter((gram) => seen.has(gram)).length / Math.max(1, grams.length)",
          "Number(grams.some((gram) => seen.has(gram)))",
        ],
      ],
      message: "You say whether any piece stands in training. Return the share of the pieces.",
    },
    {
      edits: [["Math.max(1, grams.length)", "grams.length"]],
      message: "A test of fewer than n words gives 0 / 0. Its share is 0.",
    },
    {
      edits: [
        [
          "const seen = new Set(training.flatMap((text) => wordGrams(text, n)));",
          "const seen = { has: (gram: string) => training.some((text) => wordGrams(text, " +
            '1).join(" ").includes(gram)) };',
        ],
      ],
      message: "You look for letters, so *he* is found in *the*. Compare whole words.",
    },
    {
      edits: [["Math.max(1, grams.length)", "Math.max(1, seen.size)"]],
      message: "You divide by the pieces of training. Divide by those of the test.",
    },
    {
      edits: [
        [
          "wordGrams(test, n)",
          "test.split(/\\s+/).flatMap((_, i, words) => i + n <= words.length ? [words.slice(i, " +
            "i + n).join(' ')] : [])",
        ],
      ],
      message: "Case or punctuation counts. Cut the tests with wordGrams, as the training texts.",
    },
    {
      edits: [
        [
          "grams.filter((gram) => seen.has(gram)).length",
          "new Set(grams.filter((gram) => seen.has(gram))).size",
        ],
      ],
      message: "A piece that the test has twice counts once. Count each of its places.",
    },
    {
      edits: [
        [
          "const seen = new Set(training.flatMap((text) => wordGrams(text, n)));",
          "const known: Record<string, unknown> = {};\n" +
            "  for (const text of training) for (const gram of wordGrams(text, n)) known[gram] = " +
            "true;\n" +
            "  const seen = { has: (gram: string) => Boolean(known[gram]), size: 1 };",
        ],
      ],
      message: "A plain object has entries of its own, such as constructor. Use a Set or a Map.",
    },
    {
      edits: [
        [
          "    return grams.filter((gram) => seen.has(gram)).length / Math.max(1, grams.length);",
          "    void seen;\n" +
            "    const shares = training.map((text) => {\n" +
            "      const own = new Set(wordGrams(text, n));\n" +
            "      return grams.filter((gram) => own.has(gram)).length / Math.max(1, " +
            "grams.length);\n" +
            "    });\n" +
            "    return Math.max(0, ...shares);",
        ],
      ],
      message:
        "You return the share of the training text that holds most. A piece counts wherever it stands.",
    },
  ],
};
export default exercise;
