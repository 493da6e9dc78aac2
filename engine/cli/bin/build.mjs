/** npm run build: installs what is missing, compiles, writes the notebooks. */
import { bootstrap, buildNotebooks } from "./bootstrap.mjs";
import { main } from "../../install/run.mjs";

await main(async () => {
  await bootstrap({ everything: true });
  await buildNotebooks();
});
