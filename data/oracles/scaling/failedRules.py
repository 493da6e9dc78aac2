"""failedRules: the rules of Gopher's appendix, counted in Python."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

STOP_WORDS = {"the", "be", "to", "of", "and", "that", "have", "with"}


def broken(text):
    words = text.split()
    if not words:
        return ["words"]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    dots = text.count("...") + text.count("…")
    plain = {"".join(c for c in word.lower() if c.isalpha()) for word in words}
    rules = {
        "words": not 50 <= len(words) <= 100_000,
        "length": not 3 <= sum(map(len, words)) / len(words) <= 10,
        "symbols": text.count("#") > 0.1 * len(words) or dots > 0.1 * len(words),
        "bullets": sum(line[0] in "-*•" for line in lines) > 0.9 * len(lines),
        "ellipses": sum(line.endswith(("...", "…")) for line in lines) > 0.3 * len(lines),
        "letters": sum(any(c.isalpha() for c in w) for w in words) < 0.8 * len(words),
        "stopWords": len(STOP_WORDS & plain) < 2,
    }
    return [name for name, is_broken in rules.items() if is_broken]


o = Oracle("failedRules", packages=("numpy", "torch", "safetensors"))
NOUNS = "river hill stone garden letter window summer morning".split()
noun = lambda: NOUNS[o.rng.integers(len(NOUNS))]
line = lambda: f"the {noun()} and that {noun()} of a {noun()}"
prose = lambda n: "\n".join(line() for _ in range(n))
repeat = lambda n, *words: " ".join(words[i % len(words)] for i in range(n))
for title, text in {
    "prose": prose(9),
    "49 words": repeat(49, "the", "and", "stone"),
    "50 words": repeat(50, "the", "and", "stone"),
    "two letters": repeat(60, "to", "of", "is"),
    "a mean of three letters": repeat(60, "to", "with"),
    "a mean of ten letters": repeat(60, "to", "of", "thethethethethe", "thatthatthatthatthatt"),
    "long words": "the of " + repeat(60, "incomprehensible"),
    "ten signs in a hundred words": prose(10) + " " + repeat(20, "#the", "of"),
    "eleven signs in a hundred words": prose(10) + " ## " + repeat(19, "#the", "of"),
    "ellipses": prose(7) + " " + repeat(14, "...", "river… hill"),
    "signs and ellipses, each below its limit": prose(12) + " # # # # # # ... … ... … ... the",
    "bullets": "\n".join(f"{b} {line()}" for b in "-*•-*•-*•-"),
    "nine bullets in ten lines": line() + "\n" + "\n\n".join(f"   - {line()}" for _ in range(9)),
    "a bullet inside": "\n".join(f"{line()} - {noun()}" for _ in range(9)),
    "lines end in ellipses": "\n".join(
        f"{line()}{e}" for e in ["...", "…", "...  ", "", "", "", ""]
    ),
    "three in ten end in ellipses": "\n".join(f"{line()}{e}" for e in ["...", "…", "…", *[""] * 7]),
    "numbers": prose(6) + " " + repeat(14, "100", "2,000", "--"),
    "one word in five is a number": prose(5) + " " + repeat(10, "100"),
    "another script": "the of " + repeat(58, "слово", "день"),
    "one stop word": repeat(60, "the", "stone", "river"),
    "two stop words": repeat(60, "The", "stone", "river,") + " «OF»",
    "stop words inside of words": repeat(60, "other", "often", "handle", "better"),
    "several": "\n".join(f"* #{i} ..." for i in range(9)),
}.items():
    o.case("values", title, [text], broken)
o.case("shapes", "no text", [""], broken)
o.case("shapes", "white space", [" \n\t\n "], broken)
o.save()
