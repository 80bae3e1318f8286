"""Types of a Parquet file: what Spark is told to read, and back to what pyarrow would have read.

A case is what pyarrow reads from its file. Spark has fewer types: it knows no unsigned numbers, no
nanoseconds, and gives every time in the zone of the session. So columns are asked for in a type
that keeps all of the value, and turned back on the executor.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from brightline.screening.arrow_rows import unusable

if TYPE_CHECKING:
    from pyspark.sql import types as spark

_types = pa.types
_MOST_DIGITS = 38


def spark_schema(columns: pa.Schema, int96: Set[str]) -> spark.StructType:
    """The schema with which Spark reads these columns; those without any value are left out.

    `int96`: columns of times in an old form. Raises `UnusableCases` on a type that Spark has not.
    """
    from pyspark.sql import types as spark

    return spark.StructType(
        [
            spark.StructField(field.name, spark_type(field.name, field.type, field.name in int96))
            for field in columns
            if not _types.is_null(field.type)
        ]
    )


def spark_type(name: str, kind: pa.DataType, int96: bool = False) -> spark.DataType:
    """The type in which Spark reads a column. Raises `UnusableCases` where there is none."""
    from pyspark.sql import types as spark

    if isinstance(kind, pa.BaseExtensionType):
        return spark_type(name, kind.storage_type, int96)
    if _types.is_dictionary(kind):
        return spark_type(name, kind.value_type, int96)
    if _types.is_timestamp(kind):
        if int96:
            return spark.TimestampType()
        if kind.unit == "ns":
            return spark.LongType()  # spark.sql.legacy.parquet.nanosAsLong
        return spark.TimestampNTZType() if kind.tz is None else spark.TimestampType()
    if isinstance(kind, pa.StructType):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        return spark.StructType(
            [spark.StructField(of.name, spark_type(f"{name}.{of.name}", of.type)) for of in fields]
        )
    if _types.is_list(kind) or _types.is_large_list(kind):
        return spark.ArrayType(spark_type(name, kind.value_type))
    if _types.is_decimal(kind) and kind.precision <= _MOST_DIGITS:
        return spark.DecimalType(kind.precision, kind.scale)
    for is_kind, made in (
        (_types.is_string, spark.StringType),
        (_types.is_large_string, spark.StringType),
        (_types.is_string_view, spark.StringType),
        (_types.is_binary, spark.BinaryType),
        (_types.is_large_binary, spark.BinaryType),
        (_types.is_binary_view, spark.BinaryType),
        (_types.is_fixed_size_binary, spark.BinaryType),
        (_types.is_boolean, spark.BooleanType),
        (_types.is_int8, spark.ByteType),
        (_types.is_int16, spark.ShortType),
        (_types.is_int32, spark.IntegerType),
        (_types.is_int64, spark.LongType),
        (_types.is_uint8, spark.ShortType),
        (_types.is_uint16, spark.IntegerType),
        (_types.is_uint32, spark.LongType),
        (_types.is_float32, spark.FloatType),
        (_types.is_float64, spark.DoubleType),
        (_types.is_date32, spark.DateType),
    ):
        if is_kind(kind):
            return made()
    if _types.is_uint64(kind):
        return spark.DecimalType(20, 0)
    raise unusable(name, kind)


def as_in_file(array: pa.Array[Any], kind: pa.DataType) -> pa.Array[Any]:
    """A column from Spark as pyarrow reads it from a file of this type."""
    if isinstance(kind, pa.StructType) and isinstance(array, pa.StructArray):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        if not any(_differs(field.type) for field in fields):
            return array
        inner = [as_in_file(array.field(field.name), field.type) for field in fields]
        names = [field.name for field in fields]
        return pa.StructArray.from_arrays(inner, names=names, mask=array.is_null())
    if not _differs(kind):
        return array
    if _types.is_timestamp(kind) and _types.is_timestamp(array.type):
        return array.cast(pa.timestamp("us", kind.tz))
    found: pa.Array[Any] = array.cast(kind)
    return found


def _differs(kind: pa.DataType) -> bool:
    """Whether Spark has the values of this type in another one."""
    if isinstance(kind, pa.StructType):
        return any(_differs(kind.field(at).type) for at in range(kind.num_fields))
    return _types.is_timestamp(kind) or _types.is_unsigned_integer(kind)
