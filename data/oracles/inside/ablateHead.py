"""ablateHead: a forward hook of PyTorch's, as people use it: a copy in which one head is written
over.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("ablateHead")


def ablate(z, head, by="zero"):
    module = torch.nn.Identity()

    def hook(_module, _inputs, output):
        changed = output.clone()
        mean = output[:, head].flatten(0, 1).mean(0)
        changed[:, head] = torch.zeros_like(mean) if by == "zero" else mean
        return changed

    module.register_forward_hook(hook)
    return module(z)


z = o.normal(2, 3, 4, 5, mean=0.5)
o.case("values", "zero", [z, 1, "zero"], ablate)
o.case("values", "zero is the default", [z, 2], ablate)
o.case("values", "mean over texts and places", [z, 0, "mean"], ablate)
o.case("values", "mean of one text", [o.normal(1, 2, 6, 3, mean=1.0), 1, "mean"], ablate)
o.case("values", "mean of one place", [o.normal(4, 2, 1, 3, mean=1.0), 0, "mean"], ablate)
o.case("shapes", "the only head, zero", [o.normal(2, 1, 3, 2), 0], ablate)
o.case("shapes", "the only head, mean", [o.normal(2, 1, 3, 2), 0, "mean"], ablate)
o.case("shapes", "one number", [o.normal(1, 1, 1, 1), 0, "mean"], ablate)
o.case("gradient", "zero", [z, 1, "zero"], ablate, wrt=["0"])
o.case("gradient", "mean", [z, 1, "mean"], ablate, wrt=["0"])
o.error("head is past the last one", [z, 3], "head")
o.error("head is negative", [z, -1], "head")
o.error("head is no whole number", [z, 0.5], "head")
o.error("an unknown way", [z, 0, "median"], "by")
o.error("z of rank three", [o.normal(2, 3, 4), 0], "z")
o.save()
