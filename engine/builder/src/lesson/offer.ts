/** The block "You may use" below an exercise's statement. */
import type { Solutions } from "./solutions.js";
import type { Definition } from "./syntax.js";

/** More lines of types than this are folded. */
const OPEN_LINES = 12;

/**
 * @param found the exercise's definition
 * @param names what the answer may use; by default what the solution's own answer uses
 * @returns Markdown; empty where there is nothing to say
 */
export function offerOf(found: Definition, names: string[], { define }: Solutions): string {
  const offered = names.flatMap((name) => define(name)?.brief ?? []);
  const functions = offered.filter(({ signature }) => signature !== undefined);
  const types = typesOf([...found.brief.types, ...offered.flatMap((b) => b.types)], found, define);
  const declarations = functions.map((f) => f.declaration).filter((d) => d !== "");
  const lines = functions.map(({ signature, says }) =>
    says === "" ? `- \`${signature}\`` : `- \`${signature}\`: ${escaped(says)}`,
  );
  const parts: string[] = [];
  if (lines.length > 0) {
    parts.push("**You may use**", lines.join("\n"));
    if (declarations.length > 0) parts.push(folded("Their arguments and results", declarations));
  }
  if (types.length > 0) {
    const isLong = types.join("\n").split("\n").length > OPEN_LINES;
    const said = lines.length > 0 ? "The types" : "The types of its arguments";
    parts.push(isLong ? folded(said, types) : `${said}:\n\n${code(types)}`);
  }
  return parts.join("\n\n");
}

/** The declarations of types, and of the types that these mention. */
function typesOf(names: string[], found: Definition, define: Solutions["define"]): string[] {
  const seen = new Set<string>(found.brings);
  const declarations: string[] = [];
  const queue = [...names];
  for (const name of queue) {
    if (seen.has(name)) continue;
    seen.add(name);
    const brief = define(name)?.brief;
    if (!brief || brief.signature !== undefined) continue;
    declarations.push(brief.declaration);
    queue.push(...brief.types);
  }
  return declarations;
}

const code = (declarations: string[]) => `\`\`\`ts\n${declarations.join("\n\n")}\n\`\`\``;

// the empty lines make JupyterLab read what is folded as Markdown
const folded = (summary: string, declarations: string[]) =>
  `<details><summary>${summary}</summary>\n\n${code(declarations)}\n\n</details>`;

/** Outside of code, characters that Markdown would take for its own. */
const escaped = (text: string) =>
  text.replace(/`[^`]*`|[*_<]/g, (part) => (part.length > 1 ? part : `\\${part}`));
