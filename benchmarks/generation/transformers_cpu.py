"""The same by transformers in float32, with its cache, on all threads of the processor."""

import json
import os
import pathlib
import re
import resource
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER, FILE = ROOT / ".local" / "weights" / "smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"
SHARED = (pathlib.Path(__file__).parent / "prompt.mjs").read_text()
PROMPT = re.search(r'PROMPT =\s*"([^"]*)"', SHARED)[1]
LENGTH, WRITTEN = 20, 40


def write(model, prompt):
    """Milliseconds of the prompt, and of each token after it."""
    times, ids, cache = [], prompt, None
    for _ in range(WRITTEN + 1):
        start = time.perf_counter()
        out = model(ids, past_key_values=cache, use_cache=True, logits_to_keep=1)
        cache, ids = out.past_key_values, out.logits[:, -1:].argmax(-1)
        times.append(1000 * (time.perf_counter() - start))
    return times


def main():
    if not (FOLDER / FILE).exists():
        return {"refused": "its weights are missing: npx course weights smollm2"}
    torch.set_num_threads(os.cpu_count())
    tokenizer = AutoTokenizer.from_pretrained(FOLDER, gguf_file=FILE)
    model = AutoModelForCausalLM.from_pretrained(FOLDER, gguf_file=FILE, dtype=torch.float32)
    prompt = tokenizer(PROMPT, return_tensors="pt")["input_ids"][:, :LENGTH]
    with torch.inference_mode():
        write(model.eval(), prompt)
        prompt_ms, *token_ms = write(model, prompt)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    measure = lambda value, unit, better: {"value": value, "unit": unit, "better": better}
    return {
        "prompt of 20 tokens": measure(prompt_ms, "ms", "less"),
        "tokens written": measure(1000 / sorted(token_ms)[WRITTEN // 2], "per second", "more"),
        "memory": measure(rss, "MB", "less"),
    }


print(json.dumps(main()))
