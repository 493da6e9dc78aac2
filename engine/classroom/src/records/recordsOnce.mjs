// For tests only: one backup, restore or erasure in a process of its own, which a test kills.
import { openClass } from "../../dist/class.js";
import { backup } from "../../dist/records/backup.js";
import { restore } from "../../dist/records/restore.js";
import { erase } from "../../dist/records/erase.js";

const [root, action, from, to] = process.argv.slice(2);
const begin = () => process.stdout.write("begun\n");
if (action === "restore") {
  begin();
  await restore(root, from, to, "Eva");
} else {
  const classroom = await openClass(root, from);
  begin();
  if (action === "backup") await backup(classroom, { out: to, by: "Eva" });
  else await erase(classroom, to, { reason: "asked", by: "Eva" });
  await classroom.sql.close();
}
