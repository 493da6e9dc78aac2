"""alibiSlopes: transformers' build_alibi_tensor of BLOOM, whose second column is the slope."""

import pathlib
import sys

import torch
from transformers.models.bloom.modeling_bloom import build_alibi_tensor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("alibiSlopes")
slopes = lambda heads: build_alibi_tensor(torch.ones(1, 2), heads, torch.float64)[:, 0, 1]
for H in (1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 31, 32, 112):
    o.case("values" if H > 1 else "shapes", f"{H} heads" if H > 1 else "one head", [H], slopes)
o.error("no heads", [0], "heads")
o.error("half a head", [1.5], "heads")
o.save()
