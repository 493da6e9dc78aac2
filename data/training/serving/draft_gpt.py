"""A small GPT of letters that drafts for a larger one: data/checkpoints/draft-gpt.safetensors.

One layer of 4 heads and width 32, for the same 76 letters and texts of the same 128 letters as
lesson 09's letter-gpt, whose next letters it guesses before letter-gpt reads them (speculative
decoding, Leviathan et al. 2023, arXiv:2211.17192). It has read the same nine tenths of the plays.
All weights are in one tensor, in the order of gptWeights.ts. Three minutes on one free core.
"""

import gzip
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "data" / "training" / "inside"))
from copy_gpt import excerpts, long_tensor, model_of  # noqa: E402

V, TEXTS, STEPS, RATE = 76, 16, 2500, 5e-3
LAYERS, C, CONTEXT = 1, 32, 128


def main():
    text = gzip.open(ROOT / "data" / "shakespeare.txt.gz", "rt", encoding="utf8").read()
    alphabet = sorted(set(text))
    assert len(alphabet) == V
    ids = torch.tensor([alphabet.index(c) for c in text])
    cut = len(ids) * 9 // 10
    torch.manual_seed(1)
    model = model_of(V, LAYERS, C, CONTEXT)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=0.01)
    wave = lambda s: 0.52 + 0.48 * torch.tensor(torch.pi * s / STEPS).cos().item()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 100) * wave(s)
    )
    for step in range(STEPS):
        texts = excerpts(ids[:cut], TEXTS, CONTEXT)
        logits = model(texts[:, :-1]).logits
        loss = F.cross_entropy(logits.flatten(0, 1), texts[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 500 == 0 or step == STEPS - 1:
            with torch.no_grad():
                unseen = ids[cut : cut + 32 * 129].view(32, 129)
                logits = model(unseen[:, :-1]).logits
                cost = F.cross_entropy(logits.flatten(0, 1), unseen[:, 1:].flatten())
            print(step, round(float(loss), 3), round(float(cost), 3), flush=True)
    weights = long_tensor(model)
    save_file({"weights": weights}, ROOT / "data" / "checkpoints" / "draft-gpt.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
