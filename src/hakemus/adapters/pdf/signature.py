"""The block under the application: lines for place, date, signature and name, kept together on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.composer import Composer
from hakemus.adapters.pdf.flow import Strip
from hakemus.adapters.pdf.strips import Setting, draw_rule, draw_setting
from hakemus.adapters.pdf.structure import Element, block_box
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.report.model import Label, Signature

_GUTTER = 24.0
_HALF = (styles.WIDTH - _GUTTER) / 2
_AREA = 44.0
_WRITING = 30.0
_AIR = 10.0
"""Below, so that the next one to sign does not stand under the name of the one before."""


@dataclass(frozen=True)
class _Place:
    """One line to write on: what is printed above it, and its label below."""

    x: float
    label: tuple[Setting, ...]
    printed: Setting | None
    figure: Element
    form: Element | None = None

    @property
    def label_height(self) -> float:
        return sum(setting.height for setting in self.label)


@dataclass(eq=False)
class _SignatureStrip(Strip):
    rows: tuple[tuple[float, tuple[_Place, ...]], ...]
    gap: float = styles.BLOCK_GAP

    @property
    def height(self) -> float:  # type: ignore[override]
        return sum(above + max(place.label_height for place in places) + 4 for above, places in self.rows) + _AIR

    def draw(self, canvas: TaggedCanvas, left: float, top: float) -> None:
        for above, places in self.rows:
            for place in places:
                self._place(canvas, place, left + place.x, top, above)
            top -= above + max(place.label_height for place in places) + 4

    def _place(self, canvas: TaggedCanvas, place: _Place, x: float, top: float, above: float) -> None:
        line = top - above
        if place.printed is not None:
            draw_setting(canvas, place.printed, x, line + place.printed.height + 1)
        box = (x, line, x + _HALF, top - 4)
        place.figure.attributes.append(block_box(*box))
        canvas.content(place.figure)
        draw_rule(canvas, x, line, _HALF, 0.75, styles.INK)
        canvas.close()
        if place.form is not None and place.form.alt:
            canvas.signature_field(place.form, "signature", place.form.alt, box)
        y = line - 2
        for setting in place.label:
            draw_setting(canvas, setting, x, y)
            y -= setting.height


def add_signature(composer: Composer, block: Signature) -> None:
    """Each place to write on is a figure whose alternative text says what belongs there."""
    parent = composer.section

    def place(x: float, label: Label, alt: str, printed: str = "") -> _Place:
        setting = None
        if printed:
            setting = composer.setting(parent.add("P"), printed, styles.BODY, _HALF)
        figure = composer.figure(alt, label.text)
        words = composer.labelled(parent.add("P"), label, styles.SMALL, _HALF)
        return _Place(x, tuple(words), setting, figure)

    right = _HALF + _GUTTER
    first = (place(0.0, block.place, block.place.text), place(right, block.day, block.day.text))
    signed = place(0.0, block.signature, block.alt)
    if composer.signable:
        signed = replace(signed, form=parent.add("Form", alt=signed.figure.alt))
    named = place(right, block.name, block.name.text, block.printed_name)
    composer.keep_last_paragraph()
    tall = max(_AREA, (named.printed.height if named.printed else 0.0) + 8)
    composer.add([_SignatureStrip(((_WRITING, first), (tall, (signed, named))))])
