"""Exports as files of JSON lines, the same as those of dvctl; docs/export.md says what is in them."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import os
from collections.abc import Iterable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeVar

from ._protobuf import Field, Message, table
from .messages import ExportItem, StringPair

Read = TypeVar("Read", bound=Message)


def write_export(items: Iterable[ExportItem], path: str | os.PathLike[str]) -> None:
    """Writes an export; the file takes its name when it is complete and on disk.

    Raises ValueError for one that does not end as it must.
    """
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            last = None
            for last in items:
                file.write(json_line(last) + "\n")
            if last is None or last.end is None:
                raise ValueError("the export is not whole: it has no end")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_export(path: str | os.PathLike[str]) -> Iterator[ExportItem]:
    """The items of an export, gzip or plain. Raises ValueError, naming the line, and OSError."""
    with Path(path).open("rb") as file:
        is_packed = file.peek(2)[:2] == b"\x1f\x8b"
        item = None
        number = 0
        for number, line in enumerate(gzip.open(file) if is_packed else file, 1):
            try:
                item = _message(json.loads(line), ExportItem)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from error
            if number == 1 and (item.head is None or item.head.version != 1):
                raise ValueError(f"{path}: no export of version 1")
            yield item
        if item is None or item.end is None:
            raise ValueError(f"{path}: it breaks off behind line {number}")


def json_line(item: ExportItem) -> str:
    """An item as a line, without its line feed."""
    if item.head is not None:
        # Of the store it comes from; two stores with the same articles have the same export.
        item = ExportItem.decode(item.encode())
        if item.head is not None:
            item.head.cursor = ""
    text = json.dumps(_value(item), ensure_ascii=False, separators=(",", ":"))
    for control, short in (("\\b", "\\u0008"), ("\\f", "\\u000c"), ("\x7f", "\\u007f")):
        if control in text:
            text = _replace_escape(text, control, short)
    return text


def _replace_escape(text: str, control: str, long: str) -> str:
    """Puts one way of writing a control character in the place of another."""
    if not control.startswith("\\"):
        return text.replace(control, long)
    # A backslash may itself be written as two.
    parts = text.split("\\\\")
    return "\\\\".join(part.replace(control, long) for part in parts)


def _value(value: Any) -> Any:
    match value:
        case Message():
            members = {}
            for field in table(type(value)).values():
                found = getattr(value, field.name)
                if _is_there(field, found):
                    members[field.name] = _member(field, found)
            return members
        case bytes():
            return base64.b64encode(value).decode()
        case IntEnum():
            return value.name
        case _:
            return value


def _member(field: Field, value: Any) -> Any:
    if field.kind is StringPair:
        return dict(sorted((pair.key, pair.value) for pair in value))
    if field.label == "repeated":
        return [_value(item) for item in value]
    return _value(value)


def _is_there(field: Field, value: Any) -> bool:
    if field.label == "optional":
        return value is not None
    return bool(value)


def _message(value: Any, kind: type[Read]) -> Read:
    if not isinstance(value, dict):
        raise ValueError(f"a {kind.__name__} is an object")
    fields = {field.name: field for field in table(kind).values()}
    message = kind()
    for name, found in value.items():
        if (field := fields.get(name)) is None:
            raise ValueError(f"{kind.__name__} has no field {name}")
        setattr(message, name, _read(field, found))
    return message


def _read(field: Field, value: Any) -> Any:
    if field.kind is StringPair:
        if not isinstance(value, dict):
            raise ValueError(f"{field.name} wants an object")
        return [StringPair(key, text) for key, text in value.items()]
    if field.label == "repeated":
        if not isinstance(value, list):
            raise ValueError(f"{field.name} wants a list")
        return [_scalar(field, item) for item in value]
    return _scalar(field, value)


def _scalar(field: Field, value: Any) -> Any:
    if field.is_message:
        return _message(value, field.kind)
    wanted: Any = {"string": str, "bytes": str, "bool": bool, "double": (int, float)}.get(
        field.kind if isinstance(field.kind, str) else "", int
    )
    if not isinstance(value, wanted) or isinstance(value, bool) != (wanted is bool):
        raise ValueError(f"{field.name} has a value of another kind")
    if field.kind == "bytes":
        try:
            return base64.b64decode(value, validate=True)
        except binascii.Error as error:
            raise ValueError(f"{field.name}: {error}") from error
    return float(value) if field.kind == "double" else value
