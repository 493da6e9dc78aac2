"""The GPT of byte pairs of lesson 09: data/checkpoints/bpe-gpt.safetensors.

It has the blocks, the recipe and the compute of the GPT of letters beside it
(solutions/src/decoders/letterGpt.testing.ts): 3 layers of width 96, 8 texts of 128 tokens per step,
AdamW. Its tokens are the 256 bytes and 768 merges learned from the same nine tenths of the plays by
GPT-2's rules. A token's scores cost more (1,024 columns instead of 76), so it gets fewer steps: as
many multiplications in all. `--compare` trains both kinds with three seeds and saves nothing.
Two minutes on one free core; with --compare eleven.
"""

import gzip
import pathlib
import sys
import time

import regex
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
VOCABULARY, LAYERS, HEADS, C, CONTEXT, TEXTS, RATE = 1024, 3, 4, 96, 128, 8, 4e-3
LETTER_STEPS = 2000
WORDS = regex.compile(
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
)  # GPT-2's encoder.py


# ── Tokens ────────────────────────────────────────────────────────────────────────────────────────


def merge(ids, pair, new):
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            out.append(new)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def learn(text, size):
    """Merges of the most frequent pairs inside words; ties go to the pair whose bytes sort last."""
    words = {}
    for word in WORDS.findall(text):
        words[word] = words.get(word, 0) + 1
    words = [[list(word.encode()), n] for word, n in words.items()]
    vocab, merges = [bytes([b]) for b in range(256)], []
    while len(vocab) < size:
        counts = {}
        for ids, n in words:
            for pair in zip(ids, ids[1:]):
                counts[pair] = counts.get(pair, 0) + n
        best = max(counts, key=lambda p: (counts[p], vocab[p[0]], vocab[p[1]]))
        for word in words:
            word[0] = merge(word[0], best, len(vocab))
        merges.append(best)
        vocab.append(vocab[best[0]] + vocab[best[1]])
    return merges


def encode(text, merges):
    known = {}

    def of(word):
        if word not in known:
            ids = list(word.encode())
            for i, pair in enumerate(merges):
                ids = merge(ids, pair, 256 + i)
            known[word] = ids
        return known[word]

    return [id for word in WORDS.findall(text) for id in of(word)]


# ── Model: GPT-2's, all weights in one tensor, in the order of gptWeights.ts ──────────────────────


def shapes(V):
    yield from (("tokens", (V, C)), ("positions", (CONTEXT, C)))
    for i in range(LAYERS):
        yield from ((f"{i}.norm1.gamma", (C,)), (f"{i}.norm1.beta", (C,)))
        for n in "qkvo":
            yield from ((f"{i}.w{n}", (C, C)), (f"{i}.b{n}", (C,)))
        yield from ((f"{i}.norm2.gamma", (C,)), (f"{i}.norm2.beta", (C,)))
        yield from ((f"{i}.w1", (C, 4 * C)), (f"{i}.b1", (4 * C,)))
        yield from ((f"{i}.w2", (4 * C, C)), (f"{i}.b2", (C,)))
    yield from (("norm.gamma", (C,)), ("norm.beta", (C,)))


def initial(V):
    parts = []
    for name, shape in shapes(V):
        if name.endswith("gamma"):
            parts.append(torch.ones(shape))
        elif len(shape) == 1:
            parts.append(torch.zeros(shape))
        else:
            adds = name.endswith(("wo", "w2"))  # to the residual stream
            parts.append(torch.randn(shape) * (C * (2 * LAYERS if adds else 1)) ** -0.5)
    return torch.cat([p.flatten() for p in parts])


def split(weights, V):
    named = list(shapes(V))
    sizes = [torch.Size(shape).numel() for _, shape in named]
    parts = weights.split(sizes)
    return {name: part.view(shape) for (name, shape), part in zip(named, parts, strict=True)}


def forward(weights, ids, V):
    p, (B, T) = split(weights, V), ids.shape
    heads = lambda y: y.view(B, T, HEADS, C // HEADS).transpose(1, 2)
    x = p["tokens"][ids] + p["positions"][:T]
    for i in range(LAYERS):
        h = F.layer_norm(x, (C,), p[f"{i}.norm1.gamma"], p[f"{i}.norm1.beta"])
        q, k, v = (heads(h @ p[f"{i}.w{n}"] + p[f"{i}.b{n}"]) for n in "qkv")
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(B, T, C)
        x = x + y @ p[f"{i}.wo"] + p[f"{i}.bo"]
        h = F.layer_norm(x, (C,), p[f"{i}.norm2.gamma"], p[f"{i}.norm2.beta"])
        h = F.gelu(h @ p[f"{i}.w1"] + p[f"{i}.b1"], approximate="tanh")
        x = x + h @ p[f"{i}.w2"] + p[f"{i}.b2"]
    return F.layer_norm(x, (C,), p["norm.gamma"], p["norm.beta"]) @ p["tokens"].T


def work(V):
    """Multiplications per token in the matrices; attention over the text is the same for both."""
    return LAYERS * 12 * C * C + C * V


def train(ids, V, steps, seed):
    torch.manual_seed(seed)
    weights, losses, began = initial(V).requires_grad_(True), [], time.time()
    optimizer = torch.optim.AdamW([weights], lr=RATE, betas=(0.9, 0.99), weight_decay=0.01)
    wave = lambda s: 0.55 + 0.45 * torch.tensor(torch.pi * s / steps).cos().item()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 20) * wave(s)
    )
    for step in range(steps):
        places = torch.randint(len(ids) - CONTEXT, (TEXTS,))
        texts = torch.stack([ids[at : at + CONTEXT + 1] for at in places])
        logits = forward(weights, texts[:, :-1], V)
        loss = F.cross_entropy(logits.flatten(0, 1), texts[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if step % 200 == 199:
            mean = sum(losses[-200:]) / 200
            print(f"step {step + 1}: {mean:.3f}, {time.time() - began:.0f} s", flush=True)
    return weights.detach(), torch.tensor(losses)


@torch.no_grad()
def held_out(weights, ids, lengths, V, context=CONTEXT, letters=16_384):
    """Nats per letter: the cost of all tokens but each text's first, over their letters."""
    nats, count = 0.0, 0
    for at in range(0, len(ids) - context, context):
        text = ids[at : at + context + 1]
        nats += F.cross_entropy(forward(weights, text[None, :-1], V)[0], text[1:], reduction="sum")
        count += int(lengths[text[1:]].sum())
        if count >= letters:
            break
    return float(nats) / count


def letters(text, cut, seed):
    """What the same recipe reaches on letters."""
    place = {c: i for i, c in enumerate(sorted(set(text)))}
    ids, V = torch.tensor([place[c] for c in text]), len(place)
    weights, _ = train(ids[:cut], V, LETTER_STEPS, seed)
    return held_out(weights, ids[cut:], torch.ones(V, dtype=torch.long), V)


def main(compare):
    text = gzip.decompress((ROOT / "data" / "shakespeare.txt.gz").read_bytes()).decode()
    cut = int(0.9 * len(text))
    merges = learn(text[:cut], VOCABULARY)
    vocab = [bytes([b]) for b in range(256)]
    for a, b in merges:
        vocab.append(vocab[a] + vocab[b])
    lengths = torch.tensor([len(v) for v in vocab])  # the plays are ASCII: a byte is a letter
    seen, unseen = (torch.tensor(encode(part, merges)) for part in (text[:cut], text[cut:]))
    steps = round(LETTER_STEPS * work(len(set(text))) / work(VOCABULARY))
    print(f"{cut / len(seen):.2f} letters per token in training, {steps} steps")
    for seed in (1, 2, 3) if compare else (1,):
        weights, losses = train(seen, VOCABULARY, steps, seed)
        for context in (CONTEXT, 56):
            cost = held_out(weights, unseen, lengths, VOCABULARY, context)
            print(f"seed {seed}, byte pairs, {context} tokens: {cost:.3f} nats per letter")
        if compare:
            print(f"seed {seed}, letters: {letters(text, cut, seed):.3f} nats per letter")
        else:
            out = ROOT / "data" / "checkpoints" / "bpe-gpt.safetensors"
            save_file({"weights": weights, "losses": losses}, out)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main("--compare" in sys.argv)
