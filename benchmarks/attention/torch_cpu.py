"""The same in PyTorch on the CPU: its scaled_dot_product_attention, plain and under the masks of
window and pattern; the formulas else.
"""

import json
import math
import time

import torch
from torch.nn.functional import elu
from torch.nn.functional import scaled_dot_product_attention as attend

D, WINDOW, BLOCK, ENOUGH, ROUNDS, WARM = 64, 256, 64, 1.0, 3, 0.3


def naive(q, k, v, *_):
    return torch.softmax(q @ k.transpose(2, 3) / math.sqrt(D), -1) @ v


def linear(q, k, v, *_):
    q, k = elu(q) + 1, elu(k) + 1
    return q @ (k.transpose(2, 3) @ v) / (q @ k.sum(2, keepdim=True).transpose(2, 3) + 1e-6)


def pattern(T):
    """A window of three blocks, one global block, two by chance: as many as BigBird's pattern
    has.
    """
    n = T // BLOCK
    place = torch.arange(n)
    blocks = ((place[:, None] - place).abs() <= 1) | (place == 0) | (place[:, None] == 0)
    blocks |= (
        torch.zeros(n, n).scatter(
            1, torch.rand(n, n).masked_fill(blocks, -1).topk(min(2, n)).indices, 1.0
        )
        > 0
    )
    return blocks.repeat_interleave(BLOCK, 0).repeat_interleave(BLOCK, 1)


def band(T):
    place = torch.arange(T)
    return (place[:, None] - place).abs() < WINDOW


WAYS = {
    "naive": (4096, naive, None),
    "flash": (16384, lambda q, k, v, _: attend(q, k, v), None),
    "window": (16384, lambda q, k, v, mask: attend(q, k, v, attn_mask=mask), band),
    "sparse": (16384, lambda q, k, v, mask: attend(q, k, v, attn_mask=mask), pattern),
    "linear": (16384, linear, None),
}


def milliseconds(f):
    begun = time.perf_counter()
    while time.perf_counter() - begun < WARM:
        f()
    times = []
    while len(times) < ROUNDS and sum(times) < ENOUGH:
        start = time.perf_counter()
        f()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


torch.manual_seed(1)
measures = {}
with torch.inference_mode():
    for T in (256, 1024, 4096, 16384):
        q, k, v = (torch.randn(1, 1, T, D) for _ in range(3))
        for name, (longest, f, mask) in WAYS.items():
            if T <= longest:
                of = mask(T) if mask else None
                measures[f"{name}, {T} tokens"] = {
                    "value": milliseconds(lambda: f(q, k, v, of)),
                    "unit": "ms",
                    "better": "less",
                }
print(json.dumps(measures))
