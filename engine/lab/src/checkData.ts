/** What a check writes for the buttons. */
export interface CheckData {
  name: string;
  passed: boolean;
  /** Markdown, from vague to concrete. */
  hints: string[];
  /** How many of them the report shows. */
  shown: number;
}

/** The data of an output; undefined when it isn't what a check writes. A notebook may lie. */
export function readCheck(value: unknown): CheckData | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { version, name, passed, hints, shown } = value as Record<string, unknown>;
  if (version !== 1 || typeof name !== "string" || typeof passed !== "boolean") return undefined;
  if (!/^[A-Za-z_$][\w$]{0,100}$/.test(name)) return undefined;
  if (!Array.isArray(hints) || !hints.every((hint) => typeof hint === "string")) return undefined;
  if (typeof shown !== "number" || !Number.isInteger(shown) || shown < 0) return undefined;
  return { name, passed, hints, shown };
}

/** The two lines that buttons may run. */
export const solutionCode = (name: string) => `(await import("course")).showSolution("${name}");`;
export const courseVersionCode = (name: string) =>
  `import { ${name} } from "solutions"; // the course's version from here on`;
