/** decodeBpe: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { babble, tinyBpe } from "./tinyModels";
import { encodeBpe } from "./encodeBpe";

const exercise: Exercise = {
  cases: (random) => {
    const model = tinyBpe(random, ["<s>", "€"]);
    return [
      {
        group: "values",
        title: "letters are spread over ids",
        args: [[...Buffer.from("né 👩‍👩‍👧 中"), 288, 289], model],
      },
      {
        group: "values",
        title: "merges hold several bytes",
        args: [encodeBpe(babble(random, 12), model), model],
      },
      {
        group: "values",
        title: "some bytes are not UTF-8",
        args: [[97, 255, 226, 130, 98, 237, 160, 128], model],
      },
      { group: "values", title: "the text begins with U+FEFF", args: [[239, 187, 191, 97], model] },
      {
        group: "property",
        title: "the ids of a text give the text back",
        args: [encodeBpe("né  👩‍👩‍👧\n中<s>\t\u0000Ab€", model), model],
      },
      { group: "shapes", title: "there are no ids", args: [[], model] },
      {
        group: "errors",
        title: "an id is not in the vocabulary",
        args: [[97, 290], model],
        throws: "290",
      },
      {
        group: "values",
        title: "an accent is a character of its own, and the text ends in CRLF",
        args: [[...Buffer.from("e\u0301 \t\r\n")], model],
      },
      {
        group: "property",
        title: "a list of 130,000 ids",
        args: [Array.from({ length: 130_000 }, (_, i) => 97 + (i % 3)), model],
      },
      { group: "values", title: "the text ends in NUL", args: [[104, 105, 0, 0], model] },
      {
        group: "property",
        title: "the ids of drawn words give them back",
        args: [encodeBpe(`${babble(random, 9)}<s>  €`, model), model],
      },
      {
        group: "shapes",
        title: "there are two ids",
        args: [[random.int(97, 122), random.int(256, 287)], model],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          'return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);',
          `const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
           return pieces.map((piece) => decoder.decode(piece)).join("");`,
        ],
      ],
      message:
        "Each token is read by itself. " +
        "A character may be spread over several tokens: join the bytes first.",
    },
    {
      edits: [["{ ignoreBOM: true }", "{}"]],
      message: "A leading U+FEFF is lost. TextDecoder keeps it with ignoreBOM: true.",
    },
    {
      edits: [
        [
          'return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);',
          'return Buffer.from(bytes).toString("latin1");',
        ],
      ],
      message: "Each byte became a character of its own. The bytes are UTF-8.",
    },
    {
      edits: [["at += piece.length;", "at++;"]],
      message: "Tokens of several bytes overwrite each other: move on by the piece's length.",
    },
    {
      edits: [["{ ignoreBOM: true }", "{ ignoreBOM: true, fatal: true }"]],
      message:
        "With fatal, TextDecoder throws at bytes that aren't UTF-8. " +
        "They become U+FFFD: leave fatal out.",
    },
  ],
};
export default exercise;
