"""updateCodebook: the moving averages of van den Oord et al. 2017, appendix A.1, with Sonnet's
smoothing, by float64 loops.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def update(state, z, ids, decay, epsilon=1e-5):
    K, D = state["codebook"].shape
    counts, sums = [], []
    for k in range(K):
        mine = [z[i] for i in range(len(z)) if int(ids[i]) == k]
        counts.append(decay * state["counts"][k] + (1 - decay) * len(mine))
        sums.append(
            decay * state["sums"][k] + (1 - decay) * sum(mine, torch.zeros(D, dtype=torch.float64))
        )
    counts, sums = torch.stack(counts), torch.stack(sums)
    n = counts.sum()
    smoothed = (counts + epsilon) / (n + K * epsilon) * n
    return {"codebook": sums / smoothed[:, None], "counts": counts, "sums": sums}


o = Oracle("updateCodebook")


def state(K, D):
    counts = o.uniform(K, low=0.5, high=9)
    codebook = o.normal(K, D)
    return {"codebook": codebook, "counts": counts, "sums": codebook * counts[:, None]}


o.case("values", "five codes", [state(5, 3), o.normal(16, 3), o.ids(16, below=5), 0.9], update)
o.case(
    "values", "the paper's decay", [state(8, 4), o.normal(40, 4), o.ids(40, below=8), 0.99], update
)
o.case(
    "values", "a large epsilon", [state(4, 2), o.normal(6, 2), o.ids(6, below=4), 0.5, 0.3], update
)
o.case(
    "values",
    "decay zero: the means of this batch",
    [state(3, 2), o.normal(9, 2), torch.tensor([0, 1, 2] * 3).int(), 0],
    update,
)
o.case(
    "values",
    "decay one: nothing moves",
    [state(3, 2), o.normal(5, 2), o.ids(5, below=3), 1],
    update,
)
o.case(
    "property",
    "nobody chose two of the codes",
    [state(4, 3), o.normal(7, 3), torch.tensor([1, 1, 3, 1, 3, 3, 1]).int(), 0.8],
    update,
)
o.case("property", "no smoothing", [state(4, 3), o.normal(8, 3), o.ids(8, below=4), 0.7, 0], update)
o.case(
    "shapes",
    "one vector, one code",
    [state(1, 1), o.normal(1, 1), torch.zeros(1).int(), 0.9],
    update,
)
o.case(
    "shapes",
    "more codes than vectors",
    [state(9, 2), o.normal(2, 2), o.ids(2, below=9), 0.9],
    update,
)
o.case(
    "gradient",
    "the vectors and the old averages",
    [state(3, 2), o.normal(6, 2), o.ids(6, below=3), 0.6],
    update,
    wrt=["0.counts", "0.sums", "1"],
    terms=10,
)
o.error("z has another width", [state(3, 2), o.normal(4, 3), o.ids(4, below=3), 0.9], "z")
o.error("z is a grid", [state(3, 2), o.normal(2, 2, 2), o.ids(4, below=3), 0.9], "z")
o.error("there is an id too few", [state(3, 2), o.normal(4, 2), o.ids(3, below=3), 0.9], "ids")
o.error(
    "an id is beyond the codebook",
    [state(3, 2), o.normal(4, 2), torch.tensor([0, 2, 3, 1]).int(), 0.9],
    "ids",
)
o.error("an id is negative", [state(3, 2), o.normal(2, 2), torch.tensor([0, -1]).int(), 0.9], "ids")
o.error(
    "counts are of another codebook",
    [{**state(3, 2), "counts": o.uniform(4)}, o.normal(2, 2), o.ids(2, below=3), 0.9],
    "counts",
)
o.error("decay is above one", [state(3, 2), o.normal(2, 2), o.ids(2, below=3), 1.1], "decay")
o.error(
    "epsilon is negative", [state(3, 2), o.normal(2, 2), o.ids(2, below=3), 0.9, -1e-5], "epsilon"
)
rare = state(4, 3)
rare |= {"counts": rare["counts"] * 1e-3, "sums": rare["sums"] * 1e-3}
o.case(
    "property",
    "no smoothing of codes that were hardly chosen",
    [rare, o.normal(8, 3), o.ids(8, below=4), 1, 0],
    update,
)
o.save()
