"""Topic areas: whose number it is where the words around it only point to a name told before.

In: a `Slot`. Out: whether a ministry speaks of itself; the province that a national article speaks of here. "Bộ được
giao 612 biên chế" (the ministry was assigned 612 posts) is of the ministry that speaks; after "Tại Bình Phước, ..."
(in Binh Phuoc) "toàn tỉnh" (the whole province) is that one.
"""

from __future__ import annotations

import re

from reform_figures.extracting.scanning import UPPER
from reform_figures.extracting.scopes import ITSELF
from reform_figures.extracting.slot import Slot

# "Bộ" alone, with its capital, is the ministry that speaks; "Bộ Tài chính" is another, "Bộ chỉ số" a set of indices.
# Each pattern begins with the letters that `re` looks for alone, quickly; what stands before them is asked behind.
_OWN_HOUSE = re.compile(
    rf"Bộ(?<!\wBộ)(?!\s+(?:[{UPPER}]|trưởng|máy|phận|chỉ|luật|thủ|tiêu|đội|dữ|tài|mã|hồ|câu|quy|đề\s+xuất|kiến\s+nghị))(?=[\s,])"
)
_THAT_MINISTRY = re.compile(r"bộ(?:(?<!\wbộ) này(?!\w)|(?<=(?<!\w)của bộ)(?!\s+[A-ZĐ])(?=[\s,]))")
_HEADS = re.compile(r"(?:(?:tại|ở|riêng|như|còn|đơn\s+cử|ví\s+dụ|tỉnh|thành\s+phố|tp\.?|là)[\s,:]*)*")

_THIS_BLOCK = re.compile(r"(?<!\w)(?:khối|nhóm)\s+(?:này|đó|trên)(?!\w)")
_WRITTEN = ("written_by", "ministry_spoken_of")
_BLOCKS = ("VN-central", "VN-local")
_WRITES = re.compile(
    r"\s+(?:đã\s+|cũng\s+|còn\s+)*(?:tham\s+mưu|trình|ban\s+hành|xây\s+dựng|soạn\s+thảo|chuẩn\s+bị)(?!\w)"
)


def find_block_spoken_of(slot: Slot) -> str | None:
    """What "khối này" (this block) means: ministries or localities, as last told before in the paragraph or heading."""
    frame = slot.frame
    if frame.home not in ("VN", "MOHA"):
        return None
    if "khối" not in slot.left and "nhóm" not in slot.left:
        return None
    said = [m.start() for m in _THIS_BLOCK.finditer(frame.low, slot.sentence[0], slot.numeral.start)]
    if not said:
        return None
    told = frame.scan.areas.between(frame.paragraph_start(said[-1]), said[-1])
    codes = [c.entry.area for c in [*frame.scan.areas.between(*slot.passage.heading), *told]]
    return next((code for code in reversed(codes) if code in _BLOCKS), None)


def find_author(slot: Slot) -> str | None:
    """The ministry that drew up the documents counted: "Bộ Nội vụ đã ban hành 70 thông tư", and what the paragraph or
    its list goes on to count."""
    frame, before = slot.frame, slot.previous
    for cue in reversed(slot.left_areas):
        writes = _WRITES.match(frame.low, cue.end)
        if cue.entry.area_kind == "body" and writes:
            return cue.entry.area
        if writes or cue.entry.area not in ITSELF:
            return None
    if before is None or before.theme != "institutions" or before.rules["area"] not in _WRITTEN:
        return None
    passed = slot.passage.line_index - before.passage.line_index
    return before.area if passed == 0 or (slot.passage.head[1] and passed < 5) else None


def speaks_of_own_house(slot: Slot) -> bool:
    """True where a ministry calls itself "Bộ" as the body that the number is of: "Bộ được giao 612 biên chế"."""
    frame = slot.frame
    if frame.text.find("Bộ", slot.sentence[0], slot.numeral.start) < 0:
        return False  # a search for two letters, far cheaper than the pattern
    own = [m.end() for m in _OWN_HOUSE.finditer(frame.text, slot.sentence[0], slot.numeral.start)]
    scoped = [c.end for c in slot.left_areas if c.entry.area not in ITSELF and c.entry.area_kind != "body"]
    return bool(own) and (not scoped or own[-1] > scoped[-1])


def find_ministry_spoken_of(slot: Slot) -> str | None:
    """The ministry that "Bộ", "bộ này", "của bộ" means in an article of others: the one named last in the paragraph,
    or in the two before it; None where the sentence names a scope or province of its own behind the word."""
    frame = slot.frame
    start, at = slot.sentence[0], slot.numeral.start
    if frame.text.find("Bộ", start, at) < 0 and "bộ này" not in slot.left and "của bộ" not in slot.left:
        return None
    said = max((m.start() for p in (_OWN_HOUSE, _THAT_MINISTRY) for m in p.finditer(frame.text, start, at)), default=-1)
    if said < 0 or any(c.start >= said for c in slot.left_areas if c.entry.area not in ITSELF):
        return None
    n = max(0, slot.passage.line_index - 2)
    for cue in reversed(frame.scan.areas.between(frame.lines[n].start, said)):
        if cue.entry.area_kind == "body":
            return cue.entry.area
        if cue.entry.area_kind == "province" or cue.entry.area in ("VN", "VN-local"):
            return None
    return None


def find_province_told(slot: Slot, at: int) -> str | None:
    """Code of the last province that the paragraph names before `at`, None where it names none."""
    told = slot.frame.scan.areas.between(slot.frame.paragraph_start(at), at)
    return next((c.entry.area for c in reversed(told) if c.entry.area_kind == "province"), None)


def find_topic(slot: Slot) -> str | None:
    """The province that a national article speaks of here: named in the sentence, or at the head of one before it in
    the paragraph ("Tại Bình Phước, ...", "Nghệ An là một ví dụ: ..."); None once it has turned to the country again."""
    frame, start = slot.frame, slot.frame.paragraph_start(slot.numeral.start)
    for cue in reversed(frame.scan.areas.between(start, slot.numeral.start)):
        kind, code = cue.entry.area_kind, cue.entry.area
        if (kind == "scope" and code in ("VN", "VN-central")) or (code == "VN-local" and "các" in cue.entry.form):
            return None
        if kind != "province":
            continue
        opening = frame.scan.sentences[frame.scan.sentence_at(cue.start)][0]
        if opening == slot.sentence[0] or _HEADS.fullmatch(frame.low[opening : cue.start]):
            return code
    return find_province_of_heading(slot)


def find_province_of_heading(slot: Slot) -> str | None:
    """The province that the heading is about, having no other words: "Riêng tại Nghệ An" (in Nghe An itself)."""
    start, end = slot.passage.heading
    low, cues = slot.frame.low, slot.frame.scan.areas.between(start, end)
    if len(cues) != 1 or cues[0].entry.area_kind != "province":
        return None
    alone = _HEADS.fullmatch(low[start : cues[0].start]) and not low[cues[0].end : end].strip(" .:")
    return cues[0].entry.area if alone else None
