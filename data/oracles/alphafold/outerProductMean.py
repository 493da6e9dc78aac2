"""outerProductMean: openfold3's OuterProductMean in float64 without its output bias, which it
divides too; bOut is added behind, as our contract says.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from pair_peers import PACKAGES, init, layer_norm, norm, run, weight, with_biases  # noqa: E402
from openfold3.core.model.layers.outer_product_mean import OuterProductMean  # needs pair_peers

o = Oracle("outerProductMean", packages=PACKAGES)


def weights(C, c, Cz, biases=False):
    p = {
        "norm": norm(o, C),
        "wA": weight(o, C, c),
        "wB": weight(o, C, c),
        "wOut": weight(o, c * c, Cz),
    }
    return p | (
        {"bA": o.normal(c, scale=0.5), "bB": o.normal(c, scale=0.5), "bOut": o.normal(Cz)}
        if biases
        else {}
    )


def peer(msa, p, options={}):
    c, Cz = p["wA"].shape[1], p["wOut"].shape[1]
    config = with_biases(init.opm_init, ["linear_1", "linear_2"]) if "bA" in p else init.opm_init
    state = layer_norm("layer_norm", p["norm"]) | {
        "linear_1.weight": p["wA"].T,
        "linear_2.weight": p["wB"].T,
        "linear_out.weight": p["wOut"].T,
        "linear_out.bias": torch.zeros(Cz).double(),
    }
    state |= {"linear_1.bias": p["bA"], "linear_2.bias": p["bB"]} if "bA" in p else {}
    mask = options.get("mask")
    z = run(
        OuterProductMean(
            msa.shape[-1], Cz, c, eps=options.get("eps", 1e-3), linear_init_params=config
        ),
        state,
        msa,
        mask=None if mask is None else mask.double(),
    )
    return z + p["bOut"] if "bOut" in p else z


def by_loops(msa, p, options={}):
    """Algorithm 10, letter by letter, for widths that differ."""
    n = torch.nn.functional.layer_norm(msa, msa.shape[-1:], p["norm"]["gamma"], p["norm"]["beta"])
    a, b = n @ p["wA"], n @ p["wB"]
    B, R, N, _ = msa.shape
    z = torch.zeros(B, N, N, p["wOut"].shape[1]).double()
    for x in range(B):
        for i in range(N):
            for j in range(N):
                z[x, i, j] = sum(
                    torch.outer(a[x, r, i], b[x, r, j]).flatten() @ p["wOut"] for r in range(R)
                ) / (1e-3 + R)
    return z


some = torch.tensor([[1.0, 1, 0, 1], [1, 0, 0, 1], [1, 1, 1, 0]])[None]
every = ["0"] + [f"1.{name}" for name in ("wA", "wB", "wOut", "norm.gamma", "norm.beta")]
o.case("values", "three sequences", [o.normal(1, 3, 4, 5), weights(5, 3, 4)], peer)
o.case(
    "values",
    "two alignments, with biases",
    [o.normal(2, 4, 3, 5), weights(5, 2, 6, biases=True)],
    peer,
)
o.case(
    "values",
    "gaps masked",
    [o.normal(1, 3, 4, 5), weights(5, 3, 4, biases=True), {"mask": some}],
    peer,
)
o.case(
    "values",
    "gaps masked, int32, eps 0.1",
    [o.normal(1, 3, 4, 5), weights(5, 3, 4), {"mask": some.int(), "eps": 0.1}],
    peer,
)
o.case(
    "values",
    "wA and wB of different widths",
    [o.normal(1, 3, 4, 5), {**weights(5, 2, 4), "wB": o.normal(5, 3), "wOut": o.normal(6, 4)}],
    by_loops,
)
o.case(
    "property",
    "two residues never present together: bOut is left there",
    [o.normal(1, 2, 2, 4), weights(4, 2, 3, biases=True), {"mask": torch.eye(2)[None]}],
    peer,
    widen=1000,
)  # divided by eps, a thousand times what is left of rounding
o.case("shapes", "one sequence", [o.normal(1, 1, 4, 5), weights(5, 3, 4)], peer)
o.case("shapes", "one residue, one channel", [o.normal(1, 3, 1, 4), weights(4, 1, 1)], peer)
o.case(
    "gradient",
    "alignment and all weights",
    [o.normal(1, 3, 3, 4), weights(4, 2, 3)],
    peer,
    wrt=every,
    terms=10,
)
o.case(
    "gradient",
    "gaps masked, with biases",
    [o.normal(1, 3, 4, 4), weights(4, 2, 3, biases=True), {"mask": some}],
    peer,
    wrt=every + ["1.bA", "1.bB", "1.bOut"],
    terms=10,
)
o.error("msa lacks an axis", [o.normal(3, 4, 5), weights(5, 3, 4)], "msa")
o.error(
    "wOut has as many rows as wA has columns",
    [o.normal(1, 3, 4, 5), {**weights(5, 3, 4), "wOut": o.normal(3, 4)}],
    "wOut",
)
o.error(
    "mask is turned",
    [o.normal(1, 3, 4, 5), weights(5, 3, 4), {"mask": torch.ones(1, 4, 3)}],
    "mask",
)
half = weights(4, 3, 5)
o.case(
    "values",
    "each alignment has its own gaps",
    [
        o.normal(2, 3, 4, 4),
        half,
        {
            "mask": torch.tensor([[[1.0, 1, 0, 1], [1, 0, 1, 1], [1, 1, 1, 0]]] * 2)
            * (o.uniform(2, 3, 4) < 0.7)
        },
    ],
    peer,
)
o.case("values", "eps 0", [o.normal(1, 3, 4, 4), half, {"eps": 0.0}], peer)
o.save()
