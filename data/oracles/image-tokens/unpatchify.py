"""unpatchify: torch.nn.functional.fold, with channels last."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from vision_peers import unpatchify  # noqa: E402

o = Oracle("unpatchify")
o.case("values", "six grey patches", [o.normal(2, 6, 4), 2, 6, 4], unpatchify)
o.case("values", "colours", [o.normal(1, 2, 48), 4, 4, 8], unpatchify)
o.case(
    "values",
    "numbers in order: what goes where",
    [torch.arange(2 * 4 * 18, dtype=torch.float32).reshape(2, 4, 18), 3, 6, 6],
    unpatchify,
)
o.case("shapes", "one patch is the whole picture", [o.normal(2, 1, 18), 3, 3, 3], unpatchify)
o.case("shapes", "patches of one pixel", [o.normal(1, 15, 2), 1, 3, 5], unpatchify)
o.case("shapes", "a tall picture", [o.normal(1, 5, 4), 2, 10, 2], unpatchify)
o.case("gradient", "the patches", [o.normal(2, 6, 8), 2, 4, 6], unpatchify, wrt=["0"])
o.error("the patch does not divide the height", [o.normal(1, 6, 4), 2, 5, 4], "patch")
o.error("the patch does not divide the width", [o.normal(1, 6, 4), 2, 4, 5], "patch")
o.error("there are too few patches", [o.normal(1, 5, 4), 2, 4, 6], "patches")
o.error("a patch does not have whole pixels", [o.normal(1, 6, 5), 2, 4, 6], "patches")
o.error("the batch is missing", [o.normal(6, 4), 2, 4, 6], "patches")
o.error("the patch is negative", [o.normal(1, 6, 4), -2, 4, 6], "patch")
o.save()
