"""Parquet: tables with their types - decimals, days, text coded by a dictionary.

In: records. Out: the bytes of a Parquet file, the same on every run. "13,53%" is the decimal 13.530000, not a float.
"""

from __future__ import annotations

import io
from decimal import Decimal

from reform_figures.exporting import ExportError
from reform_figures.exporting.columns import UNREPEATED, Column, cells_of, columns_of

DIGITS, PLACES = 38, 6
"""Digits of a decimal, and how many of them stand behind the point: fixed, so that releases can be read together."""


def parquet_bytes(record_type: type, records: list) -> bytes:
    """Records as Parquet; the description of each column stands in its metadata (`about`).

    Raises ExportError for a number that does not fit the decimals of the file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = columns_of(record_type)
    rows = [cells_of(record, columns) for record in records]
    schema = pa.schema([pa.field(c.name, _type(c), metadata={"about": c.about}) for c in columns])
    arrays = []
    for at, column in enumerate(columns):
        values = [row[at] for row in rows]
        if column.kind == "number":
            _check_numbers(column.name, values)
        arrays.append(_array(values, schema.field(at).type))
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), sink, compression="zstd")
    return sink.getvalue()


def _array(values: list, kind):
    """pyarrow builds a dictionary from plain text, not from Python values."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, kind)


def _type(column: Column):
    import pyarrow as pa

    text = pa.string() if column.name in UNREPEATED else pa.dictionary(pa.int32(), pa.string())
    kinds = {"number": pa.decimal128(DIGITS, PLACES), "integer": pa.int64(), "day": pa.date32(), "text": text}
    return kinds[column.kind]


def _check_numbers(name: str, values: list[Decimal | None]) -> None:
    for value in values:
        if value is None:
            continue
        fits = value.is_finite() and value == round(value, PLACES) and abs(value) < 10 ** (DIGITS - PLACES)
        if not fits:
            raise ExportError(
                f"column {name}: {value:f} does not fit a decimal of {DIGITS} digits, {PLACES} behind the point; "
                "mend the figure, or raise PLACES in exporting/typed.py"
            )
