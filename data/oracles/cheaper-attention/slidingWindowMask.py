"""slidingWindowMask: torch.ones between two diagonals."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("slidingWindowMask")


def band(length, window, options=None):
    wide = torch.ones(length, length).triu(1 - window)
    return wide.tril(0 if (options or {}).get("causal") else window - 1)


for T, w in ((6, 2), (7, 3), (5, 1), (4, 9), (17, 5)):
    o.case("values", f"{T} tokens, window {w}", [T, w], band)
    o.case("values", f"{T} tokens, window {w}, causal", [T, w, {"causal": True}], band)
o.case("values", "causal is false", [5, 2, {"causal": False}], band)
o.case("shapes", "one token", [1, 1], band)
o.case("shapes", "no tokens", [0, 3], band)
o.error("no window", [4, 0], "window")
o.error("half a token", [4.5, 2], "length")
o.save()
