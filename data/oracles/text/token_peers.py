"""What the oracles of tokenization share: texts that try tokenizers, GPT-2's and BERT's tokenizers
as Hugging Face runs them on the published files, and the contract's training rules written out as
slowly as they are told."""

import gzip
import json
import pathlib

import regex
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

DATA = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = ("tokenizers", "regex", "safetensors")
GPT2_PATTERN = (
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+"
    r"|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+"
)

SCRIPTS = {
    "Latin": "Où est l'œuvre naïve? Straße, Łódź, Việt Nam, İstanbul ıssız.",
    "Greek": "Ο ΟΔΥΣΣΕΥΣ γύρισε στην Ιθάκη· τί νέα;",
    "Cyrillic": "Съешь ещё этих мягких французских булок, да выпей чаю.",
    "Armenian": "Բոլոր մարդիկ ծնվում են ազատ։",
    "Georgian": "ყველა ადამიანი იბადება თავისუფალი.",
    "Hebrew": "כָּל בְּנֵי הָאָדָם נוֹלְדוּ בְּנֵי חוֹרִין",
    "Arabic": "يولد جميع الناس أحرارًا، ١٢٣٤؟",
    "Syriac": "ܒܪܢܫܐ ܡܬܝܠܕ ܒܪ ܚܐܪܐ",
    "Thaana": "ހުރިހާ އިންސާނުން",
    "Devanagari": "सभी मनुष्यों को गौरव, १२३।",
    "Bengali": "সমস্ত মানুষ স্বাধীনভাবে",
    "Gurmukhi": "ਸਾਰਾ ਮਨੁੱਖੀ ਪਰਿਵਾਰ",
    "Gujarati": "પ્રતિષ્ઠા અને અધિકારો",
    "Tamil": "மனிதப் பிறவியினர் சகலரும்",
    "Telugu": "ప్రతిపత్తిస్వత్వముల",
    "Kannada": "ಎಲ್ಲಾ ಮಾನವರೂ",
    "Malayalam": "മനുഷ്യരെല്ലാവരും",
    "Sinhala": "සියලු මනුෂ්‍යයෝ",
    "Thai": "มนุษย์ทั้งหลายเกิดมา ๑๒๓",
    "Lao": "ມະນຸດທຸກຄົນເກີດມາ",
    "Tibetan": "འགྲོ་བ་མིའི་རིགས་རྒྱུད",
    "Burmese": "လူတိုင်းသည် တူညီ",
    "Khmer": "មនុស្សទាំងអស់",
    "Amharic": "የሰው ልጅ ሁሉ ሲወለድ።",
    "Cherokee": "ᏂᎦᏓ ᎠᏂᏴᏫ ꮎꮝꭹ",
    "Inuktitut": "ᐃᓅᔪᓕᒫᑦ ᐊᓂᖅᑎᕆᔪᑦ",
    "Mongolian": "ᠬᠦᠮᠦᠨ ᠪᠦᠷ",
    "Hangul": "모든 인간은 태어날 때부터 자유로우며 한글",
    "Japanese": "すべての人間は、カタカナｶﾅ自由であり「尊厳」１２３",
    "Chinese": "人人生而自由，在尊严和权利上一律平等。𠀀𪜀",
    "Gothic": "𐌰𐌻𐌻𐌰𐌹 𐌼𐌰𐌽𐌽𐌰",
    "Deseret": "𐐀𐐁𐐂 𐐨𐐩",
    "Mathematical": "𝔸𝒷𝟛 ∑ x² ≤ ½ ﬁ Ⅷ",
}
ODDITIES = {
    "nothing": "",
    "one space": " ",
    "spaces and line ends": "  a   b \n\n c\t\td \r\n  ",
    "all sorts of white space": "a\u0085b\u00a0c\u1680d\u2003e\u2028f"
    "\u3000g\ufeffh\u200bi\x0bj\x0ck",
    "control characters": "a\x00b\x01c\x1fd\x7fe\x9ff\u00adg\u200eh\ufffdi",
    "emoji with joiners": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪🇫🇷 ❤️ #️⃣",
    "combining marks": "e\u0301 n\u0303a\u0308\u0301 Z͑ͫ̓a̴l̡g͝o",
    "code": "def f(x):\n    return {'a': x**2, \"b\": [1, -2.5e+10]}  # it's\n",
    "contractions": "I'll've can't I'M 'sup ''d we're they'd",
    "numbers": "3.14159 1,000,000 0xFF 2026-11-24 ½²",
    "signs": "!?.,;:-–—…«»“”‘’$€£+<=>^`|~@#%&*()[]{}\\/_",
    "a word that is too long": "a" * 101 + " " + "b" * 100,
    "markup": "<|endoftext|> [CLS] [MASK] ##ing <b>x</b>",
    "a private character": "a\ue000b",
    "a long row of one letter": "x" * 300,
}
TEXTS = {**SCRIPTS, **ODDITIES}


def _lines(name):
    return gzip.decompress((DATA / name).read_bytes()).decode()


def gpt2():
    vocab = json.loads(_lines("gpt2-encoder.json.gz"))
    merges = [
        tuple(line.split(" ")) for line in _lines("gpt2-vocab.bpe.gz").rstrip("\n").split("\n")[1:]
    ]
    tokenizer = Tokenizer(models.BPE(vocab, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<|endoftext|>"])
    return tokenizer


def bert(lowercase=True):
    vocab = {
        piece: i for i, piece in enumerate(_lines("bert-vocab.txt.gz").rstrip("\n").split("\n"))
    }
    tokenizer = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, lowercase=lowercase, strip_accents=None
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix="##", cleanup=False)
    return tokenizer


def replace(word, pair, new):
    """The word with the pair replaced, from left to right."""
    out, i = [], 0
    while i < len(word):
        if tuple(word[i : i + 2]) == tuple(pair):
            out.append(new)
            i += 2
        else:
            out.append(word[i])
            i += 1
    return out


def pairs_of(words):
    """words: a list of (symbols, count)."""
    counts = {}
    for word, n in words:
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + n
    return counts


def train_bpe(text, vocab_size, pattern=GPT2_PATTERN, specials=()):
    """Byte strings in the place of ids: the most frequent pair, of equals the greatest. Returns
    the vocabulary and the merges.
    """
    pieces = [text]
    if specials:
        pieces = regex.split(
            "|".join(regex.escape(s) for s in sorted(specials, key=len, reverse=True)), text
        )
    tally = {}
    for piece in pieces:
        for word in regex.findall(pattern, piece):
            tally[word] = tally.get(word, 0) + 1
    words = [([bytes([b]) for b in word.encode()], n) for word, n in tally.items()]
    return merge_bytes(words, vocab_size - 256 - len(specials), [s.encode() for s in specials])


def merge_bytes(words, most, specials=()):
    # symbols are ids, since different merges may reach the same bytes
    vocab = [bytes([b]) for b in range(256)]
    words = [([symbol[0] for symbol in word], n) for word, n in words]
    merges = []
    for _ in range(most):
        counts = pairs_of(words)
        if not counts:
            break
        best = max(
            counts, key=lambda p: (counts[p], vocab[p[0]], vocab[p[1]], -p[0], -p[1])
        )  # the ids matter only where two merges reached the same bytes
        merges.append(list(best))
        vocab.append(vocab[best[0]] + vocab[best[1]])
        words = [(replace(word, best, len(vocab) - 1), n) for word, n in words]
    return vocab + list(specials), merges
