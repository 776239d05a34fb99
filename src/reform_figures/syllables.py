"""Is a word written as a Vietnamese syllable can be? For telling right letters from wrong ones.

In: a word. Out: yes or no. "nước" (country, water) is one: an onset, a rime and a tone that go together. "nớc",
"n­íc" and "nöôùc" are none: no syllable rhymes on ơc, and the others hold signs that are no letters of the language.

Rules: the inventory of Vietnamese orthography (onset + rime; syllables that end in c, ch, p or t take only the
sharp or the heavy tone). More permissive than a dictionary: "cọc" and "ngoẻn" pass, also where nobody says them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
    "ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa oac "
    "oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong ô ôc ôi ôm ôn ông ôp ôt "
    "ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ uôc uôi uôm uôn uông uôt uy uya "
    "uych uyên uyêt uynh uyn uyt uyu uyp ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng "
    "yêt yêu"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{'|'.join(sorted(_RIMES.split(), key=len, reverse=True))})")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_TONES = {"\u0301": "sharp", "\u0300": "falling", "\u0309": "asking", "\u0303": "tumbling", "\u0323": "heavy"}
_WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}<>\"'“”‘’…/\\|+=*&%$#@~^_–—-]+")
_EDGES = "©®°·•²³×€™«»§±\xa0\ufeff\u200b"
"""Signs that right text may hold beside letters."""


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word, any case and any placement of the tone mark, is a possible syllable."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tones.append(_TONES[char])
        else:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not _STOPPED.search(plain) or tones in (["sharp"], ["heavy"], [])


def right_words(text: str) -> list[str]:
    """The words with characters beyond ASCII that are possible syllables."""
    return [word for word in _marked_words(text) if is_syllable(word)]


def count_marked(text: str) -> tuple[int, int]:
    """Of the words with characters beyond ASCII: how many are possible syllables, and how many there are."""
    words = _marked_words(text)
    return sum(map(is_syllable, words)), len(words)


def _marked_words(text: str) -> list[str]:
    words = (word.strip(_EDGES) for word in _WORD.findall(text) if not word.isascii())
    return [word for word in words if word and not word.isascii()]
