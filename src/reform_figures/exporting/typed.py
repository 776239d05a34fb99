"""Parquet: tables with their types - decimals, days, text coded by a dictionary.

In: records. Out: the bytes of a Parquet file, the same on every run. "13,53%" is the decimal 13.530000, not a float.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from reform_figures.exporting import ExportError
from reform_figures.exporting.columns import UNREPEATED, Column, column_values, columns_of

if TYPE_CHECKING:
    import pyarrow as pa

DIGITS, PLACES = 38, 6
"""Digits of a decimal, and how many of them stand behind the point: fixed, so that releases can be read together."""


def parquet_bytes(record_type: type, records: list) -> bytes:
    """Records as Parquet; the description of each column stands in its metadata (`about`).

    Raises ExportError for a number that does not fit the decimals of the file.
    """
    import pyarrow.parquet as pq

    for column in columns_of(record_type):
        if column.kind == "number":
            _check_numbers(column.name, (getattr(record, column.name) for record in records))
    sink = io.BytesIO()
    pq.write_table(arrow_table(schema_of(record_type), record_type, records), sink, compression="zstd")
    return sink.getvalue()


def schema_of(record_type: type) -> pa.Schema:
    """Columns of a record type with their types and descriptions."""
    import pyarrow as pa

    return pa.schema([pa.field(c.name, _type(c), metadata={"about": c.about}) for c in columns_of(record_type)])


def arrow_table(schema: pa.Schema, record_type: type, records: list) -> pa.Table:
    """Records as a table of that schema; numbers must fit (`fits_decimal`)."""
    import pyarrow as pa

    columns = columns_of(record_type)
    arrays = [_array(column_values(records, c), f.type) for c, f in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def fits_decimal(value: Decimal) -> bool:
    """Whether a number can be written without losing a digit."""
    if not value.is_finite() or value.adjusted() >= DIGITS - PLACES:
        return False
    _, digits, exponent = value.as_tuple()
    return exponent >= -PLACES or not any(digits[PLACES + exponent :])


def _array(values: list, kind: pa.DataType) -> pa.Array:
    """pyarrow builds a dictionary from plain text, not from Python values."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode()
    if pa.types.is_list(kind):  # of paragraphs
        inside, fields = [one for several in values for one in several], list(kind.value_type)
        columns = [pa.array(map(attrgetter(field.name), inside), field.type) for field in fields]
        offsets = list(accumulate(map(len, values), initial=0))
        return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(columns, fields=fields))
    return pa.array(values, kind)


def _type(column: Column) -> pa.DataType:
    import pyarrow as pa

    kinds = {
        "number": pa.decimal128(DIGITS, PLACES),
        "integer": pa.int64(),
        "day": pa.date32(),
        "time": pa.timestamp("us", "+07:00"),
        "list": pa.list_(pa.struct([("role", pa.string()), ("text", pa.string())])),
        "text": pa.string() if column.name in UNREPEATED else pa.dictionary(pa.int32(), pa.string()),
    }
    return kinds[column.kind]


def _check_numbers(name: str, values: Iterable[Decimal | None]) -> None:
    for value in values:
        if value is not None and not fits_decimal(value):
            raise ExportError(
                f"column {name}: {value:f} does not fit a decimal of {DIGITS} digits, {PLACES} behind the point; "
                "mend the figure, or raise PLACES in exporting/typed.py"
            )
