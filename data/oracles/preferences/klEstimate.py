"""klEstimate: from the ratio r = π_ref / π itself, as in Schulman's note, in float64: −log r,
(log r)² / 2 and (r − 1) − log r. Their means over all answers of a small vocabulary, weighted by π,
are checked against PyTorch's kl_div: k1's and k3's are the divergence, k2's isn't.
"""

import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("klEstimate")


def estimate(new, ref, kind="k3"):
    r = torch.exp(ref - new)
    log = torch.log(r)
    return {"k1": -log, "k2": log**2 / 2, "k3": (r - 1) - log}[kind]


pi, ref = (o.normal(6).double().log_softmax(-1) for _ in range(2))
divergence = F.kl_div(ref, pi, log_target=True, reduction="sum")
for kind, unbiased in [("k1", True), ("k2", False), ("k3", True)]:
    mean = (pi.exp() * estimate(pi, ref, kind)).sum()
    assert (abs(mean - divergence) < 1e-12) == unbiased, (kind, mean, divergence)

near = lambda old, change: old + o.normal(*old.shape, scale=change)
log_probs = o.normal(3, 4, mean=-2.0)
for kind in ("k1", "k2", "k3"):
    o.case("values", f"{kind}", [log_probs, near(log_probs, 0.5), kind], estimate)
o.case("values", "no kind is given", [log_probs, near(log_probs, 0.5)], estimate)
up = torch.tensor([[0.5, 1.0, 2.0]])
o.case("values", "the reference is likelier", [up - 4, up * 2 - 4], estimate)
o.case("values", "the reference is less likely", [up * 2 - 4, up - 4], estimate)
for kind in ("k1", "k2", "k3"):
    o.case("property", f"{kind} of no change is 0", [log_probs, log_probs, kind], estimate)
small = torch.tensor([-0.5, -0.25, -1.0, -0.125])
steps = torch.tensor([13.0, -19.0, 21.0, -11.0]) / 2**14  # exact in float32
o.case("property", "differences of a thousandth", [small, small + steps, "k3"], estimate, widen=0.2)
o.case("shapes", "one sample", [o.normal(1), o.normal(1)], estimate)
o.case("shapes", "a scalar", [o.normal(), o.normal(), "k2"], estimate)
o.case("shapes", "three axes", [o.normal(2, 3, 2), o.normal(2, 3, 2), "k1"], estimate)
for kind in ("k1", "k2", "k3"):
    o.case("gradient", f"{kind}", [log_probs, near(log_probs, 0.5), kind], estimate, wrt=["0"])
o.error("another shape", [o.normal(2, 3), o.normal(3)], "refLogProbs")
o.error("another kind", [o.normal(2), o.normal(2), "k4"], "kind")
o.save()
