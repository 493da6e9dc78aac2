"""acceptDraft: transformers' own speculative sampling (_speculative_sampling, generation/utils.py),
whose two sources of randomness are given the uniforms; torch.multinomial becomes a search in the
running sum. In float64, so that no comparison is closer than rounding.
"""

import pathlib
import sys

import torch
from transformers.generation import utils

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("acceptDraft")


def accept(drafted, draft, target, uniforms):
    K = len(drafted)
    p = torch.tensor(target, dtype=torch.float64)
    if K == 0:
        return [pick(p[0], uniforms[0])]
    q = torch.tensor(draft, dtype=torch.float64)
    rand, multinomial = torch.rand_like, torch.multinomial
    # their comparison accepts r <= p/q; a uniform on the border itself is left to the tests
    torch.rand_like = lambda x: torch.tensor([uniforms[:K]], dtype=torch.float64)
    torch.multinomial = lambda x, num_samples: torch.tensor([[pick(x[0], uniforms[K])]])
    try:
        ids, matches = utils._speculative_sampling(
            torch.tensor([drafted]), q.log()[None], K, p.log()[None]
        )
    finally:
        torch.rand_like, torch.multinomial = rand, multinomial
    found = [int(i) for i in ids[0]]
    assert len(found) == int(matches) + 1
    return found


def pick(weights, uniform):
    sums = weights.cumsum(0)
    return int(torch.searchsorted(sums, uniform * sums[-1], right=True))


def rows(n, V, sharp=1.0):
    logits = torch.from_numpy(o.rng.standard_normal((n, V))) * sharp
    return [[float(x) for x in row] for row in logits.softmax(-1)]


def uniforms(n):
    return [float(u) for u in o.rng.uniform(0, 1, n)]


def drawn(draft):
    return [pick(torch.tensor(row, dtype=torch.float64), float(o.rng.uniform())) for row in draft]


for i in range(6):
    q, p = rows(4, 6, 1.5), rows(5, 6, 1.5)
    o.case("values", f"four drafted tokens, draw {i + 1}", [drawn(q), q, p, uniforms(5)], accept)
q, p = rows(3, 8), rows(4, 8)
ids = drawn(q)
o.case(
    "values", "all accepted: a fourth comes from the target", [ids, q, p, [0.0] * 3 + [0.6]], accept
)
bad = [[0.0, 0.0, 1.0], [0.5, 0.25, 0.25]]
good = [[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [1.0, 0.0, 0.0]]
o.case(
    "values", "the target can't write the first token", [[2, 0], bad, good, [0.2, 0.1, 0.7]], accept
)
far = [[0.9, 0.05, 0.05], [0.9, 0.05, 0.05]]
near = [[0.05, 0.05, 0.9], [0.3, 0.3, 0.4], [0.2, 0.3, 0.5]]
o.case(
    "values",
    "what is missing is drawn, not what the target likes",
    [[0, 0], far, near, [0.8, 0.1, 0.02]],
    accept,
)
same = rows(3, 5)
o.case(
    "property",
    "the draft is the target: all accepted",
    [drawn(same[:2]), same[:2], same, [0.99, 0.999, 0.4]],
    accept,
)
o.case(
    "property",
    "the second is rejected, the third doesn't count",
    [
        [0, 0, 1],
        [[0.5, 0.5]] * 3,
        [[0.6, 0.4], [0.1, 0.9], [0.2, 0.8], [0.5, 0.5]],
        [0.7, 0.7, 0.0, 0.3],
    ],
    accept,
)
o.case("shapes", "nothing drafted", [[], [], [[0.2, 0.5, 0.3]], [0.6]], accept)
o.case(
    "shapes", "one token drafted", [[1], [[0.5, 0.5]], [[0.9, 0.1], [0.4, 0.6]], [0.5, 0.5]], accept
)
half = [[0.5, 0.5]]
o.error("target has as many rows as draft", [[0], half, half, [0.1, 0.2]], "target")
o.error("draft has another width", [[0], [[0.5, 0.25, 0.25]], half * 2, [0.1, 0.2]], "draft")
o.error("a uniform is 1", [[0], half, half * 2, [0.1, 1.0]], "uniforms")
o.error("too few uniforms", [[0], half, half * 2, [0.1]], "uniforms")
o.error(
    "the draft can't draw a drafted token", [[0], [[0.0, 1.0]], half * 2, [0.1, 0.2]], "drafted[0]"
)
o.save()
