"""fuseTracks: torch.nn.functional.embedding of each track, summed, in float64."""

import pathlib
import sys

import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("fuseTracks")
track = lambda B, N, size, C: {"ids": o.ids(B, N, below=size), "table": o.normal(size, C)}
fuse = lambda tracks: sum(F.embedding(t["ids"].long(), t["table"]) for t in tracks)
o.case(
    "values",
    "four tracks of a protein",
    [[track(1, 9, 21, 8), track(1, 9, 34, 8), track(1, 9, 4, 8), track(1, 9, 5, 8)]],
    fuse,
)
o.case("values", "two proteins", [[track(2, 5, 7, 3), track(2, 5, 3, 3)]], fuse)
o.case("values", "the same track twice counts twice", [[(twice := track(1, 4, 5, 4)), twice]], fuse)
o.case("shapes", "one track", [[track(2, 3, 5, 4)]], fuse)
o.case("shapes", "one residue", [[track(1, 1, 2, 4), track(1, 1, 1, 4)]], fuse)
o.case("shapes", "width one", [[track(2, 3, 5, 1), track(2, 3, 4, 1)]], fuse)
o.case(
    "gradient",
    "two tables",
    [[track(1, 6, 4, 3), track(1, 6, 8, 3)]],
    fuse,
    wrt=["0.0.table", "0.1.table"],
)
o.case("gradient", "rows that nobody asks for", [[track(1, 2, 9, 3)]], fuse, wrt=["0.0.table"])
o.error("no tracks", [[]], "track")
o.error("tables of two widths", [[track(1, 4, 5, 3), track(1, 4, 5, 4)]], "table")
o.error("tracks of two lengths", [[track(1, 4, 5, 3), track(1, 5, 5, 3)]], "ids")
o.error("ids without a batch", [[{"ids": o.ids(4, below=5), "table": o.normal(5, 3)}]], "ids")
o.error(
    "ids that are no whole numbers", [[{"ids": o.normal(1, 4), "table": o.normal(5, 3)}]], "ids"
)
o.save()
