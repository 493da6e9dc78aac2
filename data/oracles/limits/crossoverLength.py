"""crossoverLength: torch's FLOP counter at two lengths; what does not grow with the square is a
line through zero, and the rest is solved for T.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from transformer_peers import LLAMA, SMALL, flops, gpt2, llama, shape  # noqa: E402


def crossover(build):
    def solve(s):
        count = flops(build)
        short, long = count(s, 8), count(s, 16)
        without_head = lambda parts: parts["total"] - parts["head"]
        # f(T) = a·T + b·T²: two equations
        b = (without_head(long) - 2 * without_head(short)) / (16**2 - 2 * 8**2)
        a = (without_head(short) - b * 8**2) / 8
        return a / b

    return solve


o = Oracle("crossoverLength")
o.case("values", "F = 4·C: six times the width", [shape(2, 32, 4, 128, 40, 64)], crossover(gpt2))
o.case("values", "a narrow feed-forward network", [SMALL], crossover(gpt2))
o.case("values", "more layers change nothing", [{**SMALL, "layers": 5}], crossover(gpt2))
o.case("values", "gated, as Llama", [{**SMALL, **LLAMA}], crossover(llama))
o.case("values", "gated, grouped keys", [{**SMALL, **LLAMA, "kvHeads": 2}], crossover(llama))
o.case(
    "values",
    "one group of keys, a head of its own",
    [{**SMALL, **LLAMA, "kvHeads": 1, "tiedHead": False}],
    crossover(llama),
)
o.case(
    "shapes", "a large vocabulary does not count", [{**SMALL, "vocabulary": 999}], crossover(gpt2)
)
o.error("heads do not divide the width", [{**SMALL, "heads": 5}], "heads")
o.error("kvHeads do not divide heads", [{**SMALL, "kvHeads": 3}], "kvHeads")
o.save()
