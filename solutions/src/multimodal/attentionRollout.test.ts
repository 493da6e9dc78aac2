import { checkReferences } from "../shared/shared.testing";
import { attentionRollout } from "./attentionRollout";

checkReferences("attentionRollout", attentionRollout);
