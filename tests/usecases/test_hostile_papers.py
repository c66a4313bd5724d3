"""PDFs that are not ours, damaged, locked, or carry something hostile: one sentence each, and nothing else happens."""

from __future__ import annotations

import datetime
import io
import json
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from hakemus.bootstrap.core import Core
from hakemus.bootstrap.example import example_document
from hakemus.usecases.errors import UserError

NESTED = b"[" * 5_000 + b"]" * 5_000


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    return Core(datetime.date(2018, 11, 15), tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def paper(core: Core) -> bytes:
    return core.exporter.pdf_bytes(example_document(core, "pop-up-kirjasto"))


def holding(content: bytes, name: str = "document.json") -> bytes:
    """A PDF of one page with a file inside."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        pdf.save(target)
    return target.getvalue()


def locked(paper: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


def bomb() -> bytes:
    """A file that unpacks to more than a draft may have."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["document.json"] = pikepdf.AttachedFileSpec(pdf, b"x")
        stream = pdf.attachments["document.json"].obj.EF.F
        stream.write(zlib.compress(b" " * 60_000_000, 9), filter=pikepdf.Name.FlateDecode)
        pdf.save(target)
    return target.getvalue()


def changed(core: Core, paper: bytes, change: Callable[[dict[str, object]], None]) -> bytes:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        plain = json.loads(pdf.attachments["document.json"].get_file().read_bytes())
    change(plain)
    return holding(json.dumps(plain).encode())


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _paper: b"",
    "text": lambda _paper: b"hello",
    "a beginning": lambda paper: paper[:2000],
    "without its end": lambda paper: paper[: len(paper) // 2],
    "locked": locked,
    "nothing inside": lambda _paper: holding(b"", "other.json"),
    "no JSON": lambda _paper: holding(b"\x00\xff<html>"),
    "another JSON": lambda _paper: holding(b'{"a": 1}'),
    "a list": lambda _paper: holding(b"[]"),
    "nested": lambda _paper: holding(NESTED),
    "keys twice": lambda _paper: holding(b'{"format": 1, "format": 2}'),
    "a huge number": lambda _paper: holding(b'{"revision": ' + b"9" * 5000 + b"}"),
    "not a number": lambda _paper: holding(b'{"revision": NaN}'),
    "a bomb": lambda _paper: bomb(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pdf_that_is_no_paper_of_ours_is_one_sentence(core: Core, paper: bytes, name: str) -> None:
    with pytest.raises(UserError) as said:
        core.open_paper(HOSTILE[name](paper), "other.pdf")
    words = core.catalog("en").render(said.value.message)
    assert words.endswith(".")
    assert "Traceback" not in words
    assert "\n" not in words


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain.update(format=None),
        lambda plain: plain.update(format={"name": "other"}),
        lambda plain: plain.update(format={"name": "hakemus", "major": 2}),
        lambda plain: plain.update(call={"id": "../../etc/passwd"}),
        lambda plain: plain.update(call={"id": "no-such-call"}),
        lambda plain: plain.update(application=[]),
        lambda plain: plain.update(application={"funding": {"grant": 12.5}}),
        lambda plain: plain.update(id=7),
        lambda plain: plain.update(revision="x"),
        lambda plain: plain.update(terms=[{"at": 1}]),
    ],
)
def test_an_application_of_wrong_values_is_one_sentence(
    core: Core, paper: bytes, change: Callable[[dict[str, object]], None]
) -> None:
    with pytest.raises(UserError) as said:
        core.open_paper(changed(core, paper, change), "other.pdf")
    assert core.catalog("en").render(said.value.message)


def test_what_else_somebody_put_inside_is_not_believed(core: Core, paper: bytes) -> None:
    """A definition of the call, kept states, or remarks that a paper never carries, come in by no paper."""

    def change(plain: dict[str, object]) -> None:
        plain["comments"] = [{"id": "a", "text": "planted"}]
        plain["snapshots"] = [{"id": "a", "document": "0" * 64}]
        plain["novelty"] = "planted"
        assert isinstance(plain["call"], dict)
        plain["call"]["definition"] = {"id": "avi-kirjastot-2018", "title": {"fi": "planted"}}

    opened = core.open_paper(changed(core, paper, change), "other.pdf")
    assert opened.document.draft.comments == ()
    assert opened.document.snapshots == ()
    assert "novelty" not in opened.document.unknown
    assert "planted" not in str(opened.document.draft.call.definition["title"])


@pytest.mark.parametrize("at", range(0, 100, 4))
def test_a_paper_with_damage_anywhere_opens_equal_or_says_no(core: Core, paper: bytes, at: int) -> None:
    place = len(paper) * at // 100
    torn = paper[:place] + bytes(64) + paper[place + 64 :]
    try:
        opened = core.open_paper(torn, "paper.pdf")
    except UserError:
        return
    assert opened.document.draft.application == example_document(core, "pop-up-kirjasto").draft.application
