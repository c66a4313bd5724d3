"""What the tests of paper share: the shipped fonts, and a report rendered on a fixed day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hakemus.adapters.pdf.fonts import font_book
from hakemus.adapters.pdf.render import PdfRenderer
from hakemus.adapters.pdf.typesetting import Typesetter
from hakemus.report.model import Report

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def fonts() -> Path:
    return FONTS


@pytest.fixture(scope="session")
def setter() -> Typesetter:
    return Typesetter(font_book(FONTS))


@pytest.fixture(scope="session")
def rendered() -> Callable[[Report], bytes]:
    renderer = PdfRenderer(FONTS, "hakemus 0.1.0")
    return lambda report: renderer(report, DAY)
