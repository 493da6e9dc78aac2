"""runAutomaton: each move as a matrix of zeros and ones in NumPy; the state is where the product
of all matrices so far sends the start.
"""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

PARITY, CUPS = [[0, 1], [1, 0]], [[1, 0, 2], [0, 2, 1], [2, 1, 0]]


def run(table, moves, start=0):
    n = len(table[0])
    product, states = np.eye(n, dtype=int), []
    for move in moves:
        product = (
            np.eye(n, dtype=int)[table[move]].T @ product
        )  # column s has its one in the row of the next state
        states.append(int(product[:, start].argmax()))
    return states


o = Oracle("runAutomaton", packages=("numpy", "torch", "safetensors"))
moves = lambda kinds, n: o.rng.integers(0, kinds, n).tolist()
o.case("values", "parity of 1, 1, 0, 1", [PARITY, [1, 1, 0, 1]], run)
o.case("values", "parity of forty bits", [PARITY, moves(2, 40)], run)
o.case("values", "parity from 1", [PARITY, moves(2, 12), 1], run)
o.case("values", "a ball under three cups", [CUPS, moves(3, 30)], run)
o.case("values", "the ball starts in the last cup", [CUPS, moves(3, 12), 2], run)
o.case(
    "values",
    "a table that forgets",
    [[[0, 0, 0, 0], [1, 2, 3, 0], [3, 3, 2, 2]], moves(3, 40)],
    run,
)
o.case("values", "order matters", [CUPS, [0, 1]], run)
o.case("values", "and the other order", [CUPS, [1, 0]], run)
o.case("shapes", "one move", [CUPS, [2]], run)
o.case("shapes", "no moves", [PARITY, []], run)
o.case("shapes", "one state", [[[0], [0]], [0, 1, 1]], run)
o.error("a move that is not in the table", [PARITY, [0, 1, 2]], "position 2")
o.error("half a move", [PARITY, [0.5]], "position 0")
o.error("a start that is no state", [PARITY, [0], 2], "start")
o.save()
