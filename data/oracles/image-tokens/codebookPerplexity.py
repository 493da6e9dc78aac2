"""codebookPerplexity: the exponential of scipy.stats.entropy of the shares, in float64."""

import pathlib
import sys

import numpy as np
import torch
from scipy.stats import entropy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def perplexity(ids, codes):
    return torch.tensor(
        float(np.exp(entropy(np.bincount(ids.flatten().numpy(), minlength=codes)))),
        dtype=torch.float64,
    )


o = Oracle("codebookPerplexity", packages=("numpy", "scipy", "torch", "safetensors"))
o.case("values", "ids drawn evenly", [o.ids(200, below=16), 16], perplexity)
o.case(
    "values", "one id is frequent", [torch.tensor([3] * 30 + [0, 1, 2, 4, 5]).int(), 8], perplexity
)
o.case("values", "a grid of ids", [o.ids(3, 7, 7, below=64), 64], perplexity)
o.case("property", "all alike: one", [torch.full((9,), 2).int(), 5], perplexity)
o.case("property", "each code once: as many as codes", [torch.arange(12).int(), 12], perplexity)
o.case(
    "property",
    "half of the codes are never used",
    [torch.arange(8).repeat(3).int(), 16],
    perplexity,
)
o.case("shapes", "one id", [torch.tensor(1).int(), 3], perplexity)
o.case("shapes", "a codebook of one", [torch.zeros(2, 3).int(), 1], perplexity)
o.error("an id is the number of codes", [torch.tensor([0, 4]).int(), 4], "ids")
o.error("an id is negative", [torch.tensor([0, -1]).int(), 4], "ids")
o.error("there are no ids", [torch.zeros(0).int(), 4], "ids")
o.error("ids are float32", [torch.tensor([0.0, 1.0]), 4], "ids")
o.error("codes is zero", [torch.zeros(2).int(), 0], "codes")
o.save()
