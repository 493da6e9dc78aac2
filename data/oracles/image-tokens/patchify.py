"""patchify: torch.nn.functional.unfold, with channels last."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from vision_peers import patchify  # noqa: E402

o = Oracle("patchify")
o.case("values", "two grey pictures", [o.normal(2, 6, 4, 1), 2], patchify)
o.case("values", "colours", [o.normal(1, 4, 8, 3), 4], patchify)
o.case(
    "values",
    "numbers in order: what goes where",
    [torch.arange(2 * 6 * 6 * 2, dtype=torch.float32).reshape(2, 6, 6, 2), 3],
    patchify,
)
o.case("shapes", "one patch is the whole picture", [o.normal(2, 3, 3, 2), 3], patchify)
o.case("shapes", "patches of one pixel", [o.normal(1, 3, 5, 2), 1], patchify)
o.case("shapes", "a picture of one pixel", [o.normal(3, 1, 1, 1), 1], patchify)
o.case("shapes", "wide pictures", [o.normal(1, 2, 10, 1), 2], patchify)
o.case("gradient", "the images", [o.normal(2, 4, 6, 2), 2], patchify, wrt=["0"])
o.error("the patch does not divide the height", [o.normal(1, 7, 4, 1), 2], "patch")
o.error("the patch does not divide the width", [o.normal(1, 4, 7, 1), 2], "patch")
o.error("the patch is larger than the picture", [o.normal(1, 4, 4, 1), 8], "patch")
o.error("the patch is zero", [o.normal(1, 4, 4, 1), 0], "patch")
o.error("the patch is a fraction", [o.normal(1, 4, 4, 1), 1.5], "patch")
o.error("the channels are missing", [o.normal(1, 4, 4), 2], "images")
o.save()
