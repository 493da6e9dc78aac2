"""attentionRollout: all paths through the layers, added up one by one, in float64."""

import itertools
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("attentionRollout")


def rollout(attention, residual=0.5):
    """Row t, column s: the sum over all chains of tokens from t down to s of what steps keep."""
    B, _, T, _ = attention[0].shape
    result = torch.zeros(B, T, T, dtype=torch.float64)
    for b in range(B):
        steps = [
            [
                [
                    (1 - residual) * float(w[b, :, t, s].sum()) / w.shape[1] + residual * (t == s)
                    for s in range(T)
                ]
                for t in range(T)
            ]
            for w in reversed(attention)  # the last layer is the first that a chain meets
        ]
        for chain in itertools.product(range(T), repeat=len(steps) + 1):
            share = 1.0
            for step, t, s in zip(steps, chain, chain[1:]):
                share *= step[t][s]
            result[b, chain[0], chain[-1]] += share
    return result


weights = lambda B, H, T: o.normal(B, H, T, T, scale=2.0).softmax(-1)
o.case("values", "two layers", [[weights(2, 2, 4), weights(2, 2, 4)]], rollout)
o.case("values", "four layers", [[weights(1, 3, 3) for _ in range(4)]], rollout)
o.case("values", "other numbers of heads", [[weights(2, n, 3) for n in (1, 4, 2)]], rollout)
o.case("values", "no residual", [[weights(2, 2, 4), weights(2, 2, 4)], 0], rollout)
o.case("values", "a residual of 0.9", [[weights(1, 2, 5), weights(1, 2, 5)], 0.9], rollout)
o.case("property", "nothing but the residual", [[weights(2, 2, 3)] * 2, 1], rollout)
o.case("shapes", "one layer", [[weights(3, 2, 4)]], rollout)
o.case("shapes", "one token", [[weights(2, 2, 1), weights(2, 2, 1)]], rollout)
o.error("there are no layers", [[]], "attention")
o.error("a layer has more tokens", [[weights(1, 2, 3), weights(1, 2, 4)]], "attention[1]")
o.error("residual is above 1", [[weights(1, 2, 3)], 1.5], "residual")
o.save()
