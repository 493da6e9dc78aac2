import { checkReferences } from "../shared/shared.testing";
import { zeroShot } from "./zeroShot";

checkReferences("zeroShot", zeroShot);
