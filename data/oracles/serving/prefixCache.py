"""prefixCache: a trie of pages, as SGLang's radix tree has it. It is walked from its root, and the
flat map of keys that the function gets is made from it.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Map, Oracle  # noqa: E402

o = Oracle("prefixCache")


def trie(texts, size, numbers):
    """{tokens of a page: [its number, the pages after it]}"""
    root, number = {}, iter(numbers)
    for text in texts:
        node = root
        for i in range(0, len(text) - size + 1, size):
            page = tuple(text[i : i + size])
            if page not in node:
                node[page] = [next(number), {}]
            node = node[page][1]
    return root


def flat(node, before=-1):
    known = Map()
    for page, (number, after) in node.items():
        known[f"{before}: {' '.join(map(str, page))}"] = number
        known.update(flat(after, number))
    return known


def case(group, title, texts, prompt, size, numbers=range(100)):
    root = trie(texts, size, numbers)

    def walk(prompt, known, size):
        node, found = root, []
        pages = [tuple(prompt[i : i + size]) for i in range(0, len(prompt), size)]
        for page in pages[:-1]:  # the last one holds the last token
            if page not in node:
                break
            number, node = node[page]
            found.append(number)
        return found

    o.case(group, title, [prompt, flat(root), size], walk)


text = [int(i) for i in o.ids(12, below=50)]
case("values", "two pages of three are known", [text[:8]], [*text[:8], 1, 2, 3], 4)
case("values", "all full pages are known", [text], [*text, 9], 4)
case("values", "numbers in any order", [text], [*text, 9], 4, [7, 0, 5])
case("values", "nothing is known", [], text, 4)
case("values", "the first page differs in one token", [text], [text[0] + 1, *text[1:]], 4)
case("property", "the prompt is known to its last token", [text], text, 4)
case("property", "the prompt ends within a known page", [text], text[:7], 4)
case(
    "property",
    "a known page after another beginning",
    [[1, 2, 3, 4], [5, 6, 3, 4]],
    [5, 6, 3, 4, 7],
    2,
)
case("property", "a page's tokens, but not after this one", [[1, 2, 3, 4]], [5, 6, 3, 4, 7], 2)
case("property", "a gap in the middle", [[1, 2, 3, 4, 5, 6]], [1, 2, 9, 9, 5, 6, 7], 2)
case("property", "the same tokens again and again", [[1, 1, 1, 1, 1, 1]], [1] * 9, 2)
case("property", "tokens that read alike when joined", [[1, 11]], [11, 1, 5], 2)
case("shapes", "one token", [[3]], [3], 1)
case("shapes", "pages of one token", [[3, 1, 2]], [3, 1, 4], 1)
case("shapes", "shorter than a page", [text], text[:2], 4)
o.error("no tokens", [[], Map(), 4], "prompt")
o.error("size is zero", [[1], Map(), 0], "size")
o.error("size is half a token", [[1], Map(), 1.5], "size")
o.save()
