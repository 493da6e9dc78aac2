"""pagedAttention: each text by itself. Its pages are joined by a loop, and PyTorch's
scaled_dot_product_attention reads them, with grouped heads where there are fewer groups.
"""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("pagedAttention")


def attend(q, pages, tables, lengths):
    found = []
    for b, (table, length) in enumerate(zip(tables, lengths, strict=True)):
        k, v = (torch.cat([pages[n][page] for page in table])[:length] for n in "kv")  # [t, G, D]
        one = F.scaled_dot_product_attention(
            q[b][None, :, None], k.transpose(0, 1)[None], v.transpose(0, 1)[None], enable_gqa=True
        )
        found.append(one[0, :, 0])
    return torch.stack(found)


def drawn(N, S, G, D):
    return {"k": o.normal(N, S, G, D), "v": o.normal(N, S, G, D)}


def spoiled(pages, page, row):
    """NaN from a row of a page on, and in page 0."""
    for x in pages.values():
        x[page, row:] = torch.nan
        x[0] = torch.inf
    return pages


eight = drawn(8, 4, 2, 6)
o.case(
    "values",
    "three texts of different lengths",
    [o.normal(3, 2, 6), eight, [[3, 1], [5], [7, 0, 2]], [6, 3, 12]],
    attend,
)
o.case(
    "values",
    "four heads share two groups",
    [o.normal(2, 4, 6), eight, [[6, 2], [1, 4]], [7, 5]],
    attend,
)
o.case(
    "values",
    "a table has more pages than its text needs",
    [o.normal(2, 2, 6), eight, [[2, 5, 1], [4, 3, 0]], [3, 9]],
    attend,
)
o.case(
    "values",
    "a page ends with the text",
    [o.normal(2, 2, 6), eight, [[1, 6], [0, 7]], [8, 4]],
    attend,
)
o.case(
    "property",
    "two texts share a page",
    [o.normal(2, 2, 6), eight, [[4, 1], [4, 2]], [6, 7]],
    attend,
)
o.case(
    "property",
    "what else is in the pages isn't a number",
    [o.normal(2, 2, 5), spoiled(drawn(5, 4, 2, 5), 3, 2), [[2, 3, 0], [1, 0]], [6, 3]],
    attend,
)
o.case(
    "property", "large scores", [o.normal(2, 2, 6, scale=40), eight, [[3, 1], [5]], [6, 3]], attend
)
o.case(
    "shapes", "one text of one token", [o.normal(1, 3, 4), drawn(2, 3, 3, 4), [[1]], [1]], attend
)
o.case(
    "shapes",
    "pages of one token",
    [o.normal(2, 2, 4), drawn(6, 1, 1, 4), [[5, 0, 3], [2, 1]], [3, 2]],
    attend,
)
two = drawn(2, 2, 2, 4)
o.case(
    "gradient",
    "q, k and v",
    [o.normal(2, 2, 4), two, [[1, 0], [0]], [3, 2]],
    attend,
    wrt=["0", "1.k", "1.v"],
)
q = o.normal(1, 2, 6)
o.error("a table is too short", [q, eight, [[3]], [5]], "tables[0]")
o.error("a page isn't there", [q, eight, [[8]], [2]], "tables[0]")
o.error("a text without tokens", [q, eight, [[1]], [0]], "lengths[0]")
o.error("fewer tables than texts", [o.normal(2, 2, 6), eight, [[1]], [2]], "tables")
o.error("q has another width", [o.normal(1, 2, 5), eight, [[1]], [2]], "pages.k")
o.save()
