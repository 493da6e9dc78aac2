/** fewShotPrompt: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const word = () =>
      Array.from({ length: random.int(2, 6) }, () => random.pick([..."abcdefgh"])).join("");
    const solved = (n: number) =>
      Array.from({ length: n }, () => ({ input: word(), output: word() }));
    const asked = word();
    const three = [
      { input: "cat", output: "animal" },
      { input: "oak", output: "plant" },
      { input: "goose", output: "animal" },
    ];
    return [
      { group: "values", title: "no option is given", args: [solved(3), word()] },
      {
        group: "values",
        title: "there is an instruction",
        args: [solved(2), word(), { instruction: "Animal or plant?\n" }],
      },
      {
        group: "values",
        title: "nothing stands between, and a space ends an example",
        args: [solved(3), word(), { between: "", end: " " }],
      },
      {
        group: "values",
        title: "nothing ends an example",
        args: [solved(2), word(), { between: "=", end: "" }],
      },
      {
        group: "values",
        title: "input and answer stand on lines of their own",
        args: [solved(2), word(), { between: "\nLabel:  ", end: "\n\n" }],
      },
      {
        group: "values",
        title: "only spaces stand between, and the input ends with one",
        args: [solved(2), `${word()} `, { between: "  ", end: "|" }],
      },
      {
        group: "values",
        title: "between ends with a line",
        args: [solved(2), word(), { between: " :\n" }],
      },
      {
        group: "values",
        title: "it fits to the letter",
        args: [three, "rose", { most: 45 }],
      },
      {
        group: "values",
        title: "it is one letter too long",
        args: [three, "rose", { most: 44 }],
      },
      {
        group: "values",
        title: "with the instruction only one example fits",
        args: [three, "elm", { instruction: "Kind? ", most: 36 }],
      },
      {
        group: "values",
        title: "a letter has the length 2",
        args: [[{ input: "🌳", output: "plant" }, ...three], "🌹", { most: 43 }],
      },
      {
        group: "property",
        title: "no example fits",
        args: [three, "rose", { most: 6 }],
      },
      { group: "shapes", title: "there are no examples", args: [[], word()] },
      {
        group: "shapes",
        title: "everything is empty",
        args: [[], "", { between: "", end: "", most: 0 }],
      },
      {
        group: "errors",
        title: "most is 0, so no input fits",
        args: [three, "rose", { most: 0 }],
        throws: "most",
      },
      {
        group: "property",
        title: "no drawn example fits",
        args: [solved(3), asked, { most: asked.length + 2 }],
      },
    ];
  },
  mutants: [
    {
      edits: [['between.replace(/ +$/, "")', "between"]],
      message:
        "The prompt ends with a space. The model's tokens begin with spaces, so leave it to the " +
        "model.",
    },
    {
      edits: [['input + between.replace(/ +$/, "")', 'input + between.replace(/\\s+$/, "")']],
      message: "You cut off a line break at the end. Only spaces are cut off.",
    },
    {
      edits: [
        [
          'const last = input + between.replace(/ +$/, "");',
          'const last = (input + between).replace(/ +$/, "");',
        ],
      ],
      message: "You cut off spaces of the input. Only those at the end of `between` are cut off.",
    },
    {
      edits: [
        [
          "example.input + between + example.output",
          'example.input + between.replace(/ +$/, "") + example.output',
        ],
      ],
      message:
        "You cut off the spaces of `between` in the solved examples, too. Only the last line, " +
        "where the answer is missing, ends without them.",
    },
    {
      edits: [["solved.shift();", "solved.pop();"]],
      message: "You drop the last example. The first ones go.",
    },
    {
      edits: [["written().length > most) solved", "written().length >= most) solved"]],
      message: "A prompt of exactly `most` letters fits.",
    },
    {
      edits: [["const written = () => instruction + solved", "const written = () => solved"]],
      message: "The instruction is missing.",
    },
    {
      edits: [
        [
          "while (solved.length > 0 && written().length > most)",
          'while (solved.length > 0 && (solved.join("") + last).length > most)',
        ],
        ["if (prompt.length > most) {", "if (last.length > most) {"],
      ],
      message: "The instruction isn't counted. The whole prompt has at most `most` letters.",
    },
    {
      edits: [
        ["while (solved.length > 0 && written().length > most) solved.shift();", ""],
        ["const prompt = written();", "const prompt = written().slice(-most || undefined);"],
      ],
      message: "You cut the prompt in the middle of an example. Whole examples go.",
    },
    {
      edits: [
        ["example.output + end);", "example.output);"],
        ['solved.join("")', 'solved.map((s) => s + end).reverse().join("")'],
      ],
      message: "The examples are in the opposite order.",
    },
    {
      edits: [['input + between.replace(/ +$/, "")', "input"]],
      message:
        "The prompt ends with the input. Add `between` without the spaces at its end, so that " +
        "the model's turn has come.",
    },
    {
      edits: [
        [
          "while (solved.length > 0 && written().length > most)",
          "while (solved.length > 0 && [...written()].length > most)",
        ],
        ["if (prompt.length > most) {", "if ([...prompt].length > most) {"],
      ],
      message: "You count an emoji as one letter. Lengths are JavaScript's: text.length.",
    },
    {
      edits: [
        [
          "while (solved.length > 0 && written().length > most) solved.shift();",
          `let room = most - instruction.length - last.length;
  const kept = solved.reverse().filter((text) => (room >= text.length ? ((room -= text.length), true) : false));
  solved.splice(0, solved.length, ...kept.reverse());`,
        ],
      ],
      message:
        "You leave out an example that doesn't fit and keep one before it. The first one goes " +
        "first, until the rest fits.",
    },
  ],
};
export default exercise;
