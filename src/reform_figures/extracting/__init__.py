"""Article → reported figures and the numerals passed over, each field with the rule that set it."""

from reform_figures.extracting.figures import explain, extract

__all__ = ["explain", "extract"]
