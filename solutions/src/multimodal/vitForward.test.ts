import { checkReferences } from "../shared/shared.testing";
import { vitForward } from "./vitForward";

checkReferences("vitForward", vitForward);
