/**
 * Formulas that docstrings type in plain text, `y_t = √(x_t + b)`, as mathematics, and shapes as
 * code, so that an exercise's list of functions looks like the text around it.
 */

const FUNCTIONS = /^(?:exp|log|tanh|max|min|sin|cos)$/;
const SIGNS: Record<string, string> = {
  ...{ "·": "\\cdot ", "−": "-", "≤": "\\le ", "≥": "\\ge ", "<": "\\lt ", ">": "\\gt " },
  ...{ "∘": "\\circ ", "×": "\\times ", "∞": "\\infty ", Σ: "\\sum ", "…": "\\dots " },
  ...{ "²": "^2", "³": "^3", "³²": "^{32}", ᵀ: "^\\top ", "⌊": "\\lfloor ", "⌋": "\\rfloor " },
  ...{ "₁": "_1", ₙ: "_n", σ: "\\sigma ", φ: "\\phi ", Φ: "\\Phi ", π: "\\pi ", ξ: "\\xi " },
};

const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}", "⌊": "⌋" };

/** Where the bracket that opens at `from` has closed; undefined if it never does. */
function endOfBracket(text: string, from: number): number | undefined {
  const open = text[from]!;
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === CLOSING[open] && --depth === 0) return i + 1;
  }
  return undefined;
}

/** What stands at `at` and matches; a pattern has the flag y. */
function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

const PREFIX = /(?:[√−]|Σ(?:_(?:\{[^}]*\}|\w))? ?|log (?=[\wΣ]))*/y;
const PRIMARY = /[A-Za-zα-ωΦ][A-Za-z0-9α-ω]*|\d+(?:\.\d+)?|[∞…]/y;
const POSTFIX = /[²³ᵀ₁ₙ]|_(?:\{[^}]*\}|[A-Za-z0-9])|\^(?=\()|\^\w+|'(?![A-Za-z])/y;

/** The end of an index, a power or arguments; `from` if there is none. */
function endOfPostfix(text: string, from: number): number {
  const bracket = /[([]/.test(text[from] ?? "") ? endOfBracket(text, from) : undefined;
  return bracket ?? from + matchAt(POSTFIX, text, from).length;
}

/** The end of a name, a number or a bracket with its signs, indices, powers and arguments. */
function endOfTerm(text: string, from: number): number | undefined {
  const at = from + matchAt(PREFIX, text, from).length;
  const opens = CLOSING[text[at] ?? ""] !== undefined;
  let end = opens ? endOfBracket(text, at) : at + matchAt(PRIMARY, text, at).length;
  if (end === undefined || end === at) return undefined;
  for (let next = endOfPostfix(text, end); next !== end; next = endOfPostfix(text, end)) end = next;
  return end;
}

/** With a space on both sides or on none, so that a minus sign after a word is its number's. */
const OPERATOR = / [·/=+−∘×<>≤≥] |[·/=+−∘×<>≤≥](?! )| (?=…)|(?<=…) /y;

/** The end of a formula: of its last term. */
function endOfFormula(text: string, from: number): number | undefined {
  let end = endOfTerm(text, from);
  for (let next = end; next !== undefined;) {
    end = next;
    const operator = matchAt(OPERATOR, text, end);
    next = operator === "" ? undefined : endOfTerm(text, end + operator.length);
  }
  return end;
}

const SHAPE = /^\[[A-Za-z0-9]+(?:, [A-Za-z0-9]+)*\]$/;
/** Two names of the code, as `mlp = feedForward`. */
const ASSIGNMENT = /^[A-Za-z]{2,} = [A-Za-z]{2,}$/;
/** One letter as a variable; "I" is a word, and "a" is one unless it stands beside a "b". */
const VARIABLE = /^[B-HJ-Zb-z]$/;
const VARIABLE_A = /\ba(?=[,.:]| and | to )(?=.*\bb\b)|(?<=\bb\b.*)\ba(?=[,.:]| and | to )/y;
/** Part of a longer word, or a letter that names something, as in "A 0, C 1". */
const CONTINUES = /-| \d|\.\w|['’]/y;
const NAMES_LETTERS = /\b[A-Z] \d/;
const HAS_MARK = /[_^√Σ²³ᵀ∞·=∘≤≥×]|\w[([]|[\w)\]] ?[+−<>] ?[\w([]|\b\w ?\/|\/ ?\w\b/;

/** Signs, indices and powers of a formula as TeX. */
function texOf(formula: string): string {
  let tex = "";
  for (let i = 0; i < formula.length;) {
    const sign = formula[i]!;
    const isRoot = sign === "√";
    if (isRoot || sign === "_" || sign === "^") {
      const opens = CLOSING[formula[i + 1] ?? ""] !== undefined;
      const end = opens ? endOfBracket(formula, i + 1)! : endOfArgument(formula, i + 1);
      const argument = opens ? formula.slice(i + 2, end - 1) : formula.slice(i + 1, end);
      tex += `${isRoot ? "\\sqrt" : sign}{${texOf(argument.replace(BREAKS_AND_SPACES, ""))}}`;
      i = end;
      continue;
    }
    const word = matchAt(/[A-Za-z][A-Za-z0-9]*|\.\.\.|³²/y, formula, i) || sign;
    tex += SIGNS[word] ?? texOfWord(word);
    i += word.length;
  }
  return tex;
}

const endOfArgument = (formula: string, from: number) =>
  from + Math.max(1, matchAt(/\w+/y, formula, from).length);

function texOfWord(word: string): string {
  if (word === "...") return "\\dots";
  if (word.length === 1) return word;
  return FUNCTIONS.test(word) ? `\\${word}` : `\\mathrm{${word}}`;
}

/** Longer formulas may break after their operators and commas, but not in indices, as `x[i, j]`. */
const MAX_UNBROKEN_LENGTH = 24;
const BREAKS = / [·/=+−∘×] |; |, (?=[^,\]]{3})/g;
/** Private characters: in the place of a break, and before it in that of a sign's space. */
const BREAK = "\uE000";
const SPACE = "\uE001";
const BREAKS_AND_SPACES = new RegExp(`${SPACE}|${BREAK}`, "g");

/** A relation has its space before it at the end of a part, too; other signs are given theirs. */
const atBreak = (sign: string) => `${/[=;,]/.test(sign) ? "" : SPACE}${sign.trim()}${BREAK}`;

/** A formula as inline mathematics, in parts between which a line may break. */
function asMath(formula: string): string {
  const isLong = formula.length > MAX_UNBROKEN_LENGTH;
  const tex = texOf(isLong ? formula.replace(BREAKS, atBreak) : formula).trim();
  const parts = tex.replaceAll(SPACE, "\\:").split(BREAK);
  return parts.map((part) => `$${part.replace(/ +/g, " ").trim()}$`).join(" ");
}

/** Where a formula may begin: not inside of a word, and not after its apostrophe or hyphen. */
const BEGINS = /(?<![\w"'’.-]|['’] )(?=[A-Za-zα-ωΦ0-9√−Σ([⌊])/g;

function isVariable(letter: string, text: string, at: number): boolean {
  if (letter === "a") return matchAt(VARIABLE_A, text, at) !== "";
  if (!VARIABLE.test(letter) || matchAt(CONTINUES, text, at + 1) !== "") return false;
  return !(/[A-Z]/.test(letter) && NAMES_LETTERS.test(text));
}

/** A formula or shape that begins there, and its end; undefined if it is a word. */
function formulaAt(text: string, from: number): { marked: string; end: number } | undefined {
  const end = endOfFormula(text, from);
  if (end === undefined) return undefined;
  const formula = text.slice(from, end);
  const isCode = SHAPE.test(formula) || ASSIGNMENT.test(formula);
  if (isCode) return { marked: `\`${formula}\``, end };
  if (!isVariable(formula, text, from) && !HAS_MARK.test(formula)) return undefined;
  return { marked: asMath(formula), end };
}

/** Characters that Markdown takes for its own. */
const escape = (text: string) => text.replace(/[*_<]/g, "\\$&");

/** @param text a sentence of a docstring, in which only code is marked */
export function withFormulas(text: string): string {
  if (text.includes("`")) {
    const parts = text.split(/(`[^`]*`)/);
    return parts.map((part) => (part.startsWith("`") ? part : withFormulas(part))).join("");
  }
  let result = "";
  let done = 0;
  for (const { index } of text.matchAll(BEGINS)) {
    const found = index < done ? undefined : formulaAt(text, index);
    if (!found) continue;
    result += escape(text.slice(done, index)) + found.marked;
    done = found.end;
  }
  return result + escape(text.slice(done));
}
