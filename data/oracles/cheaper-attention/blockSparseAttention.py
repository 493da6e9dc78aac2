"""blockSparseAttention: torch's scaled_dot_product_attention in float64 under the expanded mask."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import attend  # noqa: E402

o = Oracle("blockSparseAttention")
qkv = lambda B, H, T, D: [o.normal(B, H, T, D) for _ in range(3)]
full = lambda n: [[1] * n] * n


def sparse(q, k, v, blocks, block):
    mask = (
        torch.tensor(blocks, dtype=torch.float64)
        .repeat_interleave(block, 0)
        .repeat_interleave(block, 1)
    )
    return attend(q, k, v, {"mask": mask})["output"]


BIRD = [[1, 1, 1, 1, 1], [1, 1, 1, 0, 1], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1], [1, 0, 0, 1, 1]]
LOWER = [[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]
GAPS = [[0, 1, 0], [0, 0, 0], [1, 0, 1]]
o.case("values", "BigBird's pattern", [*qkv(2, 2, 15, 4), BIRD, 3], sparse)
o.case("values", "a band below the diagonal", [*qkv(1, 2, 8, 4), LOWER, 2], sparse)
o.case("values", "all blocks", [*qkv(1, 2, 9, 4), full(3), 3], sparse)
o.case("values", "blocks of one token", [*qkv(1, 1, 5, 4), BIRD, 1], sparse)
o.case(
    "values",
    "one block for each row, none on the diagonal",
    [*qkv(1, 1, 6, 4), [[0, 0, 1], [1, 0, 0], [0, 1, 0]], 2],
    sparse,
)
o.case(
    "values",
    "large scores",
    [8 * o.normal(1, 1, 8, 16), 8 * o.normal(1, 1, 8, 16), o.normal(1, 1, 8, 16), LOWER, 2],
    sparse,
    widen=30,
)  # float32 rounds scores of a hundred
o.case("property", "queries without a block get zeros", [*qkv(1, 2, 6, 4), GAPS, 2], sparse)
o.case("property", "no block at all", [*qkv(1, 2, 4, 4), [[0, 0], [0, 0]], 2], sparse)
o.case("shapes", "one block, one token", [*qkv(1, 1, 1, 1), [[1]], 1], sparse)
o.case("shapes", "no tokens", [*qkv(1, 2, 0, 4), [], 2], lambda *_: torch.zeros(1, 2, 0, 4))
o.case("gradient", "q, k, v", [*qkv(1, 2, 8, 3), LOWER, 2], sparse, wrt=["0", "1", "2"], terms=10)
o.case(
    "gradient",
    "a row and a column without blocks",
    [*qkv(1, 1, 6, 3), [[1, 0, 0], [0, 0, 0], [1, 0, 1]], 2],
    sparse,
    wrt=["0", "1", "2"],
    terms=10,
)
o.case(
    "gradient",
    "no block at all",
    [*qkv(1, 1, 4, 3), [[0, 0], [0, 0]], 2],
    sparse,
    wrt=["0", "1", "2"],
    terms=10,
)
o.error("block does not divide the text", [*qkv(1, 1, 7, 2), full(3), 2], "block")
o.error("blocks has too few rows", [*qkv(1, 1, 6, 2), full(2), 2], "blocks")
o.error("blocks has a short row", [*qkv(1, 1, 4, 2), [[1, 1], [1]], 2], "blocks")
o.error(
    "k is longer than q",
    [o.normal(1, 1, 4, 2), o.normal(1, 1, 6, 2), o.normal(1, 1, 6, 2), full(2), 2],
    "k",
)
o.error("no tokens in a block", [*qkv(1, 1, 4, 2), full(2), 0], "block")
o.save()
