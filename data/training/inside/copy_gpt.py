"""A GPT of letters that also copies: data/checkpoints/copy-gpt.safetensors.

transformers' GPT2LMHeadModel with 2 layers, 4 heads, width 64 and texts of 64 letters. Half of its
texts are from the plays, in lower case and with a space for all else; in the other half random
letters come back, whole pieces of them, at distances that change from text to text. Only attention
to earlier copies can guess those, and so induction heads form (Olsson et al. 2022,
arXiv:2209.11895). All weights are in one tensor, in the order of gptWeights.ts. "history" has a row
for every 25 steps: the step, the loss on held-out text, the loss on the second half of repeated
random letters, and of each head its weight on the token after the last copy, [n, 3 + 8].
Four minutes on one free core. `--seed 2` trains another and saves nothing.
"""

import gzip
import pathlib
import re
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from transformers import GPT2Config, GPT2LMHeadModel

ROOT = pathlib.Path(__file__).resolve().parents[3]
ALPHABET = " abcdefghijklmnopqrstuvwxyz"
V, LAYERS, HEADS, C, CONTEXT = len(ALPHABET), 2, 4, 64, 64
TEXTS, STEPS, RATE, HALF = 32, 2000, 3e-3, 24


def plays():
    text = gzip.open(ROOT / "data" / "shakespeare.txt.gz", "rt", encoding="utf8").read()
    letters = re.sub(r"[^a-z]+", " ", text.lower())
    return torch.tensor([ALPHABET.index(c) for c in letters])


def excerpts(ids, count, context=CONTEXT):
    places = torch.randint(len(ids) - context, (count,))
    return torch.stack([ids[at : at + context + 1] for at in places])


def with_copies():
    """Random letters; either a piece of 8 to 32 comes again and again, or two pieces come twice."""
    text = torch.randint(1, V, (CONTEXT + 1,))
    draw = lambda low, high: int(torch.randint(low, high, (1,)))
    if draw(0, 2):
        period = draw(8, 33)
        return text[:period].repeat(CONTEXT // period + 1)[: CONTEXT + 1]
    for _ in range(2):
        length = draw(6, 20)
        source = draw(0, CONTEXT + 2 - 2 * length)
        copy = draw(source + length, CONTEXT + 2 - length)
        text[copy : copy + length] = text[source : source + length].clone()
    return text


def model_of(vocabulary=V, layers=LAYERS, width=C, context=CONTEXT):
    config = GPT2Config(
        vocab_size=vocabulary,
        n_positions=context,
        n_embd=width,
        n_layer=layers,
        n_head=HEADS,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        initializer_range=width**-0.5,
        attn_implementation="eager",
        bos_token_id=None,
        eos_token_id=None,
    )
    return GPT2LMHeadModel(config)


@torch.no_grad()
def measure(model, held):
    """Losses, and the weight of each head on the token after the last copy of the one it reads."""
    texts = torch.stack([held[i * CONTEXT : (i + 1) * CONTEXT + 1] for i in range(64)])
    logits = model(texts[:, :-1]).logits
    loss = F.cross_entropy(logits.flatten(0, 1), texts[:, 1:].flatten())
    letters = torch.randint(1, V, (64, HALF), generator=torch.Generator().manual_seed(5))
    twice = torch.cat([letters, letters], 1)
    out = model(twice, output_attentions=True)
    copied = F.cross_entropy(out.logits[:, HALF - 1 : -1].flatten(0, 1), letters.flatten())
    at = torch.arange(HALF, 2 * HALF)
    scores = [a[:, :, at, at - HALF + 1].mean((0, 2)) for a in out.attentions]
    return torch.cat([loss[None], copied[None], *scores])


def long_tensor(model):
    """The order of gptWeights.ts; Conv1D keeps matrices as [in, out], q, k and v side by side."""
    t = model.transformer
    parts = [t.wte.weight, t.wpe.weight]
    for b in t.h:
        parts += [b.ln_1.weight, b.ln_1.bias]
        for w, bias in zip(b.attn.c_attn.weight.chunk(3, 1), b.attn.c_attn.bias.chunk(3)):
            parts += [w, bias]
        parts += [b.attn.c_proj.weight, b.attn.c_proj.bias, b.ln_2.weight, b.ln_2.bias]
        parts += [b.mlp.c_fc.weight, b.mlp.c_fc.bias, b.mlp.c_proj.weight, b.mlp.c_proj.bias]
    parts += [t.ln_f.weight, t.ln_f.bias]
    return torch.cat([p.detach().flatten() for p in parts])


def main(seed=1):
    torch.manual_seed(seed)
    ids, model, history = plays(), model_of(), []
    cut = int(0.9 * len(ids))
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=0.01)
    wave = lambda s: 0.55 + 0.45 * torch.tensor(torch.pi * s / STEPS).cos().item()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 100) * wave(s)
    )
    for step in range(STEPS + 1):
        if step % 25 == 0:
            history.append(torch.cat([torch.tensor([float(step)]), measure(model, ids[cut:])]))
            if step % 250 == 0:
                print([round(v, 2) for v in history[-1].tolist()], flush=True)
        copies = torch.stack([with_copies() for _ in range(TEXTS // 2)])
        texts = torch.cat([excerpts(ids[:cut], TEXTS // 2), copies])
        logits = model(texts[:, :-1]).logits
        loss = F.cross_entropy(logits.flatten(0, 1), texts[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    if seed == 1:
        tensors = {"weights": long_tensor(model), "history": torch.stack(history)}
        save_file(tensors, ROOT / "data" / "checkpoints" / "copy-gpt.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1)
