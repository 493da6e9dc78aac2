/**
 * What each package may import, as an allow-list: whatever isn't named is forbidden, types and tests
 * included. A package is imported through its doors, the `exports` of its package.json, never by a
 * path into its folder. The picture is in docs/architecture.md.
 */
const PACKAGES = {
  "engine/install": [],
  "engine/cells": [],
  "engine/ops": [],
  "engine/views": [],
  grader: ["engine/cells", "engine/ops"],
  solutions: ["grader"],
  "engine/course": ["grader", "engine/ops"],
  "engine/kernel": ["grader", "engine/cells", "engine/course", "engine/install"],
  "engine/browser": ["grader", "engine/cells", "engine/course"],
  "engine/lab": ["engine/cells", "engine/views"],
  "engine/builder": [
    "grader",
    "engine/browser",
    "engine/cells",
    "engine/course",
    "engine/install",
    "engine/kernel",
    "engine/views",
  ],
  "engine/classroom": ["grader", "engine/views"],
  "engine/cli": [
    "grader",
    "engine/builder",
    "engine/classroom",
    "engine/course",
    "engine/install",
    "engine/kernel",
    "engine/ops",
    "engine/views",
  ],
};

/** What tests of a package may import besides. */
const TESTS = {
  solutions: ["engine/course", "engine/ops"],
  "engine/classroom": ["engine/builder"],
};

/** The grader's rooms, each standing on those before it. */
const ROOMS = [
  "files",
  "exercise",
  "sandbox",
  "child",
  "shaders",
  "submission",
  "batch",
  "reports",
  "queue",
  "mutate",
  "commands",
];

const IS_TEST = "\\.(test|testing)\\.ts$";
/** The command's file that every installation links; it does nothing but start engine/cli. */
const STARTS_CLI = "^engine/install/course\\.mjs$";
const inside = (folders) => folders.map((folder) => `^${folder}/`);
const OURS = `^(${Object.keys(PACKAGES).join("|")})/`;

const standsOn = ([folder, others]) => [
  {
    name: `${folder}-stands-on`,
    severity: "error",
    comment: `${folder} may import ${["itself", ...others].join(", ")}`,
    from: { path: `^${folder}/`, pathNot: `${IS_TEST}|${STARTS_CLI}` },
    to: { path: OURS, pathNot: inside([folder, ...others]) },
  },
  {
    name: `${folder}-tests-stand-on`,
    severity: "error",
    comment: `tests of ${folder} may import ${[folder, ...others, ...(TESTS[folder] ?? [])].join(", ")}`,
    from: { path: `^${folder}/.*${IS_TEST}` },
    to: { path: OURS, pathNot: inside([folder, ...others, ...(TESTS[folder] ?? [])]) },
  },
  {
    name: `${folder}-has-doors`,
    severity: "error",
    comment: "another package's sources are reached through the exports of its package.json",
    from: { pathNot: `^${folder}/` },
    to: { path: `^${folder}/src/`, pathNot: "\\.testing\\.ts$" },
  },
];

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "imports in a circle, those of types included",
      from: {},
      to: { circular: true },
    },
    ...Object.entries(PACKAGES).flatMap(standsOn),
    {
      name: "cells-run-anywhere",
      severity: "error",
      comment:
        "cells run in a browser too: TypeScript and a reader of source maps, nothing of Node",
      from: { path: "^engine/cells/src", pathNot: IS_TEST },
      to: {
        path: "node_modules/|^(node:)?(fs|os|path)$",
        pathNot: "node_modules/(typescript|@jridgewell)/",
      },
    },
    {
      name: "components-need-tfjs-only",
      severity: "error",
      comment:
        "of the grader, components use types only; specs (.exercise.ts, …Cases.ts) may use its helpers",
      from: { path: "^solutions/src", pathNot: "\\.(test|exercise|testing)\\.ts$|Cases\\.ts$" },
      to: { path: "^grader/", dependencyTypesNot: ["type-only"] },
    },
    ...ROOMS.map((room, i) => ({
      name: `grader-${room}-stands-on`,
      severity: "error",
      comment: `grader/src/${room} stands on ${ROOMS.slice(0, i).join(", ") || "nothing"}`,
      from: { path: `^grader/src/${room}/`, pathNot: IS_TEST },
      to: { path: `^grader/src/(${ROOMS.slice(i + 1).join("|") || "-"})/` },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/" },
    exclude: { path: "/dist/.*\\.d\\.ts$|/labextensions/|/fixtures/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
