"""matMulKernel: torch.matmul in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("matMulKernel")
pair = lambda M, K, N: [o.normal(M, K), o.normal(K, N)]
o.case("values", "one tile", pair(16, 16, 16), torch.matmul, terms=20)
o.case("values", "many tiles", pair(48, 32, 32), torch.matmul, terms=30)
o.case("shapes", "sizes that 16 does not divide", pair(17, 33, 15), torch.matmul, terms=30)
o.case("shapes", "one number", pair(1, 1, 1), torch.matmul)
o.case("shapes", "a column times a row", pair(18, 1, 20), torch.matmul)
o.save()
