"""Exports: the tables in the forms that other programs read, made anew from data/processed.

In: the processed tables. Out: CSV, a workbook, Parquet, SDMX-CSV 2.0 and a data package, the same to the byte on every
run. "79.057 người" (79,057 people) is the number 79057 in each of them.
"""


class ExportError(ValueError):
    """Something that cannot be exported as it is; the message says what and why in one sentence."""
