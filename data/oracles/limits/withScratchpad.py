"""withScratchpad: the text written out step by step, as Nye et al. 2021 write theirs, and read
back.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def write(moves, states, kinds, start=0):
    text, asked = [], []
    for step in range(2 * len(moves)):
        place = step // 2
        if step % 2 == 1:
            text.append(moves[place])
            asked.append(states[place])
        else:
            text.append((states[place - 1] if place > 0 else start) + kinds)
            asked.append(-100)
    return {"inputs": text, "targets": asked}


o = Oracle("withScratchpad", packages=("numpy", "torch", "safetensors"))
draw = lambda below, n: o.rng.integers(0, below, n).tolist()
o.case("values", "parity of 1, 0, 1", [[1, 0, 1], [1, 1, 0], 2], write)
o.case("values", "a ball under three cups", [draw(3, 12), draw(3, 12), 3], write)
o.case("values", "more kinds of moves than states", [draw(10, 20), draw(3, 20), 10], write)
o.case("values", "more states than kinds of moves", [draw(2, 20), draw(9, 20), 2], write)
o.case("values", "it starts in state 2", [draw(3, 8), draw(4, 8), 3, 2], write)
o.case("shapes", "one move", [[1], [0], 2], write)
o.case("shapes", "no moves", [[], [], 2], write)
o.error("a state is missing", [[0, 1], [0], 2], "states")
o.error("a move that does not exist", [[0, 1, 3], [0, 1, 1], 3], "position 2")
o.error("no kinds of moves", [[], [], 0], "kinds")
o.save()
