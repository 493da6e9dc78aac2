import { checkReferences } from "../shared/shared.testing";
import { sigmoidLoss } from "./sigmoidLoss";

checkReferences("sigmoidLoss", sigmoidLoss);
