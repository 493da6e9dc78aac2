/**
 * npm run oracles [FUNCTION…]: makes the reference tensors again with other people's
 * implementations, then checks data/reference against its manifest. With --check it makes nothing
 * and needs no Python.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { main, root, run, Sentence } from "../../install/run.mjs";
import { environment } from "../../install/venv.mjs";

const oracles = join(root, "data", "oracles");
const references = join(root, "data", "reference");
const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
/** The reference files by their names in the manifest: "blocks/linear.safetensors". */
const files = () =>
  readdirSync(references, { recursive: true })
    .map((name) => String(name).replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".safetensors"));

/** The scripts of the functions that are named, all of them without names. */
function scripts(names) {
  const all = readdirSync(oracles, { recursive: true })
    .map((file) => join(oracles, String(file)))
    .filter(
      (file) =>
        relative(oracles, dirname(file)) !== "" &&
        file.endsWith(".py") &&
        !file.endsWith("_peers.py"),
    );
  for (const name of names) {
    if (!all.some((file) => basename(file, ".py") === name)) {
      throw new Sentence(
        `There is no oracle for ${name}: expected data/oracles/<lesson>/${name}.py.`,
      );
    }
  }
  return names.length === 0 ? all : all.filter((file) => names.includes(basename(file, ".py")));
}

/** The differences between data/reference and its manifest, a sentence each. */
function problems() {
  const manifest = JSON.parse(readFileSync(join(references, "manifest.json"), "utf8"));
  return [
    ...files()
      .filter((name) => !manifest[name])
      .map((name) => `${name} is not in the manifest`),
    ...Object.entries(manifest).flatMap(([name, entry]) => {
      const file = join(references, name);
      if (!existsSync(file)) return [`${name} is in the manifest, but not there`];
      if (!existsSync(join(root, entry.script))) {
        return [`${name} comes from ${entry.script}, which is not there`];
      }
      return sha256(file) === entry.sha256
        ? []
        : [`${name} is not the file that ${entry.script} made`];
    }),
  ].map((problem) => `data/reference: ${problem}; npm run oracles makes it again`);
}

async function make(names) {
  const chosen = scripts(names);
  const python = await environment(
    "oracles",
    join("data", "oracles", "requirements.txt"),
    "PyTorch and transformers (1 to 5 GB)",
  );
  const before = new Map(files().map((name) => [name, sha256(join(references, name))]));
  for (const [i, script] of chosen.entries()) {
    process.stdout.write(`${i + 1} of ${chosen.length}: `);
    const { code } = await run(python, [script], { inherit: true });
    if (code !== 0) throw new Sentence(`${script} failed; the lines above say why.`);
  }
  const changed = files().filter((name) => before.get(name) !== sha256(join(references, name)));
  console.log(changed.length > 0 ? `changed: ${changed.join(", ")}` : "no file has changed");
}

await main(async () => {
  const names = process.argv.slice(2).filter((word) => word !== "--check");
  if (!process.argv.includes("--check")) await make(names);
  const found = problems();
  found.forEach((line) => console.error(line));
  if (found.length === 0) console.log(`${files().length} reference files are as the manifest says`);
  return found.length > 0 ? 1 : 0;
});
