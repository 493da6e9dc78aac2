/** dpoLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const LAST = "return rewardLoss(chosen, rejected);";
const POLICY = ["0.chosen", "0.rejected"];

const exercise: Exercise = {
  cases: (random) => {
    const logProbs = (P: number, scale: number) =>
      tensorData(
        [P],
        Array.from({ length: P }, () => -8 - scale * random.next()),
      );
    const pairs = (P: number, scale = 4) => ({
      chosen: logProbs(P, scale),
      rejected: logProbs(P, scale),
    });
    const same = pairs(4);
    const far = () => ({
      chosen: tensorData([3], [-400, -10, -300]),
      rejected: tensorData([3], [-10, -500, -20]),
    });
    return [
      { group: "values", title: "beta is left out", args: [pairs(5), pairs(5)] },
      { group: "values", title: "beta is 1", args: [pairs(4), pairs(4), { beta: 1 }] },
      { group: "values", title: "beta is small", args: [pairs(4), pairs(4), { beta: 0.02 }] },
      { group: "values", title: "beta is large", args: [pairs(3), pairs(3), { beta: 2.5 }] },
      { group: "shapes", title: "there is one pair", args: [pairs(1), pairs(1), { beta: 0.5 }] },
      {
        group: "property",
        title: "the policy is the reference still",
        args: [same, same, { beta: 2 }],
      },
      {
        group: "property",
        title: "log-probabilities are hundreds apart",
        args: [far(), pairs(3), { beta: 1 }],
      },
      {
        group: "gradient",
        title: "the policy is differentiated",
        args: [pairs(4), pairs(4), { beta: 0.5 }],
        wrt: POLICY,
      },
      {
        group: "gradient",
        title: "log-probabilities are hundreds apart",
        args: [far(), pairs(3), { beta: 1 }],
        wrt: POLICY,
      },
      {
        group: "errors",
        title: "the reference has fewer pairs",
        args: [pairs(3), pairs(2)],
        throws: "reference.chosen",
      },
      { group: "errors", title: "there is no pair", args: [pairs(0), pairs(0)], throws: "policy" },
      {
        group: "errors",
        title: "beta is 0",
        args: [pairs(2), pairs(2), { beta: 0 }],
        throws: "beta",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["policy.chosen.sub(reference.chosen)", "policy.chosen"],
        ["policy.rejected.sub(reference.rejected)", "policy.rejected"],
      ],
      message:
        "The reference has no effect. A reward is β times how much likelier the policy makes the " +
        "answer than the reference does.",
    },
    {
      edits: [
        ["policy.chosen.sub(reference.chosen)", "policy.chosen.add(reference.chosen)"],
        ["policy.rejected.sub(reference.rejected)", "policy.rejected.add(reference.rejected)"],
      ],
      message:
        "The reference counts with the wrong sign: subtract from each answer's log π its own " +
        "log π_ref.",
    },
    {
      edits: [
        ["policy.chosen.sub(reference.chosen)", "reference.chosen.sub(policy.chosen)"],
        ["policy.rejected.sub(reference.rejected)", "reference.rejected.sub(policy.rejected)"],
      ],
      message:
        "The sign is wrong: the loss is small when the rejected answer leads. Have you swapped chosen and " +
        "rejected, or policy and reference?",
    },
    {
      edits: [
        ["policy.rejected.sub(reference.rejected)", "policy.rejected.sub(reference.chosen)"],
        ["policy.chosen.sub(reference.chosen)", "policy.chosen.sub(reference.rejected)"],
      ],
      message:
        "The reference counts with the wrong sign: subtract from each answer's log π its own " +
        "log π_ref.",
    },
    {
      edits: [
        [".sub(reference.chosen).mul(beta)", ".sub(reference.chosen)"],
        [".sub(reference.rejected).mul(beta)", ".sub(reference.rejected)"],
      ],
      message: "beta has no effect. Both rewards are multiplied by it.",
    },
    {
      edits: [
        [".sub(reference.chosen).mul(beta)", ".sub(reference.chosen)"],
        [".sub(reference.rejected).mul(beta)", ".sub(reference.rejected)"],
        [LAST, "return rewardLoss(chosen, rejected).mul(beta);"],
      ],
      message: "You multiply the loss by beta. It belongs inside σ, where it scales the rewards.",
    },
    {
      edits: [
        [".sub(reference.chosen).mul(beta)", ".sub(reference.chosen).div(beta)"],
        [".sub(reference.rejected).mul(beta)", ".sub(reference.rejected).div(beta)"],
      ],
      message: "You divide by beta. The implicit reward is β·(log π − log π_ref).",
    },
    {
      edits: [[LAST, "return rewardLoss(rejected, chosen);"]],
      message:
        "The sign is wrong: the loss is small when the rejected answer leads. Have you swapped chosen and " +
        "rejected, or policy and reference?",
    },
    {
      edits: [[LAST, "return rewardLoss(chosen, rejected).mul(chosen.size);"]],
      message: "You sum over the pairs. Take their mean.",
    },
    {
      edits: [[LAST, "return chosen.sub(rejected).sigmoid().log().mean().neg();"]],
      message:
        "Far behind, σ is 0 in float32 and its logarithm −∞. rewardLoss, or softplus(−x), stays " +
        "finite.",
    },
    {
      edits: [
        ["policy.chosen.sub(reference.chosen)", "policy.chosen.exp().div(reference.chosen.exp())"],
        [
          "policy.rejected.sub(reference.rejected)",
          "policy.rejected.exp().div(reference.rejected.exp())",
        ],
      ],
      message:
        "You take quotients of probabilities. The reward is β times the difference of the logarithms.",
    },
  ],
};
export default exercise;
