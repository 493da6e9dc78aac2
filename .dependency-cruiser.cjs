/** The layers: tools → course → grader → tfjs-core; components need tfjs-core only, their specs the exercise format. */
const no = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });
module.exports = {
  forbidden: [
    no("no-cycles", {}, { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }, "imports in a circle"),
    no("grader-stands-alone", { path: "^grader/src" }, { path: "^(course|tools|solutions)/" }, "grader knows no other part"),
    no("course-on-grader-only", { path: "^course/src" }, { path: "^(tools|solutions)/" }, "course may use grader"),
    no("tools-without-content", { path: "^tools/src" }, { path: "^solutions/" }, "the engine knows nothing of the content"),
    no("solutions-on-tfjs", { path: "^solutions/src", pathNot: "\\.test\\.ts$|testing\\.ts$" }, { path: "^(course|tools)/" }, "solutions need tfjs-core only"),
    no("solutions-grader-types", { path: "^solutions/src", pathNot: "\\.(test|exercise)\\.ts$|testing\\.ts$" }, { path: "^grader/", dependencyTypesNot: ["type-only"] }, "of grader, components use types only; specs (.exercise.ts) belong to the grader and may use its helpers"),
  ],
  options: { doNotFollow: { path: "node_modules|dist" }, tsPreCompilationDeps: true },
};
