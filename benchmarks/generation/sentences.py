"""
MiniLM's sentence vectors by transformers in float32, on all threads of the processor. With the
argument prepare it writes the sentences and their vectors for the others to read.
"""

import gzip
import json
import os
import pathlib
import sys
import time

import torch
from safetensors.torch import load_file
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = ROOT / ".local" / "weights" / "minilm" / "model.safetensors"
SHARED = pathlib.Path(os.environ["BENCH_PEERS"]) / "sentences.json"
SENTENCES, BATCH, ROUNDS = 64, 32, 7


def text_of(name):
    return gzip.decompress((ROOT / "data" / name).read_bytes()).decode()


def sentences():
    """Pieces of 18 to 22 words."""
    words, texts = text_of("shakespeare.txt.gz").split(), []
    for i in range(SENTENCES):
        length = 18 + i % 5
        texts.append(" ".join(words[1000 * i : 1000 * i + length]))
    return texts


def loaded():
    config = BertConfig(
        hidden_size=384,
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=1536,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(load_file(FILE), strict=False)
    vocabulary = {
        word: i for i, word in enumerate(text_of("bert-vocab.txt.gz").split("\n")[:30522])
    }
    tokenizer = BertWordPieceTokenizer(vocabulary)
    tokenizer.enable_padding()
    return model.eval(), tokenizer


def encode(texts, model, tokenizer):
    """Unit vectors, in batches of sentences that are about as long as each other."""
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
    vectors = [None] * len(texts)
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        rows = tokenizer.encode_batch([texts[i] for i in places])
        ids = torch.tensor([row.ids for row in rows])
        mask = torch.tensor([row.attention_mask for row in rows])
        hidden = model(ids, attention_mask=mask).last_hidden_state
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        for i, vector in zip(places, torch.nn.functional.normalize(mean)):
            vectors[i] = vector
    return vectors


def main():
    if not FILE.exists():
        return {"refused": "its weights are missing: npx course weights minilm"}
    torch.set_num_threads(os.cpu_count())
    model, tokenizer = loaded()
    with torch.inference_mode():
        if sys.argv[1:] == ["prepare"]:
            texts = sentences()
            vectors = [vector.tolist() for vector in encode(texts, model, tokenizer)]
            SHARED.write_text(json.dumps({"texts": texts, "batch": BATCH, "vectors": vectors}))
            return {}
        texts, times = json.loads(SHARED.read_text())["texts"], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            encode(texts, model, tokenizer)
            times.append(time.perf_counter() - start)
    rate = SENTENCES / sorted(times)[ROUNDS // 2]
    return {"sentences encoded": {"value": rate, "unit": "per second", "better": "more"}}


print(json.dumps(main()))
