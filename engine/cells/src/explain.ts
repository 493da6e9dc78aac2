/**
 * What TypeScript knows about a name, as a reader wants it: signature, documentation, parameters.
 * As text, and as Markdown for JupyterLab's tooltip.
 */
import ts from "typescript";

export interface Explanation {
  /** Formats an explanation: the signature, an empty line, the docstring, its tags. */
  text: string;
  markdown: string;
}

/** Tags that only a library's own website uses. */
const IGNORED = new Set(["doc", "license"]);

/** How a tag's sentence begins. */
const TAGS: Record<string, string> = { returns: "Returns", throws: "Throws", default: "Default:" };

interface Tag {
  name: string;
  text: string;
}

/** @returns undefined where nothing is known */
export function explanationOf(info: ts.QuickInfo): Explanation | undefined {
  const signature = signatureOf(info);
  if (signature === "any") return undefined;
  const documentation = ts.displayPartsToString(info.documentation);
  const tags = (info.tags ?? [])
    .map(({ name, text }) => ({ name, text: ts.displayPartsToString(text) }))
    .filter(({ name }) => !IGNORED.has(name));
  return {
    text: textOf(signature, documentation, tags),
    markdown: markdownOf(signature, documentation, tags),
  };
}

/** Removes "(alias)" and the import below it, which tell a student nothing new. */
function signatureOf({ displayParts }: ts.QuickInfo): string {
  const signature = ts.displayPartsToString(displayParts);
  const isAlias = signature.startsWith("(alias) ");
  const own = isAlias ? signature.replace(/\n(?:import|export) [^\n]*$/, "") : signature;
  return own.replace(/^\((?:alias|method|function)\) /, "");
}

function textOf(signature: string, documentation: string, tags: Tag[]): string {
  const lines = tags.map(({ name, text }) => `@${name} ${text}`);
  const rest = [documentation, ...lines].filter((line) => line !== "");
  return rest.length > 0 ? [signature, "", ...rest].join("\n") : signature;
}

function markdownOf(signature: string, documentation: string, tags: Tag[]): string {
  const parts = [`\`\`\`typescript\n${signature}\n\`\`\``, flowing(documentation)];
  const parameters = tags.filter(({ name }) => name === "param").map(({ text }) => itemOf(text));
  const others = tags
    .filter(({ name }) => name !== "param")
    .map(({ name, text }) => `${TAGS[name] ?? `**${name}**`} ${escaped(text)}`);
  return [...parts, parameters.join("\n"), ...others].filter((part) => part !== "").join("\n\n");
}

/** "x [B, C]" → "- `x` [B, C]" */
function itemOf(text: string): string {
  const [, name = "", rest = ""] = /^(\S+)\s*([^]*)$/.exec(text) ?? [];
  return `- \`${name}\` ${escaped(rest)}`;
}

/** Text with its indented lines, which are formulas, as code. */
function flowing(documentation: string): string {
  const lines = documentation.split("\n");
  const parts: string[] = [];
  let isCode = false;
  let isFenced = false;
  for (const line of lines) {
    if (line.startsWith("```")) isFenced = !isFenced;
    const isFormula = !isFenced && /^\s{2,}\S/.test(line);
    if (isFormula !== isCode) parts.push(isFormula ? "\n```text" : "```\n");
    isCode = isFormula;
    parts.push(isFormula || isFenced || line.startsWith("```") ? line : escaped(line));
  }
  if (isCode) parts.push("```");
  return parts.join("\n").trim();
}

/** What Markdown or HTML would swallow; code between backticks stays. */
const escaped = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\*_<>$]/g, "\\$&")))
    .join("");
