"""The same GPT in PyTorch, as a user would write it: its own layers, fused attention and AdamW, on
all threads of the processor.
"""

import json
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SIZES = {
    "small": dict(L=2, C=64, T=64, B=16, H=4, V=65),
    "large": dict(L=4, C=128, T=128, B=16, H=4, V=65),
}

TOKENS = 48  # generated before the clock starts


class Block(nn.Module):
    def __init__(self, C, H):
        super().__init__()
        self.norm1, self.norm2, self.H = nn.LayerNorm(C), nn.LayerNorm(C), H
        self.qkv, self.o = nn.Linear(C, 3 * C), nn.Linear(C, C)
        self.up, self.down = nn.Linear(C, 4 * C), nn.Linear(4 * C, C)

    def forward(self, x, cache=None):
        B, T, C = x.shape
        q, k, v = (
            y.view(B, T, self.H, C // self.H).transpose(1, 2)
            for y in self.qkv(self.norm1(x)).split(C, -1)
        )
        if cache is not None:
            k, v = (
                (torch.cat([old, new], 2) for old, new in zip(cache, (k, v))) if cache else (k, v)
            )
            cache[:] = [k, v]
        y = F.scaled_dot_product_attention(q, k, v, is_causal=cache is None)
        x = x + self.o(y.transpose(1, 2).reshape(B, T, C))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))


class Gpt(nn.Module):
    def __init__(self, L, C, T, H, V, **_):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(V, C), nn.Embedding(T, C)
        self.blocks, self.norm = nn.ModuleList(Block(C, H) for _ in range(L)), nn.LayerNorm(C)
        for p in self.parameters():
            nn.init.normal_(p, std=0.02) if p.dim() == 2 else None

    def forward(self, ids, caches=None):
        first = caches[0][0].shape[2] if caches and caches[0] else 0
        x = self.tokens(ids) + self.positions.weight[first : first + ids.shape[1]]
        for i, block in enumerate(self.blocks):
            x = block(x, None if caches is None else caches[i])
        return F.linear(self.norm(x), self.tokens.weight)


def median_ms(step, warm, runs):
    times = []
    for i in range(warm + runs):
        start = time.perf_counter()
        step()
        if i >= warm:
            times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times))


def training(size):
    model = Gpt(**size)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    ids = torch.randint(size["V"], (size["B"], size["T"] + 1))

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
        loss.backward()
        optimizer.step()
        loss.item()

    return step


def generation(size):
    model = Gpt(**size).eval()
    state = {}

    @torch.inference_mode()
    def step():
        if not state or state["caches"][0][0].shape[2] == size["T"]:
            state.update(
                caches=[[] for _ in range(size["L"])], ids=torch.zeros(1, 1, dtype=torch.long)
            )
        logits = model(state["ids"], state["caches"])
        state["ids"] = logits[:, -1].argmax(-1, keepdim=True)

    return step


torch.manual_seed(0)
measures = {}
for name, warm, runs in (("small", 30, 60), ("large", 5, 8)):
    size = SIZES[name]
    measures[f"training step, {name}"] = dict(
        value=median_ms(training(size), warm, runs), unit="ms", better="less"
    )
    measures[f"generated token, {name}"] = dict(
        value=median_ms(generation(size), TOKENS, size["T"]), unit="ms", better="less"
    )
print(json.dumps(measures))
