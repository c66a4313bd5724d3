"""PDFs that are not ours, damaged, locked, or carry something hostile: one sentence each, and nothing else happens."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from hakemus.bootstrap.core import Core
from hakemus.bootstrap.example import example_document
from hakemus.usecases.errors import UserError

BEARABLE = 8.0
"""Seconds of the processor; all of these take well under one."""
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


def worked(paper: bytes, work: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A paper on which somebody has worked."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        work(pdf)
        pdf.save(target)
    return target.getvalue()


def in_a_circle(pdf: pikepdf.Pdf) -> None:
    """The list of the files inside leads to itself."""
    kid = pdf.make_indirect(pikepdf.Dictionary(Limits=pikepdf.Array(["a", "z"])))
    kid.Kids = pikepdf.Array([kid])
    pdf.Root.Names.EmbeddedFiles = kid


def very_deep(pdf: pikepdf.Pdf) -> None:
    node = pdf.Root.Names.EmbeddedFiles
    for _ in range(20_000):
        node = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([node])))
    pdf.Root.Names.EmbeddedFiles = node


def packed_twice(pdf: pikepdf.Pdf) -> None:
    """Some hundred bytes that unpack to a file of sixty megabytes."""
    data = zlib.compress(zlib.compress(b" " * 60_000_000, 9), 9)
    assert len(data) < 1_000
    stream = pdf.attachments["document.json"].obj.EF.F
    stream.write(data, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))


def many_files(pdf: pikepdf.Pdf) -> None:
    file = pdf.attachments["document.json"].obj
    del pdf.attachments["document.json"]
    names = [part for at in range(5_000) for part in (f"a{at:05}", file)]
    pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array(names))


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
    "a bomb packed twice": lambda paper: worked(paper, packed_twice),
    "files in a circle": lambda paper: worked(paper, in_a_circle),
    "files very deep": lambda paper: worked(paper, very_deep),
    "pages in a circle": lambda _paper: circle_of_pages(),
}


def circle_of_pages() -> bytes:
    """The tree of pages leads to itself; written by hand, for the library would not."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1000000000>>"]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj%s endobj\n" % (at, part) for at, part in enumerate(parts, 1))
    return body + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"


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


def test_commands_in_a_paper_are_not_followed(core: Core, paper: bytes, tmp_path: Path) -> None:
    touched = tmp_path / "touched"

    def work(pdf: pikepdf.Pdf) -> None:
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=f"/usr/bin/touch {touched}")
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.launchURL('http://example.org/')")
        pdf.Root.OpenAction = launch
        pdf.Root.AA = pikepdf.Dictionary(WC=script)
        pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array(["a", script]))

    opened = core.open_paper(worked(paper, work), "paper.pdf")
    assert opened.document.draft.application == example_document(core, "pop-up-kirjasto").draft.application
    assert not touched.exists()


@pytest.mark.parametrize("said", [2**40, -1, 0])
def test_a_size_that_lies_is_not_believed(core: Core, paper: bytes, said: int) -> None:
    def work(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["document.json"].obj.EF.F.Params = pikepdf.Dictionary(Size=said)

    opened = core.open_paper(worked(paper, work), "paper.pdf")
    assert opened.document.draft.application == example_document(core, "pop-up-kirjasto").draft.application


def test_of_very_many_files_inside_only_the_first_are_looked_at(core: Core, paper: bytes) -> None:
    before = time.process_time()
    with contextlib.suppress(UserError):
        core.open_paper(worked(paper, many_files), "paper.pdf")
    assert time.process_time() - before < BEARABLE


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain["application"]["budget"].update(lines=[{"id": f"a{at}"} for at in range(20_000)]),
        lambda plain: plain["application"].update({f"k{at}": 1 for at in range(20_000)}),
        lambda plain: plain["application"]["project"].update(summary="x" * 20_000_000),
        lambda plain: plain.update(terms=[{"at": "grant-share.percent", "value": "99", "on": "2018-01-01"}] * 20_000),
    ],
    ids=["rows", "keys", "a text", "terms"],
)
def test_very_much_inside_opens_in_bearable_time(
    core: Core, paper: bytes, change: Callable[[dict[str, Any]], None]
) -> None:
    data = changed(core, paper, change)
    before = time.process_time()
    with contextlib.suppress(UserError):
        core.open_paper(data, "paper.pdf")
    assert time.process_time() - before < BEARABLE


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 64, "C:\\x.exe"])
def test_a_file_that_a_paper_names_is_not_fetched(core: Core, paper: bytes, name: str) -> None:
    def change(plain: dict[str, Any]) -> None:
        plain["application"]["attachments"] = [{"id": "a", "sha256": name, "filename": name, "state": "attached"}]

    with contextlib.suppress(UserError):
        opened = core.open_paper(changed(core, paper, change), "paper.pdf")
        assert opened.attachments == {}


@pytest.mark.parametrize("at", range(0, 100, 4))
def test_a_paper_with_damage_anywhere_opens_equal_or_says_no(core: Core, paper: bytes, at: int) -> None:
    place = len(paper) * at // 100
    torn = paper[:place] + bytes(64) + paper[place + 64 :]
    try:
        opened = core.open_paper(torn, "paper.pdf")
    except UserError:
        return
    assert opened.document.draft.application == example_document(core, "pop-up-kirjasto").draft.application
