"""causalMask: torch.tril with the diagonal at S - T."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("causalMask")


def causal(queries, keys=None):
    keys = queries if keys is None else keys
    return torch.ones(queries, keys).tril(keys - queries)


for T in (1, 2, 5, 17):
    o.case("values", f"{T} tokens" if T > 1 else "one token", [T], causal)
for T, S in ((1, 6), (3, 8), (7, 8)):
    o.case("values", f"the last {T} of {S}", [T, S], causal)
o.case("shapes", "no tokens", [0], causal)
o.case("shapes", "no queries, some keys", [0, 3], causal)
o.error("more queries than keys", [4, 3], "queries")
o.error("half a token", [2.5], "queries")
o.error("less than no keys", [0, -1], "keys")
o.save()
