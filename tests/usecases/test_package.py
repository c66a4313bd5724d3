"""The package: what goes in, under which names, with which sums; one PDF of all; attachments that cannot."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from hakemus.adapters.resources.locator import resources_root
from hakemus.bootstrap.core import Core
from hakemus.domain.draft import Document
from hakemus.domain.findings import Severity
from hakemus.report.model import Copy
from hakemus.usecases import attachment_faults, calls, drafts
from hakemus.usecases.errors import UserError
from hakemus.usecases.package import zipped

Made = tuple[Document, Mapping[str, bytes]]


def pdf(*words: str, size: tuple[float, float] = (400.0, 300.0), turned: int = 0) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for word in words:
        canvas.drawString(60, 60, word)
        canvas.setPageRotation(turned)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def locked(password: str = "x") -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("salainen"))) as paper:
        paper.save(target, encryption=pikepdf.Encryption(user=password, owner="y"))
    return target.getvalue()


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Core:
    monkeypatch.setenv("HAKEMUS_TODAY", "2018-11-15")
    return Core(state=tmp_path)


@pytest.fixture
def made(core: Core) -> Callable[..., Made]:
    def make(*files: tuple[str, str, bytes]) -> Made:
        example = json.loads((resources_root() / "examples" / "pop-up-kirjasto.json").read_text(encoding="utf-8"))
        rows: list[dict[str, Any]] = [
            {
                "id": f"a{at}",
                "title": title,
                "filename": name,
                "state": "attached",
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            for at, (title, name, data) in enumerate(files)
        ]
        rows.append({"id": "late", "title": "Aiesopimus", "state": "later"})
        example["application"]["attachments"] = rows
        application, _ = drafts.application_from_data(example["application"], core.chance.draw)
        definition = calls.definition_of(core.calls, "avi-kirjastot-2018")
        document = drafts.new_document(definition, "0f0e0d0c-0000-4000-8000-000000000001", "fi", application)
        return document, {hashlib.sha256(data).hexdigest(): data for _, _, data in files}

    return make


def texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as paper:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in paper]


def test_a_package_holds_all_in_order_with_sums_that_are_true(core: Core, made: Callable[..., Made]) -> None:
    document, files = made(("Tilat: kuvat/piirros", "plan.PDF", pdf("a")), ("Taulukko.csv", "t.csv", b"a;b\n"))
    data = zipped(core.packager.files(document, files, language="en"))
    assert data == zipped(core.packager.files(document, files, language="en"))
    package = zipfile.ZipFile(io.BytesIO(data))
    assert package.testzip() is None
    names = package.namelist()
    assert names == [
        "Cover sheet.pdf",
        "Application.pdf",
        "Application.xlsx",
        "Attachment 1 Tilat kuvat piirros.pdf",
        "Attachment 2 Taulukko.csv",
        "SHA256SUMS.txt",
    ]
    for line in package.read("SHA256SUMS.txt").decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(package.read(name)).hexdigest() == digest
    assert package.read(names[4]) == b"a;b\n"
    (cover,) = texts(package.read("Cover sheet.pdf"))
    for name in names[1:5]:
        digest = hashlib.sha256(package.read(name)).hexdigest()
        assert name in cover
        assert digest[:32] in cover
        assert digest[32:] in cover
    assert "Aiesopimus" in cover, "what is not in the package is said"
    for profile in ("ua1", "3a"):
        assert validation.validate_pdf_bytes(package.read("Cover sheet.pdf"), profile=profile).is_compliant


def test_the_package_of_a_public_copy_leaves_the_attachments_out(core: Core, made: Callable[..., Made]) -> None:
    document, files = made(("Liite", "a.pdf", pdf("a")))
    assert not any("Attachment 1/1" in text for text in texts(core.packager.merged(document, files, Copy.PUBLIC, "en")))
    package = zipfile.ZipFile(io.BytesIO(zipped(core.packager.files(document, files, Copy.PUBLIC, "en"))))
    assert package.namelist() == ["Cover sheet.pdf", "Application.pdf", "Application.xlsx", "SHA256SUMS.txt"]
    assert "nobody has removed personal data" in texts(package.read("Cover sheet.pdf"))[0]
    package = zipfile.ZipFile(io.BytesIO(zipped(core.packager.files(document, files, Copy.BLANK, "en"))))
    assert "nobody has removed" not in texts(package.read("Cover sheet.pdf"))[0]


def test_one_pdf_has_every_page_stamped_and_every_attachment_marked(core: Core, made: Callable[..., Made]) -> None:
    document, files = made(("Kuvat", "k.pdf", pdf("yksi", "kaksi")), ("Turned", "t.pdf", pdf("kolme", turned=90)))
    alone = core.exporter.pdf_bytes(document, language="en")
    data = core.packager.merged(document, files, language="en")
    assert data == core.packager.merged(document, files, language="en")
    before, after = texts(alone), texts(data)
    assert after[: len(before)] == before
    assert [sorted(text.split()) for text in after[len(before) :]] == [
        sorted(f"{word} Attachment {number}/2, p. {page}".split())
        for word, number, page in (("yksi", 1, "1/2"), ("kaksi", 1, "2/2"), ("kolme", 2, "1/1"))
    ]
    with pypdfium2.PdfDocument(data) as paper:
        marks = {mark.get_title(): mark.get_dest().get_index() for mark in paper.get_toc() if mark.level == 0}
    assert marks["Attachment 1: Kuvat"] == len(before)
    assert marks["Attachment 2: Turned"] == len(before) + 2
    again = core.open_paper(data, "m.pdf").document
    assert again.draft.application == document.draft.application
    with pikepdf.open(io.BytesIO(data)) as paper:
        assert not paper.check_pdf_syntax()
        assert b"pdfaid:part" not in paper.Root.Metadata.read_bytes().split(b"pdfaExtension", 1)[0], (
            "it conforms to nothing and does not say it does"
        )


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_stamp_stands_at_the_upper_right_however_the_page_is_turned(
    core: Core, made: Callable[..., Made], turned: int
) -> None:
    document, files = made(("Kuvat", "k.pdf", pdf("yksi", turned=turned)))
    data = core.packager.merged(document, files, language="en")
    with pypdfium2.PdfDocument(data) as paper:
        bitmap = paper[len(paper) - 1].render(scale=1).to_pil().convert("L")
    box = bitmap.point(lambda value: 255 if value < 128 else 0).crop((bitmap.width * 2 // 3, 0, bitmap.width, 40))
    left, top, right, bottom = box.getbbox()
    assert right > box.width - 25
    assert top < 30
    assert right - left > 3 * (bottom - top), "it lies as a line of text lies"


def test_attachments_that_nobody_could_open_are_found(core: Core, made: Callable[..., Made]) -> None:
    document, files = made(
        ("", "sound.pdf", pdf("a")),
        ("", "locked.pdf", locked()),
        ("", "broken.pdf", b"%PDF-1.7\nnothing more"),
        ("", "word.pdf", b"PK\x03\x04 no pdf"),
        ("", "sheet.csv", b"a;b"),
        ("", "large.pdf", pdf("a") + b"%" * attachment_faults.LARGE_BYTES),
        ("", "none.pdf", b""),
        ("", "gone.pdf", b"gone"),
    )
    sound, missing = made(("", "gone.pdf", b"gone"))[0], {}
    assert texts(core.packager.merged(sound, missing)) == texts(core.exporter.pdf_bytes(sound))
    files = {digest: data for digest, data in files.items() if data != b"gone"}
    found = [(fault.path, fault.severity, fault.apart) for fault in core.packager.faults(document, files)]
    warning, note = Severity.WARNING, Severity.NOTE
    assert found == [
        ("attachments[a1]", warning, True),
        ("attachments[a2]", warning, True),
        ("attachments[a3]", warning, True),
        ("attachments[a4]", note, True),
        ("attachments[a5]", note, False),
        ("attachments[a6]", warning, True),
        ("attachments[a7]", warning, False),
    ]


def test_one_pdf_leaves_nothing_out_in_silence(core: Core, made: Callable[..., Made]) -> None:
    document, files = made(("", "a.pdf", pdf("a")), ("", "b.docx", b"PK\x03\x04word/"))
    with pytest.raises(UserError) as caught:
        core.packager.merged(document, files)
    assert "b.docx" in core.catalog("en").render(caught.value.message)


def test_a_file_that_anybody_may_read_is_taken_whatever_else_it_forbids(core: Core, made: Callable[..., Made]) -> None:
    document, files = made(("", "owner.pdf", locked("")))
    assert core.packager.faults(document, files) == ()
    assert "salainen" in texts(core.packager.merged(document, files, language="en"))[-1]


def test_a_damaged_attachment_gives_a_paper_or_a_sentence(core: Core, made: Callable[..., Made]) -> None:
    whole = pdf("a")
    outcomes = {"paper": 0, "sentence": 0}
    for at in range(0, len(whole), 90):
        document, files = made(("", "bad.pdf", whole[:at] + b"\0" * 45 + whole[at + 45 :]))
        try:
            data = core.packager.merged(document, files)
        except UserError:
            outcomes["sentence"] += 1
        else:
            assert texts(data)
            outcomes["paper"] += 1
    assert all(outcomes.values()), outcomes


def test_pages_that_cannot_be_taken_over_are_told(core: Core, made: Callable[..., Made]) -> None:
    from dataclasses import replace

    def refuse(*_asked: object) -> bytes:
        raise ValueError("no page has a place")

    document, files = made(("", "a.pdf", pdf("a")))
    with pytest.raises(UserError, match="cannot be made"):
        replace(core.packager, merge=refuse).merged(document, files)
