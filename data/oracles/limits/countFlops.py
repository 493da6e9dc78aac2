"""countFlops: torch's FLOP counter over forward passes of transformers' models (see
transformer_peers.py).
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from transformer_peers import LLAMA, SMALL, flops, gpt2, llama, shape  # noqa: E402

o = Oracle("countFlops")
grouped = {**SMALL, **LLAMA, "kvHeads": 2, "tiedHead": False}
o.case("values", "a small GPT-2", [SMALL, 10], flops(gpt2))
o.case("values", "twice the tokens", [SMALL, 20], flops(gpt2))
o.case("values", "the full context", [SMALL, 32], flops(gpt2))
o.case(
    "values", "a head of its own costs the same", [{**SMALL, "tiedHead": False}, 10], flops(gpt2)
)
o.case("values", "Llama's shape: gated, grouped keys", [grouped, 12], flops(llama))
o.case("values", "one group of keys", [{**grouped, "kvHeads": 1}, 7], flops(llama))
o.case("values", "Llama with as many keys as queries, tied", [{**SMALL, **LLAMA}, 16], flops(llama))
o.case(
    "values",
    "many heads, a wide feed-forward network",
    [shape(2, 32, 16, 200, 11, 64), 40],
    flops(gpt2),
)
o.case("shapes", "one token", [SMALL, 1], flops(gpt2))
o.error("no tokens", [SMALL, 0], "tokens")
o.error("half a token", [SMALL, 1.5], "tokens")
o.error("heads do not divide the width", [{**SMALL, "heads": 7}, 4], "heads")
o.error("kvHeads do not divide heads", [{**SMALL, "kvHeads": 3}, 4], "kvHeads")
o.case(
    "values",
    "more than 2³¹ operations in each part",
    [shape(1, 1024, 4, 2048, 2000, 1024), 1024],
    flops(gpt2),
)
o.save()
