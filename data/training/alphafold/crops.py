"""Crops of 32 residues of real chains with three tenths of their distances seen, each with noise of
1 Å: what triangles.py and pairformer.py are trained on. Makes no file by itself.
"""

import json
import pathlib

import torch
from safetensors.torch import load_file

DATA = pathlib.Path(__file__).resolve().parents[2]
TRAIN, TEST = ("lysozyme", "beta-lactamase", "bromoperoxidase", "kinase"), ("ubiquitin", "Par-3")
N, SEEN = 32, 0.3
about = json.loads((DATA / "chains.json").read_text())
chains = dict(
    zip(
        (c["name"] for c in about),
        load_file(DATA / "chains.safetensors")["ca"].split([len(c["sequence"]) for c in about]),
    )
)
apart = (torch.arange(N)[:, None] - torch.arange(N)).abs()


def sample(names, generator, count):
    crops = []
    for _ in range(count):
        ca = chains[names[int(torch.randint(len(names), (1,), generator=generator))]]
        at = int(torch.randint(len(ca) - N + 1, (1,), generator=generator))
        crops.append(ca[at : at + N])
    true = torch.cdist(torch.stack(crops), torch.stack(crops))
    noise = torch.randn(count, N, N, generator=generator).triu(1)
    seen = (torch.rand(count, N, N, generator=generator) < SEEN).triu(1).float()
    return true, true + noise + noise.mT, seen + seen.mT


def bumps(d):
    """[..., 16], sixteen bumps over the distance"""
    return torch.exp(-(((d[..., None] - torch.linspace(2, 38, 16)) / 2.4) ** 2))


def features(noisy, seen):
    """[B, N, N, 33]: seen or not, bumps over the distance if seen, sixteen steps along the chain"""
    steps = torch.nn.functional.one_hot(apart.clamp(max=15), 16).float().expand(*noisy.shape, 16)
    return torch.cat([seen[..., None], bumps(noisy) * seen[..., None], steps], -1)
