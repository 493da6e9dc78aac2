"""bigBirdBlocks: the pattern written out with torch's masks and argsort."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("bigBirdBlocks")


def pattern(length, options):
    n, half = length // options["block"], (options["window"] - 1) // 2
    chosen = torch.ones(n, n).triu(-half).tril(half).bool()
    chosen[: options["globals"]] = True
    chosen[:, : options["globals"]] = True
    chances = (
        torch.tensor(options["uniform"], dtype=torch.float64)
        .reshape(n, n)
        .masked_fill(chosen, -1.0)
    )
    order = torch.sort(chances, dim=1, descending=True, stable=True).indices[:, : options["random"]]
    lucky = torch.zeros(n, n).scatter(1, order, 1.0).bool() & (chances >= 0)
    return (chosen | lucky).int().tolist()


uniform = lambda n: o.uniform(n, n).tolist()
for n, block, window, globals_, random in (
    (8, 4, 3, 1, 1),
    (10, 2, 3, 2, 2),
    (9, 1, 5, 0, 1),
    (12, 3, 1, 1, 3),
    (7, 2, 3, 0, 0),
    (6, 2, 1, 0, 2),
):
    o.case(
        "values",
        f"{n} blocks, window {window}, {globals_} global, {random} random",
        [
            n * block,
            {
                "block": block,
                "window": window,
                "globals": globals_,
                "random": random,
                "uniform": uniform(n),
            },
        ],
        pattern,
    )
o.case(
    "values",
    "equal chances: the first",
    [12, {"block": 2, "window": 1, "globals": 0, "random": 2, "uniform": [[0.5] * 6] * 6}],
    pattern,
)
o.case(
    "property",
    "more random blocks than there are",
    [10, {"block": 2, "window": 3, "globals": 1, "random": 9, "uniform": uniform(5)}],
    pattern,
)
o.case(
    "property",
    "all blocks are global",
    [6, {"block": 2, "window": 1, "globals": 3, "random": 1, "uniform": uniform(3)}],
    pattern,
)
o.case(
    "property",
    "a window wider than the text",
    [6, {"block": 2, "window": 9, "globals": 0, "random": 1, "uniform": uniform(3)}],
    pattern,
)
o.case(
    "shapes",
    "one block",
    [4, {"block": 4, "window": 1, "globals": 0, "random": 1, "uniform": uniform(1)}],
    pattern,
)
o.error(
    "an even window",
    [8, {"block": 2, "window": 2, "globals": 1, "random": 1, "uniform": uniform(4)}],
    "window",
)
o.error(
    "block does not divide the length",
    [9, {"block": 2, "window": 3, "globals": 1, "random": 1, "uniform": uniform(4)}],
    "block",
)
o.error(
    "uniform is too small",
    [8, {"block": 2, "window": 3, "globals": 1, "random": 1, "uniform": uniform(3)}],
    "uniform",
)
o.error(
    "less than no random blocks",
    [8, {"block": 2, "window": 3, "globals": 1, "random": -1, "uniform": uniform(4)}],
    "random",
)
o.error(
    "more globals than blocks",
    [8, {"block": 2, "window": 3, "globals": 5, "random": 1, "uniform": uniform(4)}],
    "globals",
)
o.save()
