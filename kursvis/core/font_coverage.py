"""Which characters a TrueType font can show: its `cmap` table (OpenType specification, formats 4 and 12)."""

from pathlib import Path
from struct import unpack_from

_CMAP = b"cmap"
_WINDOWS = 3
_BMP, _FULL = 1, 10


def characters_of(font: Path) -> frozenset[int]:
    """Return the code points that the font has a glyph for. Raises ValueError for a font without a Unicode table."""
    data = font.read_bytes()
    (tables,) = unpack_from(">H", data, 4)
    for number in range(tables):
        name, _, offset, _ = unpack_from(">4sIII", data, 12 + 16 * number)
        if name == _CMAP:
            return _of_table(data, offset)
    raise ValueError(f"{font.name} has no cmap table")


def _of_table(data: bytes, start: int) -> frozenset[int]:
    (count,) = unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for number in range(count):
        platform, encoding, offset = unpack_from(">HHI", data, start + 4 + 8 * number)
        if platform == _WINDOWS and encoding in (_BMP, _FULL):
            found |= _of_subtable(data, start + offset)
    if not found:
        raise ValueError("the font has no Unicode cmap")
    return frozenset(found)


def _of_subtable(data: bytes, start: int) -> set[int]:
    (kind,) = unpack_from(">H", data, start)
    if kind == 12:
        return _format_12(data, start)
    return _format_4(data, start) if kind == 4 else set()


def _format_12(data: bytes, start: int) -> set[int]:
    (groups,) = unpack_from(">I", data, start + 12)
    found: set[int] = set()
    for number in range(groups):
        first, last, _ = unpack_from(">III", data, start + 16 + 12 * number)
        found.update(range(first, last + 1))
    return found


def _format_4(data: bytes, start: int) -> set[int]:
    (doubled,) = unpack_from(">H", data, start + 6)
    segments = doubled // 2
    ends = unpack_from(f">{segments}H", data, start + 14)
    starts = unpack_from(f">{segments}H", data, start + 16 + doubled)
    deltas = unpack_from(f">{segments}H", data, start + 16 + 2 * doubled)
    offsets_at = start + 16 + 3 * doubled
    found: set[int] = set()
    for number, (first, last, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        (offset,) = unpack_from(">H", data, offsets_at + 2 * number)
        found.update(
            character
            for character in range(first, min(last, 0xFFFE) + 1)
            if _glyph(data, offsets_at + 2 * number, offset, delta, character, first)
        )
    return found


def _glyph(data: bytes, at: int, offset: int, delta: int, character: int, first: int) -> int:
    if not offset:
        return int(character + delta) & 0xFFFF
    (glyph,) = unpack_from(">H", data, at + offset + 2 * (character - first))
    return int(glyph + delta) & 0xFFFF if glyph else 0
