// @ts-check
/**
 * An ESLint rule: a function reads in one look. Blank lines, comments and the inside of table-like
 * literals (objects, arrays and texts over several lines that hold no function) don't count.
 */
const MAX_LINES = 50;

/** @type {import("eslint").Rule.RuleModule} */
export const maxFunctionLines = {
  meta: { type: "suggestion", schema: [] },
  create(context) {
    const { sourceCode } = context;
    /** Lines that count, by number. @type {Set<number>} */
    const code = new Set();
    for (const { loc } of sourceCode.ast.tokens) {
      for (let line = loc.start.line; line <= loc.end.line; line++) code.add(line);
    }
    /** @type {any[]} */
    const functions = [];

    const enter = (/** @type {any} */ node) => functions.push({ node, tables: [] });
    const leave = (/** @type {any} */ node) => {
      const { tables: inside } = functions.pop();
      const counted = [...code].filter(
        (line) =>
          line >= node.loc.start.line &&
          line <= node.loc.end.line &&
          !inside.some((/** @type {[number, number]} */ [from, to]) => line > from && line < to),
      );
      for (const outer of functions.slice(-1)) outer.tables.push(...inside);
      if (counted.length <= MAX_LINES) return;
      context.report({
        node,
        message: `This function has ${counted.length} lines of code; ${MAX_LINES} are allowed.`,
      });
    };
    const literal = (/** @type {any} */ node) => {
      const text = sourceCode.getText(node);
      const [from, to] = [node.loc.start.line, node.loc.end.line];
      if (to - from < 2 || /=>|\bfunction\b/.test(text)) return;
      functions.at(-1)?.tables.push([from, to]);
    };
    const types = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];
    return {
      ...Object.fromEntries(
        types.flatMap((t) => [
          [t, enter],
          [`${t}:exit`, leave],
        ]),
      ),
      ObjectExpression: literal,
      ArrayExpression: literal,
      TemplateLiteral: literal,
    };
  },
};
