/**
 * The layers: tools → browser → course → grader → kernels → tfjs-core; components need tfjs-core only, their
 * specs the exercise format. Tests keep the same order, and no import is left out for being of types
 * alone.
 */
const no = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });
module.exports = {
  forbidden: [
    no("no-cycles", {}, { circular: true }, "imports in a circle, those of types included"),
    no(
      "cells-on-typescript",
      { path: "^cells/src", pathNot: "\\.test\\.ts$" },
      { pathNot: "^cells/|node_modules/(typescript|@jridgewell)/" },
      "cells run in a browser too: TypeScript and a reader of source maps, nothing of Node",
    ),
    no(
      "views-alone",
      { path: "^views/src", pathNot: "\\.test\\.ts$" },
      { pathNot: "^views/" },
      "views draw in a page: what they draw with is given to them",
    ),
    no(
      "kernels-on-tfjs",
      { path: "^kernels/src" },
      { path: "^(grader|course|tools|solutions)/" },
      "kernels, and their tests, know tfjs-core and the backend that they are for",
    ),
    no(
      "grader-on-kernels-only",
      { path: "^grader/src" },
      { path: "^(course|classroom|tools|solutions)/" },
      "grader may use kernels",
    ),
    no(
      "course-on-grader-only",
      { path: "^course/src" },
      { path: "^(classroom|tools|solutions)/" },
      "course may use grader and kernels",
    ),
    no(
      "browser-beneath-tools",
      { path: "^browser/src" },
      { path: "^(tools|solutions|lab)/" },
      "the browser's kernel bundles what was built; it knows cells, grader and course",
    ),
    no(
      "classroom-on-grader",
      { path: "^classroom/src" },
      { path: "^(cells|course|views|lab|browser|tools|solutions)/" },
      "a class is graded by the grader; notebooks and content are not its business",
    ),
    no(
      "tools-without-content",
      { path: "^tools/src" },
      { path: "^solutions/" },
      "the engine knows nothing of the content",
    ),
    no(
      "solutions-on-tfjs",
      { path: "^solutions/src", pathNot: "\\.test\\.ts$|testing\\.ts$" },
      { path: "^(kernels|course|tools)/" },
      "solutions need tfjs-core only",
    ),
    no(
      "solutions-grader-types",
      { path: "^solutions/src", pathNot: "\\.(test|exercise)\\.ts$|(testing|Cases)\\.ts$" },
      { path: "^grader/", dependencyTypesNot: ["type-only"] },
      "of grader, components use types only; specs (.exercise.ts, …Cases.ts) belong to the " +
        "grader and may use its helpers",
    ),
  ],
  options: { doNotFollow: { path: "node_modules|dist" }, tsPreCompilationDeps: true },
};
