/** verifySum: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const LAST = "return text === `${sum}.`;";

/** A sum of two-digit numbers, and texts that a model has some reason to write. */
function hostile(random: Random) {
  const [a, b] = [random.int(20, 49), random.int(20, 49)];
  const prompt = `${a}+${b}=`;
  const n = `${a + b}`;
  return {
    prompt,
    right: [["the sum", `${n}.`]],
    wrong: [
      ["another number", `${a + b + 1}.`],
      ["a digit too many", `${n}0.`],
      ["a digit in front", `1${n}.`],
      ["the first digit alone", `${n[0]}.`],
      ["two answers, the last one right", `${a + b - 1},${n}.`],
      ["two answers, the first one right", `${n},${a + b - 1}.`],
      ["two periods", `${n}..`],
      ["a line after it", `${n}.\n`],
      ["more after the period", `${n}.${n}.`],
      ["a space after it", `${n}. `],
      ["the same answer twice", `${n},${n}.`],
    ],
    odd: [
      ["no period", n],
      ["nothing", ""],
      ["only a period", "."],
      ["the question again", `${prompt}${n}.`],
      ["the sum unsolved", `${a}+${b}.`],
      ["a sign", `+${n}.`],
      ["a minus", `-${n}.`],
      ["zeros in front", `00${n}.`],
      ["a decimal", `${n}.0`],
      ["spaces", ` ${n} .`],
      ["hexadecimal", `0x${(a + b).toString(16)}.`],
      ["an exponent", `${n}e0.`],
      ["brackets", `(${n}).`],
      ["wide digits", `${Array.from(n, (d) => String.fromCharCode(0xff10 + Number(d))).join("")}.`],
      [
        "Arabic digits",
        `${Array.from(n, (d) => String.fromCharCode(0x660 + Number(d))).join("")}.`,
      ],
      ["a hidden space", `\u200b${n}.`],
      ["another sort of period", `${n}。`],
      ["words", "NaN."],
    ],
  } as const;
}

const exercise: Exercise = {
  cases: (random) => {
    const { prompt, right, wrong, odd } = hostile(random);
    const ask = (group: "values" | "property", texts: readonly (readonly string[])[]) =>
      texts.map(([title, text]) => ({ group, title: `text: ${title}`, args: [prompt, text] }));
    const long = "9".repeat(30);
    const digits = Array.from({ length: 40 }, () => random.int(1, 8));
    const sum = digits.map((digit) => digit + 1).join(""); // no digit carries
    return [
      ...ask("values", right),
      ...ask("values", wrong),
      { group: "values", title: "there are three numbers", args: ["7+15+80=", "102."] },
      { group: "values", title: "the sum is 0", args: ["0+0=", "0."] },
      { group: "values", title: "the prompt has zeros in front", args: ["007+010=", "17."] },
      ...ask("property", odd),
      {
        group: "property",
        title: "numbers are beyond 2⁵³, right",
        args: ["9007199254740993+0=", "9007199254740993."],
      },
      {
        group: "property",
        title: "numbers are beyond 2⁵³, one off",
        args: ["9007199254740993+0=", "9007199254740992."],
      },
      {
        group: "property",
        title: "only the sum is beyond 2⁵³",
        args: ["9007199254740991+2=", "9007199254740993."],
      },
      {
        group: "property",
        title: "thirty digits, right",
        args: [`${long}+1=`, `1${"0".repeat(30)}.`],
      },
      {
        group: "property",
        title: "sixty digits, the last one off",
        args: [`${long}${long}+1=`, `1${"0".repeat(59)}1.`],
      },
      { group: "property", title: "thirty digits, an exponent", args: [`${long}+1=`, "1e+30."] },
      {
        group: "property",
        title: "forty drawn digits, right",
        args: [`${digits.join("")}+${"1".repeat(40)}=`, `${sum}.`],
      },
      ...["27+48", "27=", "27+=", "27 + 48=", "27-48=", "27.5+1="].map((prompt) => ({
        group: "errors" as const,
        title: `the prompt is ${prompt}`,
        args: [prompt, "75."],
        throws: "prompt",
      })),
    ];
  },
  mutants: [
    {
      edits: [[LAST, "return text.includes(String(sum));"]],
      message:
        "The right number may stand anywhere, so a list of guesses passes. The whole text counts.",
    },
    {
      edits: [[LAST, "return text.startsWith(`${sum}.`);"]],
      message: "Whatever follows the period passes. Nothing may follow it.",
    },
    {
      edits: [[LAST, "return text.endsWith(`${sum}.`);"]],
      message:
        "Only the end of the text counts, so a list that ends well passes. All of it counts.",
    },
    {
      edits: [[LAST, "return parseInt(text, 10) === Number(sum);"]],
      message: "parseInt stops at the first letter that isn't a digit, and the rest passes.",
    },
    {
      edits: [[LAST, "return Number(text) === Number(sum);"]],
      message:
        "Number reads signs, spaces, zeros in front and other notations, and it rounds beyond 2⁵³. " +
        "Compare texts.",
    },
    {
      edits: [[LAST, "return text.trim() === `${sum}.`;"]],
      message: "Spaces and lines around the answer pass. Nothing may stand around it.",
    },
    {
      edits: [[LAST, "return text.replace(/\\.$/, '') === String(sum);"]],
      message: "A text without its period passes. It isn't finished.",
    },
    {
      edits: [[LAST, "return text.split('.')[0] === String(sum);"]],
      message:
        "What stands after the first period, and whether there is one, doesn't count for you.",
    },
    {
      edits: [
        [
          "terms.reduce((total, term) => total + BigInt(term), 0n)",
          "terms.reduce((total, term) => total + Number(term), 0)",
        ],
      ],
      message: "Beyond 2⁵³, numbers round. BigInt has all the digits.",
    },
    {
      edits: [
        [
          "terms.reduce((total, term) => total + BigInt(term), 0n)",
          "BigInt(terms[0]!) + BigInt(terms[1]!)",
        ],
      ],
      message: "Only two numbers are added. A prompt may have more.",
    },
    {
      edits: [[LAST, "return new RegExp(`^0*${sum}\\\\.$`).test(text);"]],
      message: "Zeros in front pass. The text is the sum's digits and a period.",
    },
    {
      edits: [
        [
          "const sum = terms.reduce((total, term) => total + BigInt(term), 0n);",
          "const isSafe = terms.every((term) => Number.isSafeInteger(Number(term)));\n" +
            "  const sum = isSafe\n" +
            "    ? terms.reduce((total, term) => total + Number(term), 0)\n" +
            "    : terms.reduce((total, term) => total + BigInt(term), 0n);",
        ],
      ],
      message:
        "You ask whether the numbers fit into 2⁵³, and their sum may not. Add all of them by BigInt.",
    },
  ],
};
export default exercise;
