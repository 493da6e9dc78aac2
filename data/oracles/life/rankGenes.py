"""rankGenes: Geneformer's rank value encoding in NumPy, in exact fractions, so that equals are
equal: counts to 10,000 a cell, divided by the gene's median, sorted stably from high to low."""

import pathlib
import sys
from fractions import Fraction

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES, random_counts  # noqa: E402
from oracle import Oracle  # noqa: E402


def rank(counts, medians, length):
    counts, medians = counts.numpy(), medians.numpy()
    tokens = np.zeros((len(counts), length), dtype=np.int32)
    for cell, row in enumerate(counts):
        total = sum(map(Fraction, row.tolist()))
        present = [gene for gene in range(len(row)) if row[gene] != 0]
        scaled = {
            gene: Fraction(row[gene]) / total * 10_000 / Fraction(medians[gene]) for gene in present
        }
        ranked = sorted(present, key=lambda gene: -scaled[gene])[:length]
        tokens[cell, : len(ranked)] = np.array(ranked) + 1
    return torch.from_numpy(tokens)


o = Oracle("rankGenes", packages=PACKAGES)
cells = lambda n, genes, **more: torch.from_numpy(random_counts(o.rng, n, genes, **more))
o.case(
    "values",
    "a cell by hand",
    [torch.tensor([[4.0, 0, 6, 1]]), torch.tensor([1.0, 2, 2, 0.5]), 4],
    rank,
)
o.case("values", "some cells", [cells(4, 20), o.uniform(20, low=0.2, high=5), 12], rank)
o.case(
    "values",
    "the median turns the order round",
    [torch.tensor([[100.0, 2, 1]]), torch.tensor([200.0, 2, 0.5]), 3],
    rank,
)
o.case(
    "values",
    "counts on another scale",
    [cells(3, 12) * torch.tensor([[1.0], [100], [0.01]]), o.uniform(12, low=0.5, high=2), 6],
    rank,
)
o.case(
    "values",
    "log-normalised values taken back",
    [
        torch.expm1(o.uniform(3, 30, low=0, high=4) * (o.uniform(3, 30) < 0.4)),
        o.uniform(30, low=0.2, high=3),
        16,
    ],
    rank,
)
o.case("property", "equals by gene", [torch.tensor([[2.0, 5, 2, 5, 0, 2]]), torch.ones(6), 6], rank)
o.case("property", "many equals", [cells(3, 40, mean=1), torch.ones(40), 40], rank)
o.case(
    "property",
    "a median of a gene that is not there does not matter",
    [torch.tensor([[0.0, 2, 1]]), torch.tensor([0.0, 1, 1]), 2],
    rank,
)
o.case(
    "shapes", "fewer places than genes", [cells(2, 10, share=1, mean=50), torch.ones(10), 3], rank
)
o.case("shapes", "more places than genes", [cells(2, 3), torch.ones(3), 8], rank)
o.case(
    "shapes", "a cell without counts", [torch.tensor([[0.0, 0], [0, 3]]), torch.ones(2), 2], rank
)
o.case("shapes", "one gene, one cell, one place", [torch.ones(1, 1), torch.ones(1), 1], rank)
o.case("shapes", "no cells", [torch.zeros(0, 4), torch.ones(4), 3], rank)
o.case(
    "shapes",
    "whole numbers as int32",
    [torch.tensor([[3, 0, 4]], dtype=torch.int32), torch.ones(3), 3],
    rank,
)
o.error("a negative count", [torch.tensor([[1.0, 2], [3, -1]]), torch.ones(2), 2], "counts")
o.error("NaN", [torch.tensor([[1.0, float("nan")]]), torch.ones(2), 2], "counts")
o.error("an infinite count", [torch.tensor([[1.0, float("inf")]]), torch.ones(2), 2], "counts")
o.error("medians of other genes", [torch.ones(2, 3), torch.ones(4), 2], "medians")
o.error("a median of 0", [torch.ones(2, 3), torch.tensor([1.0, 0, 1]), 2], "medians")
o.error("counts of one cell as a list", [torch.ones(3), torch.ones(3), 2], "counts")
o.error("no places", [torch.ones(2, 3), torch.ones(3), 0], "length")
o.save()
