"""`hakemus export`: both outputs or neither, durable, and never in place of the draft."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from cli_shell import CALL, SOUND, Shell


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_draft_that_is_not_ready_shows_that_it_is_one(shell: Shell) -> None:
    path = shell.draft(SOUND)
    assert shell("export", path, "--pdf", "a.pdf", "--xlsx", "a.xlsx").code == 0
    assert "LUONNOS" in text_of(shell.folder / "a.pdf")
    assert (shell.folder / "a.xlsx").read_bytes()[:4] == b"PK\x03\x04"


def test_a_submission_copy_says_draft_nowhere(shell: Shell, ready: dict[str, Any]) -> None:
    path = shell.draft(ready)
    assert shell("export", path, "--pdf", "a.pdf", "--copy", "submission").code == 0
    assert "luonnos" not in text_of(shell.folder / "a.pdf").casefold()


def test_a_submission_copy_of_an_unready_draft_writes_nothing_at_all(shell: Shell) -> None:
    path = shell.draft(SOUND)
    answer = shell("export", path, "--pdf", "a.pdf", "--xlsx", "a.xlsx", "--copy", "submission", "--lang", "en")
    assert answer.code == 1
    assert "not ready" in answer.err
    assert not (shell.folder / "a.pdf").exists()
    assert not (shell.folder / "a.xlsx").exists()


def test_pending_text_alone_stands_in_the_way_of_a_submission_copy(
    shell: Shell, rewritten: Any, ready: dict[str, Any]
) -> None:
    path = rewritten(shell.draft(ready), pending={"project.nothing": "x"})
    answer = shell("export", path, "--xlsx", "a.xlsx", "--copy", "submission", "--lang", "en")
    assert answer.code == 1
    assert "cannot be read as a value" in answer.err


def test_a_blank_form_carries_no_answer(shell: Shell, ready: dict[str, Any]) -> None:
    path = shell.draft(ready)
    assert shell("export", path, "--pdf", "a.pdf", "--copy", "blank").code == 0
    text = text_of(shell.folder / "a.pdf")
    assert ready["project"]["title"] not in text
    assert "LUONNOS" not in text
    assert "7\u00a0200" not in text


def test_the_paper_speaks_the_language_that_is_asked(shell: Shell) -> None:
    path = shell.draft(SOUND)
    shell("export", path, "--pdf", "a.pdf", "--lang", "sv")
    assert "UTKAST" in text_of(shell.folder / "a.pdf")


def test_a_target_is_replaced_and_the_same_draft_gives_the_same_bytes(shell: Shell) -> None:
    path = shell.draft(SOUND)
    target = shell.data(b"old", "a.pdf")
    assert shell("export", path, "--pdf", target, "--xlsx", "a.xlsx").code == 0
    first = target.read_bytes(), (shell.folder / "a.xlsx").read_bytes()
    assert shell("export", path, "--pdf", target, "--xlsx", "a.xlsx").code == 0
    assert (target.read_bytes(), (shell.folder / "a.xlsx").read_bytes()) == first
    assert first[0].startswith(b"%PDF")


def test_a_target_that_cannot_be_written_leaves_what_was_there(shell: Shell) -> None:
    path = shell.draft(SOUND)
    (shell.folder / "dir.xlsx").mkdir()
    answer = shell("export", path, "--pdf", "a.pdf", "--xlsx", "dir.xlsx")
    assert answer.code == 2
    assert answer.err.strip()
    assert (shell.folder / "dir.xlsx").is_dir()
    assert shell("export", path, "--pdf", "no/folder/a.pdf").code == 2


def test_an_output_never_takes_the_place_of_the_draft_or_of_the_other(shell: Shell) -> None:
    path = shell.draft(SOUND)
    before = path.read_bytes()
    (shell.folder / "link.pdf").symlink_to(path)
    for outputs in (
        ["--pdf", path],
        ["--xlsx", shell.folder / "." / path.name],
        ["--pdf", "link.pdf"],
        ["--pdf", "same", "--xlsx", "same"],
    ):
        assert shell("export", path, *outputs).code == 2
    assert path.read_bytes() == before
    assert not (shell.folder / "same").exists()


@pytest.mark.parametrize(
    "arguments",
    [["a.hakemus"], ["a.hakemus", "--pdf", "x.pdf", "--copy", "everybody"], ["none.hakemus", "--pdf", "x.pdf"]],
)
def test_what_cannot_be_exported_is_said(shell: Shell, arguments: list[str]) -> None:
    shell.draft(SOUND)
    answer = shell("export", *arguments)
    assert answer.code == 2
    assert answer.err.strip()
    assert not (shell.folder / "x.pdf").exists()


@pytest.mark.parametrize("call", ["oph-erityisavustus-2026", "avi-kirjastot-2015"])
def test_every_language_and_call_gives_its_papers(shell: Shell, ready: dict[str, Any], call: str) -> None:
    path = shell.draft(ready, call=call)
    assert call != CALL
    for language in ("fi", "sv", "en"):
        answer = shell("export", path, "--pdf", f"{language}.pdf", "--xlsx", f"{language}.xlsx", "--lang", language)
        assert (answer.code, answer.err) == (0, "")


def test_further_copies_can_be_asked_for_and_say_what_they_are(shell: Shell, ready: dict[str, Any]) -> None:
    from hakemus.bootstrap.command_line import COPIES
    from hakemus.report.model import Copy

    assert tuple(copy.value for copy in Copy) == COPIES
    path = shell.draft(ready)
    assert shell("export", path, "--pdf", "a.pdf", "--copy", "board", "--lang", "en").code == 0
    text = text_of(shell.folder / "a.pdf")
    assert "Board's copy" in text
    assert "DRAFT" not in text
    with pypdfium2.PdfDocument(shell.folder / "a.pdf") as pdf:
        assert pdf.count_attachments() == 0


def test_characters_that_paper_cannot_show_are_said(shell: Shell, ready: dict[str, Any]) -> None:
    ready["project"]["title"] = "Ääni ก kuuluu"
    answer = shell("export", shell.draft(ready), "--pdf", "a.pdf", "--lang", "en")
    assert answer.code == 0
    assert "ก" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert shell("export", shell.folder / "a.hakemus", "--xlsx", "a.xlsx").err == ""


def test_a_package_and_one_pdf_come_from_one_call(shell: Shell, ready: dict[str, Any]) -> None:
    import zipfile

    path = shell.draft(ready)
    answer = shell("export", path, "--package", "a.zip", "--merged", "m.pdf", "--lang", "fi")
    assert answer.code == 0, answer.err
    assert zipfile.ZipFile(shell.folder / "a.zip").testzip() is None
    assert ready["project"]["title"] in text_of(shell.folder / "m.pdf")
    assert shell("export", path, "--package", "x.zip", "--merged", "x.zip").code == 2


def test_a_package_of_an_unready_draft_for_submission_is_not_made(shell: Shell) -> None:
    answer = shell("export", shell.draft(SOUND), "--package", "a.zip", "--copy", "submission")
    assert answer.code == 1
    assert not (shell.folder / "a.zip").exists()


def test_a_review_report_is_made_of_a_draft_that_is_not_ready(shell: Shell) -> None:
    path = shell.draft(SOUND)
    seen = hashlib.sha256(path.read_bytes()).hexdigest()
    answer = shell("export", path, "--review", "r.pdf", "--lang", "en")
    assert (answer.code, answer.out) == (0, "")
    text = text_of(shell.folder / "r.pdf")
    assert "Review report" in text
    assert seen[:32] in text
    assert hashlib.sha256(path.read_bytes()).hexdigest() == seen


def test_a_review_report_never_takes_the_place_of_the_draft(shell: Shell) -> None:
    path = shell.draft(SOUND)
    before = path.read_bytes()
    assert shell("export", path, "--review", path).code == 2
    assert path.read_bytes() == before
