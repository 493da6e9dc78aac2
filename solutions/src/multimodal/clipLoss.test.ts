import { checkReferences } from "../shared/shared.testing";
import { clipLoss } from "./clipLoss";

checkReferences("clipLoss", clipLoss);
