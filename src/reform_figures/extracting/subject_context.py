"""Subject context: what a rule of subjects asks of the sentence and of what stands around it.

In: a rule of `subject_rules.csv` that fits the concepts of a stretch, and the `Slot`. Out: whether it holds there. "Đã
tích hợp 2.700 dịch vụ" (2,700 services integrated) is of the national portal where the article has named it.
"""

from __future__ import annotations

import re

from reform_figures.extracting.lexicon import concept_bits
from reform_figures.extracting.slot import Slot
from reform_figures.extracting.subject_rules import Rule

_COMMUNES = concept_bits(["communelevel"])
_PORTAL = concept_bits(["portal"])
_THE_PORTAL = concept_bits(["cong"])
LEFT_OUT = re.compile(r"(?<!\w)(?:chưa|không)\s+(?:tính|kể|bao\s+gồm)\s+(?:\w+\s+){0,2}\Z")
_OF_THE_PORTAL = frozenset(("portal_service", "portal_account", "portal_payment", "portal_dossier_online"))


def holds_around(rule: Rule, slot: Slot) -> bool:
    """True where the sentence and what stands around it hold what the rule asks of them."""
    if not (rule.sentence or rule.context or rule.absent):
        return True
    told = sentence_concepts(slot)
    if rule.sentence & ~told or rule.absent & told:
        return False
    if rule.context & _PORTAL and slot.frame.home not in ("VN", "MOHA") and not slot.frame.is_about_the_portal:
        if not (_clause_concepts(slot) & _PORTAL or _in_list_of_the_portal(slot) or _after_the_portal(slot)):
            return False  # a province speaks of its own portal unless the clause names the national one
    asked = rule.context & ~told
    return not (asked and asked & ~_context_concepts(slot, told, asked))


def sentence_concepts(slot: Slot) -> int:
    """Concepts of the sentence but for those it leaves out: "1.842 biên chế (chưa tính cấp xã)"."""
    frame, span = slot.frame, slot.sentence
    told = frame.scan.concepts(*span)
    if told & _COMMUNES:
        cues = [c for c in frame.scan.tagged.between(*span) if c.entry.concepts & _COMMUNES]
        if all(LEFT_OUT.search(frame.low[max(0, c.start - 24) : c.start]) for c in cues):
            return told & ~_COMMUNES
    return told


def _in_list_of_the_portal(slot: Slot) -> int:
    """ "Cổng ghi nhận:" (the portal counts:) opens a list of what the portal does."""
    head = slot.passage.head
    return slot.frame.scan.concepts(*head) & (_PORTAL | _THE_PORTAL) if head[1] else 0


def _after_the_portal(slot: Slot) -> bool:
    """True where the figure before in this paragraph was one of the portal."""
    before = slot.previous
    return before is not None and before.subject in _OF_THE_PORTAL and before.numeral.start >= slot.passage.line.start


def _clause_concepts(slot: Slot) -> int:
    return slot.frame.scan.concepts(slot.clause_start, slot.clause_end)


def _context_concepts(slot: Slot, sentence: int, asked: int) -> int:
    """Concepts of the paragraph so far, of the heading and of the headline; the portal where it is asked for."""
    frame, scan, at = slot.frame, slot.frame.scan, slot.numeral.start
    context = scan.concepts(slot.paragraph_start, slot.sentence[0])
    context |= scan.concepts(*slot.passage.heading) | scan.concepts(*frame.title_span)
    if not asked & _PORTAL:
        return context
    if not context & _PORTAL and frame.first_tag("portal") < at:
        # "qua Cổng": the portal that the article has named; or the paragraph before was about it
        if sentence & _THE_PORTAL or (frame.home == "VN" and _paragraph_before(slot) & _PORTAL):
            context |= _PORTAL
    return context


def _paragraph_before(slot: Slot) -> int:
    """Concepts of the paragraph before, of which "chỉ riêng 6 tháng đầu năm" (the first half alone) speaks too."""
    frame = slot.frame
    n = slot.passage.line_index
    line = next(
        (other for other in reversed(frame.lines[max(0, n - 3) : n]) if other.role in ("body", "list_item")), None
    )
    if line is None or line.end - line.start > 6000:
        return 0
    return frame.scan.concepts(line.start, line.end)
