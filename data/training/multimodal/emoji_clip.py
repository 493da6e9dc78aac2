"""Trains the two towers of lesson 17: data/checkpoints/emoji-clip.safetensors.

A Vision Transformer (Dosovitskiy et al. 2020) reads pictures of 32 × 32 pixels in patches of 4, a
Transformer reads texts of up to 8 words, and CLIP's loss (Radford et al. 2021, arXiv:2103.00020)
brings the two of a pair together. It learns from the emoji of data/emoji.json.gz with part
"train": a text is the name, or some of the keywords; a picture is moved and scaled a little, and
now and then only its shape in one color is left, as on a drawing. For the first four fifths of the
steps the picture's tower sees half of the patches, as in FLIP (Li et al. 2022, arXiv:2212.00794),
which takes half the time.
Six minutes on one free core. `--seed 2` trains another and saves nothing.
"""

import gzip
import json
import pathlib
import random
import re
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

ROOT = pathlib.Path(__file__).resolve().parents[3]
SIDE, PATCH, C, HEADS, WIDE, WORDS = 32, 4, 64, 4, 128, 8
BLOCKS = {"image": 3, "text": 1}
BATCH, STEPS, RATE, DECAY = 128, 2400, 2e-3, 0.1


def read():
    unpack = lambda name: gzip.decompress((ROOT / "data" / name).read_bytes())
    about = json.loads(unpack("emoji.json.gz"))
    ids = np.frombuffer(unpack("emoji-pictures.gz"), np.uint8).reshape(-1, SIDE, SIDE)
    palette = np.array(about["palette"], dtype=np.float32) / 255
    return about["emoji"], torch.from_numpy(palette[ids])  # [N, 32, 32, 3]


def words_of(text):
    return re.findall(r"[a-z0-9]+", text.replace("’", "").replace("'", ""))


class Block(nn.Module):
    """Pre-norm, as in lesson 08."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(C), nn.LayerNorm(C)
        self.q, self.k, self.v, self.o = (nn.Linear(C, C) for _ in range(4))
        self.up, self.down = nn.Linear(C, WIDE), nn.Linear(WIDE, C)

    def forward(self, x, mask=None, drop=0.0):
        B, T, _ = x.shape
        h = self.norm1(x)
        q, k, v = (f(h).view(B, T, HEADS, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        read = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + F.dropout(self.o(read.transpose(1, 2).reshape(B, T, C)), drop, self.training)
        return x + F.dropout(self.down(F.gelu(self.up(self.norm2(x)))), drop, self.training)


class Towers(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        patches = (SIDE // PATCH) ** 2
        self.patch = nn.Linear(PATCH * PATCH * 3, C)
        self.cls = nn.Parameter(0.02 * torch.randn(C))
        self.places = nn.Parameter(0.02 * torch.randn(1 + patches, C))
        self.image = nn.ModuleList(Block() for _ in range(BLOCKS["image"]))
        self.image_norm = nn.LayerNorm(C)
        self.words = nn.Parameter(0.3 * torch.randn(vocabulary, C))
        self.order = nn.Parameter(0.02 * torch.randn(WORDS, C))
        self.text = nn.ModuleList(Block() for _ in range(BLOCKS["text"]))
        self.text_norm = nn.LayerNorm(C)
        self.to_image, self.to_text = nn.Linear(C, C, bias=False), nn.Linear(C, C, bias=False)
        self.scale = nn.Parameter(torch.tensor(float(np.log(1 / 0.07))))

    def pictures(self, x, seen=None):
        """seen: how many patches, at random for each picture, all unless given."""
        B, n = x.shape[0], SIDE // PATCH
        x = x.view(B, n, PATCH, n, PATCH, 3).transpose(2, 3).reshape(B, n * n, -1)
        x = torch.cat([self.cls.expand(B, 1, C), self.patch(x)], 1) + self.places
        if seen:
            some = 1 + torch.rand(B, n * n).argsort(1)[:, :seen]
            some = torch.cat([torch.zeros(B, 1, dtype=torch.long), some], 1)
            x = x.gather(1, some[..., None].expand(-1, -1, C))
        for block in self.image:
            x = block(x, drop=0.1)
        return F.normalize(self.to_image(self.image_norm(x[:, 0])), dim=-1)

    def texts(self, ids, lengths):
        own = torch.arange(WORDS) < lengths[:, None]  # [B, T]
        x = self.words[ids] + self.order
        for block in self.text:
            x = block(x, own[:, None, None, :], drop=0.1)
        x = (self.text_norm(x) * own[..., None]).sum(1) / lengths[:, None]
        return F.normalize(self.to_text(x), dim=-1)


def moved(x):
    """Shifted by up to 3 pixels and scaled to 80 to 110 %; outside is white."""
    B = x.shape[0]
    size = 1 / (0.8 + 0.3 * torch.rand(B))
    shift = (torch.rand(B, 2) - 0.5) * 6 / 16
    theta = torch.zeros(B, 2, 3)
    theta[:, 0, 0] = theta[:, 1, 1] = size
    theta[:, :, 2] = shift
    grid = F.affine_grid(theta, [B, 3, SIDE, SIDE], align_corners=False)
    return 1 - F.grid_sample(1 - x.permute(0, 3, 1, 2), grid, align_corners=False).permute(
        0, 2, 3, 1
    )


def drawn(x):
    """Some pictures become drawings: what isn't white, or its outline, in the mean color."""
    ink = (x.amin(-1) < 0.8).float()  # [B, 32, 32]
    inner = -F.max_pool2d(-ink[:, None], 5, 1, 2)[:, 0]
    outline = torch.rand(len(x), 1, 1) < 0.5
    ink = torch.where(outline, ink - inner, ink)[..., None]
    color = (x * ink).sum((1, 2), keepdim=True) / ink.sum((1, 2), keepdim=True).clamp(min=1)
    chosen = torch.rand(len(x), 1, 1, 1) < 0.15
    return torch.where(chosen, 1 - ink * (1 - color), x)


class Texts:
    def __init__(self, seen):
        named = [words_of(e["name"]) for e in seen]
        tags = [[words_of(t) for t in e["keywords"]] for e in seen]
        count = {}
        for one, more in zip(named, tags):
            for w in set(one) | {w for t in more for w in t}:
                count[w] = count.get(w, 0) + 1
        kept = {w for one in named for w in one} | {w for w, n in count.items() if n > 1}
        self.vocabulary = sorted(kept)
        self.id = {w: i for i, w in enumerate(self.vocabulary)}
        self.named, self.tags = named, tags

    def ids(self, words):
        known = [self.id[w] for w in words if w in self.id][:WORDS]
        return known + [0] * (WORDS - len(known)), max(1, len(known))

    def draw(self, i):
        words = list(self.named[i])
        if random.random() < 0.5 and self.tags[i]:
            some = random.sample(self.tags[i], min(len(self.tags[i]), random.randint(1, 4)))
            words = [w for t in some for w in t if w in self.id] or words
        return self.ids(words)


def tensors(rows):
    return torch.tensor([r[0] for r in rows]), torch.tensor([r[1] for r in rows])


@torch.no_grad()
def measure(model, items, x, texts):
    """Share of held-out emoji whose name is first, or among ten, of all names; and the way back."""
    model.eval()
    names = model.texts(*tensors([texts.ids(words_of(e["name"])) for e in items]))
    seen = torch.cat([model.pictures(part) for part in x.split(256)])
    scores = seen @ names.T
    found = {}
    for part in ("train", "pair", "new"):
        at = torch.tensor([i for i, e in enumerate(items) if e["part"] == part])
        for way, s in (("name", scores), ("picture", scores.T)):
            rank = (s[at] > s[at, at][:, None]).sum(1)
            found[part, way] = [round((rank < k).float().mean().item(), 2) for k in (1, 10)]
    pairs = {
        e["name"]: (int((scores[i] > scores[i, i]).sum()), int((scores[:, i] > scores[i, i]).sum()))
        for i, e in enumerate(items)
        if e["part"] == "pair"
    }
    model.train()
    return found, pairs


def block(at, b):
    """In the course's names; matrices as [in, out]."""
    linear = {"wq": b.q, "wk": b.k, "wv": b.v, "wo": b.o, "w1": b.up, "w2": b.down}
    found = {}
    for name, layer in linear.items():
        found[f"{at}.{name}"] = layer.weight.T
        found[f"{at}.b{name[1]}"] = layer.bias
    for name, norm in (("norm1", b.norm1), ("norm2", b.norm2)):
        found |= {f"{at}.{name}.gamma": norm.weight, f"{at}.{name}.beta": norm.bias}
    return found


def stored(model, texts):
    found = {
        "image.w": model.patch.weight.T,
        "image.b": model.patch.bias,
        "image.cls": model.cls,
        "image.positions": model.places,
        "text.tokens": model.words,
        "text.positions": model.order,
        "image.out": model.to_image.weight.T,
        "text.out": model.to_text.weight.T,
        "logScale": model.scale,
    }
    for tower in ("image", "text"):
        norm = getattr(model, f"{tower}_norm")
        found |= {f"{tower}.norm.gamma": norm.weight, f"{tower}.norm.beta": norm.bias}
        for i, b in enumerate(getattr(model, tower)):
            found |= block(f"{tower}.{i}", b)
    return {name: w.detach().contiguous() for name, w in found.items()} | {
        "vocabulary": torch.tensor(list(" ".join(texts.vocabulary).encode()), dtype=torch.int32)
    }


def main(seed=1):
    torch.manual_seed(seed)
    random.seed(seed)
    items, x = read()
    at = [i for i, e in enumerate(items) if e["part"] == "train"]
    texts = Texts([items[i] for i in at])
    model = Towers(len(texts.vocabulary))
    print(len(texts.vocabulary), sum(p.numel() for p in model.parameters()), flush=True)
    heavy = [p for n, p in model.named_parameters() if p.dim() == 2]
    light = [p for n, p in model.named_parameters() if p.dim() != 2]
    groups = [{"params": heavy, "weight_decay": DECAY}, {"params": light, "weight_decay": 0}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))
    wave = lambda s: min(1, (s + 1) / 100) * (0.51 + 0.49 * float(np.cos(np.pi * s / STEPS)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, wave)
    start, target = time.time(), torch.arange(BATCH)
    for step in range(STEPS):
        batch = random.sample(range(len(at)), BATCH)
        seen = 32 if step < 0.8 * STEPS else None
        pictures = model.pictures(drawn(moved(x[[at[i] for i in batch]])), seen)
        names = model.texts(*tensors([texts.draw(i) for i in batch]))
        scores = pictures @ names.T * model.scale.clamp(max=np.log(100)).exp()
        loss = (F.cross_entropy(scores, target) + F.cross_entropy(scores.T, target)) / 2
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 300 == 0 or step == STEPS - 1:
            seconds = round(time.time() - start)
            print(step, seconds, round(loss.item(), 3), round(model.scale.exp().item(), 1))
            found, pairs = measure(model, items, x, texts)
            print(found, flush=True)
    print(pairs)
    if seed == 1:
        save_file(stored(model, texts), ROOT / "data" / "checkpoints" / "emoji-clip.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1)
