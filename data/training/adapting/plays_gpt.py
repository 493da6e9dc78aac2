"""A GPT of letters that has read six plays: data/checkpoints/plays-gpt.safetensors.

transformers' GPT2LMHeadModel with 2 layers, 4 heads, width 64 and texts of 64 letters. It reads
Hamlet, Macbeth, Romeo and Juliet, A Midsummer Night's Dream, Othello and King Lear in lower case,
without stage directions and names of speakers, with " .?" for everything that isn't a letter; two
more signs, "+" and "-", never come. The last two plays of the file are for lesson 18, which cuts
them out in the same way. All weights are in one tensor, in the order of gptWeights.ts.
Four minutes on one free core.
"""

import gzip
import pathlib
import re
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "data" / "training" / "inside"))
from copy_gpt import CONTEXT, long_tensor, model_of  # noqa: E402

ALPHABET = " abcdefghijklmnopqrstuvwxyz.?+-"
V = len(ALPHABET)
TEXTS, STEPS, RATE, SEEN = 32, 2400, 3e-3, 6


def plays():
    """The eight plays, each from its list of persons on."""
    text = gzip.open(ROOT / "data" / "shakespeare.txt.gz", "rt", encoding="utf8").read()
    begin = [m.start() for m in re.finditer("PERSONS REPRESENTED|DRAMATIS PERSON", text, re.I)]
    return [clean(text[a:b]) for a, b in zip(begin, [*begin[1:], len(text)], strict=True)]


def clean(text):
    text = re.sub(r"\[[^\]]*\]", " ", text)  # stage directions
    text = re.sub(r"(?m)^ *(ACT|SCENE|Scene)\b.*$", " ", text)
    text = re.sub(r"(?m)^\s*[A-Z][A-Za-z' ]{1,24}\.\s*$", " ", text)  # speakers, alone on a line
    text = re.sub(r"(?m)^\s*[A-Z][A-Z' ]{2,24}\.", " ", text)
    text = text.lower().replace("!", ".").replace("'", "")
    text = re.sub(r"[^a-z.?]+", " ", text)
    return re.sub(r"\s*([.?])[ .?]*", r"\1 ", text).strip()


def main():
    every = plays()
    train, held = (
        torch.tensor([ALPHABET.index(c) for c in " ".join(part)])
        for part in (every[:SEEN], every[SEEN:])
    )
    torch.manual_seed(1)
    model = model_of(V)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=0.01)
    wave = lambda s: 0.52 + 0.48 * torch.tensor(torch.pi * s / STEPS).cos().item()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 100) * wave(s)
    )
    for step in range(STEPS):
        places = torch.randint(len(train) - CONTEXT - 1, (TEXTS,))
        texts = torch.stack([train[at : at + CONTEXT + 1] for at in places])
        logits = model(texts[:, :-1]).logits
        loss = F.cross_entropy(logits.flatten(0, 1), texts[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 300 == 0 or step == STEPS - 1:
            with torch.no_grad():
                unseen = held[: 64 * CONTEXT].view(64, CONTEXT)
                logits = model(unseen[:, :-1]).logits
                cost = F.cross_entropy(logits.flatten(0, 1), unseen[:, 1:].flatten())
            print(step, round(float(loss), 3), round(float(cost), 3), flush=True)
    weights = long_tensor(model)
    save_file({"weights": weights}, ROOT / "data" / "checkpoints" / "plays-gpt.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
