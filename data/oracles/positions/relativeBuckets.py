"""relativeBuckets: transformers' T5Attention._relative_position_bucket."""

import pathlib
import sys

import torch
from transformers.models.t5.modeling_t5 import T5Attention

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("relativeBuckets")


def buckets(queries, keys, options):
    offsets = torch.arange(keys)[None] - torch.arange(queries)[:, None]
    found = T5Attention._relative_position_bucket(
        offsets, options["bidirectional"], options["buckets"], options["maxDistance"]
    )
    return found.int()


both, past = (
    {"buckets": 32, "maxDistance": 128, "bidirectional": True},
    {"buckets": 32, "maxDistance": 128, "bidirectional": False},
)
for says, options in (("T5's encoder", both), ("T5's decoder", past)):
    o.case("values", f"{says}, ten tokens", [10, 10, options], buckets)
    o.case("values", f"{says}, far ahead", [2, 150, options], buckets)
    o.case("values", f"{says}, far back", [150, 2, options], buckets)
o.case(
    "values",
    "eight buckets to distance 20",
    [30, 30, {"buckets": 8, "maxDistance": 20, "bidirectional": True}],
    buckets,
)
o.case(
    "values",
    "an odd number of buckets",
    [40, 25, {"buckets": 13, "maxDistance": 30, "bidirectional": True}],
    buckets,
)
o.case(
    "values",
    "an odd number of buckets, past only",
    [40, 25, {"buckets": 7, "maxDistance": 30, "bidirectional": False}],
    buckets,
)
o.case(
    "values",
    "the fewest buckets",
    [6, 9, {"buckets": 4, "maxDistance": 4, "bidirectional": True}],
    buckets,
)
o.case("shapes", "one query", [1, 5, both], buckets)
o.case("shapes", "more queries than keys", [7, 2, past], buckets)
o.case("shapes", "no keys", [3, 0, both], buckets)
o.error(
    "one bucket for each direction",
    [3, 3, {"buckets": 2, "maxDistance": 9, "bidirectional": True}],
    "buckets",
)
o.error(
    "a distance that has a bucket of its own",
    [3, 3, {"buckets": 32, "maxDistance": 8, "bidirectional": True}],
    "maxDistance",
)
o.error("half a query", [2.5, 3, both], "queries")
o.save()
