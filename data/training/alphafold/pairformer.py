"""Distances of a protein filled in by a Pairformer block, once and with recycling:
data/checkpoints/pairformer.safetensors

The puzzle of triangles.py: three tenths of the distances of 32 residues are seen, each with noise
of 1 Å. Two networks, each one block of AlphaFold 3's Pairformer (supplement, algorithm 17, without
dropout): `once` reads the input one time; `recycled` gets what it answered back as input
(AlphaFold 3's algorithm 1; AlphaFold 2's algorithms 30 to 32): its pairs, its row and its
distances. In training the number of rounds is 1 to 4, drawn for each batch, and only the
last round has a gradient (AlphaFold 2's supplement, §1.10). The row guesses how wrong the answer
is at each residue, as pLDDT does. Trained on four chains; ubiquitin and Par-3 take no part.
Takes a few minutes on one core. Weights are named and laid out as
solutions/src/alphafold/pairformerBlock.ts wants them.
"""

import math

import torch
from crops import DATA, TEST, TRAIN, apart, bumps, features, sample
from safetensors.torch import save_file

torch.set_num_threads(1)
C, HEADS, BATCH, STEPS, ROUNDS = 24, 2, 8, 600, 4


def start(generator):
    weight = lambda rows, columns, scale=1.0: (
        scale * torch.randn(rows, columns, generator=generator) / math.sqrt(rows)
    )
    norm = lambda at: {f"{at}.gamma": torch.ones(C), f"{at}.beta": torch.zeros(C)}
    w = {
        "wIn": weight(33, C),
        "bIn": torch.zeros(C),
        "wRow": weight(33, C),
        "wHead": weight(C, 1, 0.1),
        "bHead": torch.full((1,), 1.0),
        "wError": weight(C, 1, 0.1),
        "bError": torch.full((1,), 0.5),
        "again.wPairs": torch.zeros(C, C),  # nothing comes back at first
        "again.wRow": torch.zeros(C, C),
        "again.wDistances": torch.zeros(16, C),
    }
    for name in ("norm", "normRow", "again.normPairs", "again.normRow"):
        w |= norm(name)
    for direction in ("outgoing", "incoming"):
        at = f"block.pair.{direction}"
        w |= {f"{at}.{name}": weight(C, C) for name in ("wA", "gA", "wB", "gB", "gOut")}
        w |= {f"{at}.wOut": weight(C, C, 0.5)} | norm(f"{at}.normIn") | norm(f"{at}.normOut")
    for name in ("pair.starting", "pair.ending", "row"):
        at = f"block.{name}"
        w |= {f"{at}.{x}": weight(C, C) for x in ("wq", "wk", "wv", "wGate")}
        w |= {f"{at}.wo": weight(C, C, 0.5), f"{at}.wBias": weight(C, HEADS)}
        w |= norm(f"{at}.norm")
    w |= norm("block.row.normPair")
    for name in ("pair.transition", "transition"):
        at = f"block.{name}"
        w |= {f"{at}.gate": weight(C, 2 * C), f"{at}.up": weight(C, 2 * C)}
        w |= {f"{at}.down": weight(2 * C, C, 0.5)} | norm(f"{at}.norm")
    return {name: v.requires_grad_(True) for name, v in w.items()}


class Network:
    """One round: the features and what the round before answered to pairs, a row and distances."""

    def __init__(self, w):
        self.w = w

    def norm(self, x, at):
        return torch.nn.functional.layer_norm(x, (C,), self.w[f"{at}.gamma"], self.w[f"{at}.beta"])

    def triangles(self, z, at, incoming):
        w, n = self.w, self.norm(z, f"{at}.normIn")
        a, b = (
            ((n @ w[f"{at}.g{x}"]).sigmoid() * (n @ w[f"{at}.w{x}"])).permute(0, 3, 1, 2)
            for x in "AB"
        )
        mixed = a.mT @ b if incoming else a @ b.mT
        out = self.norm(mixed.permute(0, 2, 3, 1), f"{at}.normOut") @ w[f"{at}.wOut"]
        return (n @ w[f"{at}.gOut"]).sigmoid() * out

    def attention(self, x, bias, at):
        """x [B, R, T, C], bias [B, H, T, T] for all R lines"""
        w, (B, R, T, _) = self.w, x.shape
        q, k, v = (
            (x @ w[f"{at}.{name}"]).reshape(B, R, T, HEADS, C // HEADS).transpose(2, 3)
            for name in ("wq", "wk", "wv")
        )
        scores = q @ k.mT / math.sqrt(C // HEADS) + bias[:, None]
        mixed = (scores.softmax(-1) @ v).transpose(2, 3).reshape(B, R, T, C)
        return ((x @ w[f"{at}.wGate"]).sigmoid() * mixed) @ w[f"{at}.wo"]

    def edges(self, z, at):
        n = self.norm(z, f"{at}.norm")
        return self.attention(n, (n @ self.w[f"{at}.wBias"]).permute(0, 3, 1, 2), at)

    def transition(self, x, at):
        w, n = self.w, self.norm(x, f"{at}.norm")
        gate = torch.nn.functional.silu(n @ w[f"{at}.gate"])
        return (gate * (n @ w[f"{at}.up"])) @ w[f"{at}.down"]

    def block(self, s, z):
        for direction in ("outgoing", "incoming"):
            z = z + self.triangles(z, f"block.pair.{direction}", direction == "incoming")
        z = z + self.edges(z, "block.pair.starting")
        z = z + self.edges(z.transpose(1, 2), "block.pair.ending").transpose(1, 2)
        z = z + self.transition(z, "block.pair.transition")
        pairs = self.norm(z, "block.row.normPair") @ self.w["block.row.wBias"]
        rows = self.norm(s, "block.row.norm")[:, None]
        s = s + self.attention(rows, pairs.permute(0, 3, 1, 2), "block.row")[:, 0]
        return s + self.transition(s, "block.transition"), z

    def round(self, noisy, seen, before=None):
        w, x = self.w, features(noisy, seen)
        s, z = x.mean(2) @ w["wRow"], x @ w["wIn"] + w["bIn"]
        if before:
            z = z + self.norm(before["z"], "again.normPairs") @ w["again.wPairs"]
            z = z + bumps(before["d"]) @ w["again.wDistances"]
            s = s + self.norm(before["s"], "again.normRow") @ w["again.wRow"]
        s, z = self.block(s, z)
        softplus = torch.nn.functional.softplus
        d = 10 * softplus(self.norm(z, "norm") @ w["wHead"] + w["bHead"]).squeeze(-1)
        off = softplus(self.norm(s, "normRow") @ w["wError"] + w["bError"]).squeeze(-1)
        return {"s": s, "z": z, "d": (d + d.mT) / 2, "off": off}


def errors(network, rounds):
    """the mean error of the missing distances of unseen chains after each round"""
    true, noisy, seen = sample(TEST, torch.Generator().manual_seed(7), 64)
    missing, before, found = (1 - seen) * (apart > 0), None, []
    with torch.no_grad():
        for _ in range(rounds):
            before = network.round(noisy, seen, before)
            found.append(float(((before["d"] - true).abs() * missing).sum() / missing.sum()))
    return found


def train(rounds, name):
    generator = torch.Generator().manual_seed(1)
    w = start(generator)
    network, optimizer = Network(w), torch.optim.Adam(w.values(), lr=3e-3)
    for step in range(STEPS + 1):
        for group in optimizer.param_groups:
            group["lr"] = (
                3e-3 * min(1, (step + 1) / 50) * 0.5 * (1 + math.cos(math.pi * step / STEPS))
            )
        true, noisy, seen = sample(TRAIN, generator, BATCH)
        before = None
        with torch.no_grad():
            for _ in range(int(torch.randint(rounds, (1,), generator=generator))):
                before = network.round(noisy, seen, before)
        answer = network.round(noisy, seen, before)
        error = (answer["d"] - true).abs() * (apart > 0)
        missing = (1 - seen) * (apart > 0)
        wrong = ((error * missing).sum(-1) / missing.sum(-1)).detach()  # Å, at each residue
        loss = error.mean() + 0.1 * (answer["off"] - wrong).abs().mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(w.values(), 1.0)
        optimizer.step()
        if step % 200 == 0:
            found = ", ".join(f"{e:.2f}" for e in errors(network, rounds))
            print(f"{name}, step {step}: loss {loss.item():.2f} Å, unseen {found} Å", flush=True)
    return {f"{name}.{key}": v.detach().contiguous() for key, v in w.items()}


once = {key: v for key, v in train(1, "once").items() if ".again." not in key}
save_file(once | train(ROUNDS, "recycled"), DATA / "checkpoints" / "pairformer.safetensors")
