import { checkReferences } from "../shared/shared.testing";
import { recallAtK } from "./recallAtK";

checkReferences("recallAtK", recallAtK);
