"""fillCertain: the rule written out with Python's stable sort over float64 probabilities of
torch.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def fill(ids, logits, options):
    probabilities = torch.softmax(logits, -1)
    places = [i for i, value in enumerate(ids.tolist()) if value == options["maskId"]]
    places.sort(key=lambda i: -float(probabilities[i].max()))  # stable: of equals the earlier
    out = ids.clone()
    for i in places[: options["count"]]:
        out[i] = int(probabilities[i].argmax())
    return out


o = Oracle("fillCertain")
ids = lambda *values: torch.tensor(values, dtype=torch.int32)
mask = lambda N, V, share: torch.where(o.uniform(N) < share, V, o.ids(N, below=V)).int()
o.case(
    "values",
    "half of sixteen are masked, three are filled",
    [mask(16, 5, 0.5), o.normal(16, 5, scale=2.0), {"maskId": 5, "count": 3}],
    fill,
)
o.case(
    "values",
    "all of twelve are masked, one is filled",
    [mask(12, 20, 2.0), o.normal(12, 20, scale=2.0), {"maskId": 20, "count": 1}],
    fill,
)
o.case(
    "values",
    "all of twelve are filled",
    [mask(12, 4, 2.0), o.normal(12, 4), {"maskId": 4, "count": 12}],
    fill,
)
o.case(
    "values",
    "large logits are not certain by themselves",
    [
        ids(3, 3, 3),
        torch.tensor([[90.0, 89.9, 89.8], [2, 0, 0], [50, 50, 50]]),
        {"maskId": 3, "count": 1},
    ],
    fill,
)
o.case(
    "values",
    "the mask is far away",
    [ids(-7, 0, -7, 2), o.normal(4, 3), {"maskId": -7, "count": 1}],
    fill,
)
o.case(
    "property",
    "equals: the earlier places first",
    [ids(7, 7, 7, 7), torch.tensor([[1.0, 3], [3, 1], [1, 3], [2, 2]]), {"maskId": 7, "count": 2}],
    fill,
)
o.case(
    "property",
    "filled places do not use up the count",
    [
        ids(4, 1, 4, 2),
        torch.tensor([[0.0, 0, 1], [9, 0, 0], [0, 2, 0], [0, 0, 9]]),
        {"maskId": 4, "count": 1},
    ],
    fill,
)
o.case(
    "property",
    "more asked for than masked",
    [ids(6, 0, 6), o.normal(3, 4), {"maskId": 6, "count": 5}],
    fill,
)
o.case(
    "property",
    "one kind only: every place is certain",
    [ids(1, 1, 0), o.normal(3, 1), {"maskId": 1, "count": 1}],
    fill,
)
o.case("shapes", "one place", [ids(2), o.normal(1, 2), {"maskId": 2, "count": 1}], fill)
o.case(
    "shapes", "nothing is masked", [ids(0, 1, 1), o.normal(3, 2), {"maskId": 2, "count": 2}], fill
)
o.case(
    "shapes", "nothing is asked for", [ids(2, 2), o.normal(2, 2), {"maskId": 2, "count": 0}], fill
)
o.error(
    "the mask is an id of the model",
    [ids(1, 0), o.normal(2, 3), {"maskId": 2, "count": 1}],
    "maskId",
)
o.error(
    "logits of another length", [ids(5, 0), o.normal(3, 3), {"maskId": 5, "count": 1}], "logits"
)
o.error("half a place", [ids(5, 0), o.normal(2, 3), {"maskId": 5, "count": 0.5}], "count")
o.error("fewer than none", [ids(5, 0), o.normal(2, 3), {"maskId": 5, "count": -1}], "count")
o.error("ids of two axes", [o.ids(1, 2, below=2), o.normal(2, 3), {"maskId": 5, "count": 1}], "ids")
o.save()
