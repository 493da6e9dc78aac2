/** Reads lessons-src/components.json: the drawing in which a home page shows the components. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { paths, readSource } from "grader/files";
import { type ComponentMap, readComponentMap } from "views/componentMap";
import { readCourse } from "./lessons.js";

export type { ComponentMap };
const NAME = "lessons-src/components.json";

/**
 * @returns undefined where the course has no drawing
 * @throws with the remedy when it can't be read, or names other components than package.json
 */
export function readDrawing(root: string): ComponentMap | undefined {
  const file = join(paths(root).lessons, "components.json");
  if (!existsSync(file)) return undefined;
  const map = readComponentMap(parsed(readSource(file)));
  if (!map) {
    throw new Error(
      `${NAME}: expected a title, width, height, about (a sentence for each component) and shapes; ` +
        "docs/authors.md describes them",
    );
  }
  const { components } = readCourse(root);
  const named = map.shapes.flatMap(({ of }) => of ?? []);
  const unknown = [...Object.keys(map.about), ...named].find((of) => !components.includes(of));
  if (unknown !== undefined) {
    throw new Error(
      `${NAME}: package.json lists no component ${unknown}: ${components.join(", ")}`,
    );
  }
  const missing = components.find((name) => map.about[name] === undefined || !named.includes(name));
  if (missing === undefined) return map;
  throw new Error(`${NAME}: ${missing} has no sentence in about, or no shape`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
