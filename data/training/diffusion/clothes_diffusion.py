"""A denoiser of small pictures of clothes, and their judge:
data/checkpoints/clothes-diffusion.safetensors.

The pictures are Fashion-MNIST's at 14 × 14 pixels (the mean of each four), shifted and scaled to
mean 0 and deviation 0.5 over all pixels of the first 8,000. The denoiser is EDM's (Karras et al.
2022, arXiv:2206.00364, table 1) around a network without convolutions: 196 numbers to width 256,
three residual blocks, 196 numbers; noise level and kind of clothes are added to its stream. The
kind is left out in 15 % of the cases (row 10 of the table), so that one network denoises with and
without it. Saved is a moving average of the weights. The judge, 196 → 64 → 10, learns from the
same pictures with noise of 0.05. Takes some two minutes of one core.
"""

import gzip
import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from edm import descend, follow, loss_of, optimizer_of, waves
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
SEEN, C, HIDDEN, BLOCKS, SIGMA_DATA = 8000, 256, 160, 3, 0.5
BATCH, STEPS, RATE, DROPPED = 256, 10_000, 2e-3, 0.15


def pictures():
    """[9000, 196] of mean 0 and deviation 0.5, kinds, and the mean and deviation of the pixels"""
    file = lambda name: ROOT / "data" / f"fashion-mnist-{name}.idx.gz"
    read = lambda name: gzip.decompress(file(name).read_bytes())
    raw = torch.frombuffer(bytearray(read("images")[16:]), dtype=torch.uint8)
    kinds = torch.frombuffer(bytearray(read("labels")[8:]), dtype=torch.uint8)
    small = F.avg_pool2d(raw.float().div(255).reshape(-1, 1, 28, 28), 2).flatten(1)
    pixels = torch.stack([small[:SEEN].mean(), small[:SEEN].std()])
    return (small - pixels[0]) / pixels[1] * SIGMA_DATA, kinds.long(), pixels


def start():
    weight = lambda rows, columns, scale=1.0: scale * torch.randn(rows, columns) / math.sqrt(rows)
    w = {"wIn": weight(196, C), "bIn": torch.zeros(C), "wNoise": weight(32, C)}
    w |= {"kinds": 0.3 * torch.randn(11, C)}
    for i in range(BLOCKS):
        w |= {f"{i}.gamma": torch.ones(C), f"{i}.beta": torch.zeros(C)}
        w |= {f"{i}.w1": weight(C, HIDDEN), f"{i}.b1": torch.zeros(HIDDEN)}
        w |= {f"{i}.w2": weight(HIDDEN, C, 0.5), f"{i}.b2": torch.zeros(C)}
    w |= {"gamma": torch.ones(C), "beta": torch.zeros(C)}
    w |= {"wOut": weight(C, 196, 0.1), "bOut": torch.zeros(196)}
    return {name: v.requires_grad_(True) for name, v in w.items()}


def network(w, x, c_noise, kinds):
    h = x @ w["wIn"] + w["bIn"] + waves(c_noise) @ w["wNoise"] + w["kinds"][kinds]
    for i in range(BLOCKS):
        n = F.layer_norm(h, (C,), w[f"{i}.gamma"], w[f"{i}.beta"])
        h = h + F.gelu(n @ w[f"{i}.w1"] + w[f"{i}.b1"]) @ w[f"{i}.w2"] + w[f"{i}.b2"]
    return F.layer_norm(h, (C,), w["gamma"], w["beta"]) @ w["wOut"] + w["bOut"]


def loss_on(w, x, kinds, sigma, generator=None):
    named = lambda z, c_noise: network(w, z, c_noise, kinds)
    return loss_of(named, x, sigma, SIGMA_DATA, generator)


def held_out(w, x, kinds):
    generator = torch.Generator().manual_seed(5)
    sigma = (torch.randn(len(x), generator=generator) * 1.4 - 0.6).exp()
    with torch.no_grad():
        return loss_on(w, x, kinds, sigma, generator).item()


def train(x, kinds):
    w = start()
    average = {name: v.detach().clone() for name, v in w.items()}
    optimizer, schedule = optimizer_of(w, RATE, STEPS)
    for step in range(STEPS + 1):
        at = torch.randint(SEEN, (BATCH,))
        sigma = (torch.randn(BATCH) * 1.4 - 0.6).exp()
        shown = torch.where(torch.rand(BATCH) < DROPPED, 10, kinds[at])
        loss = loss_on(w, x[at], shown, sigma)
        descend(loss, optimizer, schedule)
        follow(average, w, step, 0.999)
        if step % 1000 == 0:
            losses = [held_out(average, x[a:b], kinds[a:b]) for a, b in ((0, SEEN), (SEEN, 9000))]
            print(step, [round(v, 4) for v in losses], flush=True)
    return average


def judge(x, kinds):
    net = torch.nn.Sequential(torch.nn.Linear(196, 64), torch.nn.GELU(), torch.nn.Linear(64, 10))
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.1)
    for _ in range(2500):
        at = torch.randint(SEEN, (BATCH,))
        loss = F.cross_entropy(net(x[at] + 0.05 * torch.randn(BATCH, 196)), kinds[at])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = (net(x[SEEN:]).argmax(-1) == kinds[SEEN:]).float().mean().item()
    print("the judge names", right, flush=True)
    w = {"w1": net[0].weight.T, "b1": net[0].bias, "w2": net[2].weight.T, "b2": net[2].bias}
    return {f"judge.{name}": v.detach().contiguous() for name, v in w.items()}


def main(seed=1):
    torch.manual_seed(seed)
    x, kinds, pixels = pictures()
    saved = judge(x, kinds) | {"pixels": pixels} | train(x, kinds)
    if seed == 1:
        save_file(saved, ROOT / "data" / "checkpoints" / "clothes-diffusion.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1)
