"""The few signs of the design system, drawn as paths so that they look the same in every font and on paper."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
_FILL = 'fill="currentColor"'

_SHAPES: dict[str, str] = {
    "check": f'<path {_LINE} d="M2.2 6.4 4.8 9l5-6"/>',
    "bang": f'<path {_LINE} d="M6 2v4.6"/><circle {_FILL} cx="6" cy="10" r="1.2"/>',
    "cross": f'<path {_LINE} d="m2.8 2.8 6.4 6.4m0-6.4L2.8 9.2"/>',
    "dot": f'<circle {_FILL} cx="6" cy="6" r="4"/>',
    "ring": f'<circle {_LINE} cx="6" cy="6" r="3.9"/>',
    "half": f'<circle {_LINE} cx="6" cy="6" r="4.2"/><path {_FILL} d="M6 1.8v8.4a4.2 4.2 0 0 1 0-8.4z"/>',
    "triangle": f'<path {_FILL} d="M6 1.4 11.2 10.6H.8z"/>',
    "lock": (
        f'<rect {_FILL} x="2" y="5.2" width="8" height="6" rx="1.2"/><path {_LINE} d="M3.8 5V4a2.2 2.2 0 0 1 4.4 0v1"/>'
    ),
    "menu": f'<path {_LINE} d="M1 2.6h10M1 6h10M1 9.4h10"/>',
    "up": f'<path {_LINE} d="M2.8 7.6 6 4.2l3.2 3.4"/>',
    "down": f'<path {_LINE} d="M2.8 4.4 6 7.8l3.2-3.4"/>',
    "sort": f'<path {_LINE} d="M3.4 4.6 6 2l2.6 2.6M3.4 7.4 6 10l2.6-2.6"/>',
    "left": f'<path {_LINE} d="M7.6 2.6 4.2 6l3.4 3.4"/>',
    "right": f'<path {_LINE} d="M4.4 2.6 7.8 6 4.4 9.4"/>',
    "paper": f'<path {_LINE} d="M2.6 1.2h4.6l2.4 2.4v7.2h-7zM7 1.4v2.4h2.4M4.4 6h3.4M4.4 8.2h3.4"/>',
}
TONE_SHAPES = {
    "ok": "check",
    "warn": "bang",
    "bad": "cross",
    "info": "dot",
    "neutral": "ring",
}


def drawing(name: str) -> SafeString:
    """Return the sign as inline SVG, hidden from screen readers: the text beside it carries the meaning.

    `name` is a shape or a tone; raises KeyError for any other name.
    """
    shape = _SHAPES[TONE_SHAPES.get(name, name)]
    paths = mark_safe(shape)
    return format_html(
        '<svg class="glyph" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>',
        paths,
    )
