/** `createRequire`: every folder sees the same modules, those in the worker's table. */
import { requireModule } from "./modules";

export const createRequire = (from: string) =>
  Object.assign((id: string) => requireModule(id, from), { resolve: (id: string) => id });
