"""guidedLogits: transformers' ClassifierFreeGuidanceLogitsProcessor, which takes scales above 1;
for the others the paper's equation 6 in float64, whose w is scale - 1.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from transformers.generation.logits_process import (
    ClassifierFreeGuidanceLogitsProcessor,
)  # noqa: E402

o = Oracle("guidedLogits")


def processed(conditional, unconditional, scale):
    """Rows with the caption, then as many without: [2B, V]."""
    V = conditional.shape[-1]
    both = torch.cat([conditional.reshape(-1, V), unconditional.reshape(-1, V)])
    rows = torch.zeros(len(both) // 2, 1, dtype=torch.long)
    mixed = ClassifierFreeGuidanceLogitsProcessor(float(scale))(rows, both)
    return mixed.reshape(conditional.shape)


def by_equation(conditional, unconditional, scale):
    w = scale - 1
    return (1 + w) * conditional - w * unconditional


x = lambda *shape: [o.normal(*shape, scale=2.0), o.normal(*shape, scale=2.0)]
o.case("values", "scale 2", [*x(3, 8), 2], processed)
o.case("values", "scale 1.5", [*x(4, 5), 1.5], processed)
o.case("values", "scale 7.5", [*x(2, 16), 7.5], processed)
o.case("values", "scale 100", [*x(2, 6), 100], processed, terms=1000)
o.case("values", "scale 0.25, between the two", [*x(3, 6), 0.25], by_equation)
o.case("property", "scale 0: without a caption", [*x(4, 6), 0], by_equation)
o.case("property", "scale 1: with the caption", [*x(4, 6), 1], by_equation)
same = o.normal(3, 5)
o.case("property", "the caption changes nothing", [same, same.clone(), 4], processed)
o.case("shapes", "one row", [*x(9), 3], by_equation)
o.case("shapes", "every place of a text", [*x(2, 4, 6), 3], processed)
o.case("shapes", "one score", [*x(2, 1), 2], processed)
o.case("gradient", "both scores", [*x(3, 5), 3], by_equation, wrt=["0", "1"], terms=10)
o.case("gradient", "scale 0", [*x(2, 4), 0], by_equation, wrt=["0", "1"], terms=10)
o.error("unconditional would broadcast", [o.normal(3, 4), o.normal(4), 2], "unconditional")
o.error("unconditional has other rows", [o.normal(3, 4), o.normal(2, 4), 2], "unconditional")
o.error("the scale is negative", [*x(2, 3), -1], "scale")
o.error("conditional holds whole numbers", [o.ids(2, 3, below=5), o.normal(2, 3), 2], "conditional")
o.save()
