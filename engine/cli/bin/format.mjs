/**
 * npm run format: formats all code, TypeScript and JavaScript by Prettier, Python by Ruff, C++ by
 * clang-format. With --check it writes nothing and fails where something would change; Ruff then
 * lints, too.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { main, root, run, windows } from "../../install/run.mjs";
import { formatters } from "../../install/venv.mjs";

const NATIVE = join("engine", "ops", "native");
const sources = () =>
  readdirSync(join(root, NATIVE))
    .filter((name) => /\.(h|cc)$/.test(name))
    .map((name) => join(NATIVE, name));

/** Each formatter's command lines; `check` changes nothing. */
function commands(python, check) {
  const program = (name) => join(dirname(python), windows ? `${name}.exe` : name);
  const prettier = join(root, "node_modules", "prettier", "bin", "prettier.cjs");
  const cache = [
    "--cache",
    "--cache-strategy=content",
    `--cache-location=${join(root, ".local", "format", "prettier.json")}`,
  ];
  const quiet = ["--log-level=warn", ...cache];
  return {
    Prettier: [[process.execPath, prettier, check ? "--check" : "--write", ".", ...quiet]],
    Ruff: [
      [program("ruff"), "format", "--quiet", ...(check ? ["--check", "--diff"] : []), "."],
      ...(check ? [[program("ruff"), "check", "--quiet", "."]] : []),
    ],
    "clang-format": [
      [program("clang-format"), ...(check ? ["--dry-run", "--Werror"] : ["-i"]), ...sources()],
    ],
  };
}

await main(async () => {
  const check = process.argv.includes("--check");
  const all = Object.entries(commands(await formatters(), check));
  const failed = await Promise.all(
    all.map(async ([name, lines]) => {
      for (const [command, ...args] of lines) {
        const { code, output } = await run(command, args);
        if (output.trim()) console.log(`${name}:\n${output.trim()}`);
        if (code !== 0) return true;
      }
      return false;
    }),
  );
  if (!failed.includes(true)) return 0;
  if (check) console.error("npm run format formats the files above.");
  return 1;
});
