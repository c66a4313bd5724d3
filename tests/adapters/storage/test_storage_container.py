"""The container: the same content is the same bytes, any ZIP reader reads it, everything comes back."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakemus.adapters.storage import container, json_form, limits
from hakemus.adapters.storage.failures import DamagedFile, NewerFile, TooBig


def test_what_is_packed_comes_back(document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    raw = json_form.dump(document)
    parts = container.unpack(container.pack(raw, {letter[0]: letter[1]}))
    assert parts.document == document
    assert parts.document_bytes == raw
    assert parts.attachments == {letter[0]: letter[1]}
    assert parts.extra_members == {}
    assert parts.notes == ()


def test_the_frame_is_what_the_format_says(document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    data = container.pack(json_form.dump(document), {letter[0]: letter[1]})
    assert data[30:73] == b"mimetypeapplication/vnd.hakemus+zipPK\x03\x04" + data[69:73]
    with zipfile.ZipFile(io.BytesIO(data)) as foreign:
        assert foreign.testzip() is None
        assert foreign.namelist() == ["mimetype", "document.json", f"attachments/{letter[0]}"]
        for member in foreign.infolist():
            assert member.compress_type == zipfile.ZIP_STORED
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
            assert member.extra == b""
            assert member.flag_bits == 0
        assert foreign.read("document.json") == json_form.dump(document)


def test_the_order_in_which_parts_are_given_does_not_matter(document: dict[str, Any]) -> None:
    many = {hashlib.sha256(bytes([n])).hexdigest(): bytes([n]) for n in range(20)}
    backwards = dict(reversed(list(many.items())))
    assert container.pack(b"{}", many) == container.pack(b"{}", backwards)


def test_text_in_the_file_can_be_read_in_an_editor(document: dict[str, Any]) -> None:
    assert "Lukupiha – čđŋšŧž".encode() in container.pack(json_form.dump(document), {})


def test_a_file_that_the_standard_library_wrote_is_read(document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    document["format"]["minor"] = 3
    for streamed in (False, True):
        target = io.BytesIO()
        out: Any = _Unseekable(target) if streamed else target
        with zipfile.ZipFile(out, "w") as foreign:
            foreign.writestr("mimetype", limits.MEDIA_TYPE)
            foreign.writestr("document.json", json_form.dump(document))
            foreign.writestr(f"attachments/{letter[0]}", letter[1])
            foreign.writestr("charts/one.svg", b"<svg/>")
            foreign.comment = b"written elsewhere"
        parts = container.unpack(target.getvalue())
        assert parts.document == document
        assert parts.extra_members == {"charts/one.svg": b"<svg/>"}


class _Unseekable:
    """A stream that can only be written on, as a pipe."""

    def __init__(self, target: io.BytesIO) -> None:
        self._target = target

    def write(self, data: bytes) -> int:
        return self._target.write(data)

    def flush(self) -> None: ...


def test_members_of_a_newer_minor_version_are_kept_byte_for_byte(document: dict[str, Any]) -> None:
    document["format"]["minor"] = 1
    document["application"] = {"unheard_of": {"deep": [1, 2.5, None, True]}}
    extra = {"new/part.bin": bytes(range(256)), "x": b""}
    data = container.pack(json_form.dump(document), {}, extra)
    parts = container.unpack(data)
    assert parts.extra_members == extra
    assert container.pack(parts.document_bytes, parts.attachments, parts.extra_members) == data


def test_members_of_their_own_do_not_belong_in_a_file_of_this_version(document: dict[str, Any]) -> None:
    document["application"] = {}
    with pytest.raises(DamagedFile) as caught:
        container.unpack(container.pack(json_form.dump(document), {}, {"stray.txt": b"x"}))
    assert [reason.values["name"] for reason in caught.value.reasons] == ["stray.txt"]


def test_a_newer_major_version_is_refused_with_both_versions(document: dict[str, Any]) -> None:
    document["format"] = {"name": "hakemus", "major": 2, "minor": 5, "written_by": "3.0"}
    with pytest.raises(NewerFile) as caught:
        container.unpack(container.pack(json_form.dump(document), {}, {"other": b""}))
    assert caught.value.theirs == (2, 5)
    assert caught.value.ours == (1, 0)
    assert caught.value.message.values["theirs"] == "2.5"
    assert caught.value.message.values["ours"] == "1.0"


def test_a_newer_version_is_believed_of_a_sound_document_whatever_else_is_damaged(document: dict[str, Any]) -> None:
    document["format"] = {"name": "hakemus", "major": 2, "minor": 0, "written_by": "3.0"}
    data = container.pack(json_form.dump(document), {}, {"other": b"as it was"})
    with pytest.raises(NewerFile):
        container.unpack(data.replace(b"as it was", b"as it WAS"))
    with pytest.raises(DamagedFile):
        container.unpack(data.replace(b'"3.0"', b'"3.1"'))


def test_what_is_wrong_with_the_file_and_with_its_document_is_told_together(document: dict[str, Any]) -> None:
    del document["format"]
    document["application"] = {}
    data = container.pack(json_form.dump(document), {})
    with pytest.raises(DamagedFile) as caught:
        container.unpack(data.replace(b"mimetype", b"mimetypo"))
    assert [reason.key for reason in caught.value.reasons] == [
        "The file does not say that it is a draft of this program (its member mimetype).",
        "document.json does not say which format it is in.",
        "The file has a member that does not belong to it: {name}.",
    ]
    assert {problem.path for problem in caught.value.problems} == {""}, "a fault of the file has no field"


def test_nothing_is_read_out_of_a_document_whose_checksum_is_wrong(
    document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    document["format"] = {"name": "hakemus", "major": 1, "minor": 9, "written_by": "3.0"}
    document["application"] = {}
    data = container.pack(json_form.dump(document), {}, {"of/aa/newer": b"version"})
    monkeypatch.setattr(json_form, "parse", lambda *_: pytest.fail("the checksum says enough"))
    with pytest.raises(DamagedFile) as caught:
        container.unpack(data.replace(b'"3.0"', b'"3.1"'))
    assert [reason.key for reason in caught.value.reasons] == ["The checksum of the member {name} is wrong."]
    with pytest.raises(DamagedFile) as caught:
        container.unpack(data.replace(b'"3.0"', b'"3.1"').replace(b"of/aa/newer", b"of/../newer"))
    assert [reason.values["name"] for reason in caught.value.reasons] == ["document.json", "of/../newer"]


@pytest.mark.parametrize(
    "stated",
    [
        None, {}, [], {"name": "other", "major": 1, "minor": 0}, {"name": "hakemus", "major": 0, "minor": 0},
        {"name": "hakemus", "major": True, "minor": 0}, {"name": "hakemus", "major": 1, "minor": -1},
        {"name": "hakemus", "major": "1", "minor": 0}, {"name": "hakemus", "major": 1.0, "minor": 0},
    ],
)  # fmt: skip
def test_a_document_must_say_its_format(stated: Any) -> None:
    with pytest.raises(DamagedFile, match="damaged"):
        container.unpack(container.pack(json_form.dump({"format": stated, "id": "x"}), {}))


def test_all_faults_are_told_at_once(document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    lost = "0" * 64
    document["snapshots"] = [{"id": "s", "label": "Jätetty", "document": lost, "pdf": "1" * 64}, "not a row"]
    data = container.pack(json_form.dump(document), {letter[0]: letter[1]})
    with pytest.raises(DamagedFile) as caught:
        container.unpack(data.replace(LETTER_START, b"%PDX"))
    keys = [reason.key for reason in caught.value.reasons]
    assert len(keys) == 4
    assert sum("checksum" in key for key in keys) == 1
    assert sum("hash" in key for key in keys) == 1
    assert sum("listed" in key for key in keys) == 2
    assert [(problem.path, problem.message) for problem in caught.value.problems] == [
        ("", reason) for reason in caught.value.reasons
    ]


LETTER_START = b"%PDF"


def test_what_kind_of_file_it_is_not_is_told_first(document: dict[str, Any]) -> None:
    with pytest.raises(DamagedFile) as caught:
        container.unpack(container.pack(b"[1, 2]", {}).replace(limits.MEDIA_TYPE, b"application/x" + bytes(14)))
    keys = [reason.key for reason in caught.value.reasons]
    assert "mimetype" in keys[0]
    assert "checksum" in keys[1]
    assert keys[2] == "{name} does not hold an object."


def test_an_attachment_that_is_listed_must_be_there(document: dict[str, Any]) -> None:
    document["application"]["attachments"] += [
        {"id": "b", "title": "Talousarvio", "sha256": "1" * 64},
        {"id": "c", "sha256": "2" * 64},
    ]
    document["snapshots"] = [{"label": "Jätetty", "document": "3" * 64}, {"id": "s", "pdf": "4" * 64}]
    with pytest.raises(DamagedFile) as caught:
        container.unpack(container.pack(json_form.dump(document), {}))
    told = [reason.values["name"] for reason in caught.value.reasons]
    assert told == ["aie.pdf", "Talousarvio", "2" * 64, "Jätetty", "4" * 64]


def test_what_was_lost_is_named_and_said_to_come_later(document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    rows = document["application"]["attachments"]
    rows += [
        {"id": "b", "title": "Talousarvio", "sha256": "1" * 64},
        {"id": "c", "sha256": "2" * 64},
        {"id": "d", "sha256": "3" * 64, "state": "later"},
        {"id": "e", "sha256": "3" * 64, "state": "elsewhere"},
        "not a row",
    ]
    document["snapshots"] = [
        {"id": "s", "label": "Jätetty", "document": "4" * 64, "pdf": letter[0]},
        {"id": "t", "document": letter[0], "pdf": "5" * 64},
    ]
    mended, lost = container.without_missing(document, {letter[0]: letter[1]})
    assert lost == ("Talousarvio", "2" * 64, "Jätetty", "5" * 64)
    assert mended["application"]["attachments"] == [
        rows[0],
        {"id": "b", "title": "Talousarvio", "state": "later"},
        {"id": "c", "state": "later"},
        *rows[3:],
    ]
    assert mended["snapshots"] == [
        {"id": "s", "label": "Jätetty", "pdf": letter[0]},
        {"id": "t", "document": letter[0]},
    ]


@pytest.mark.parametrize("state", ["later", "elsewhere"])
def test_an_attachment_that_comes_later_need_not_be_there(document: dict[str, Any], state: str) -> None:
    document["application"]["attachments"][0]["state"] = state
    assert container.unpack(container.pack(json_form.dump(document), {})).notes == ()


def test_an_attachment_that_nobody_lists_is_kept_with_a_note(
    document: dict[str, Any], letter: tuple[str, bytes]
) -> None:
    document["application"]["attachments"] = []
    parts = container.unpack(container.pack(json_form.dump(document), {letter[0]: letter[1]}))
    assert parts.attachments == {letter[0]: letter[1]}
    assert [note.values["name"] for note in parts.notes] == [letter[0]]


def test_what_a_kept_state_lists_is_listed(document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    then = json_form.dump(document)
    then_hash = hashlib.sha256(then).hexdigest()
    all_broken = (b"{" * number for number in range(1, 1_000))
    broken = next(one for one in all_broken if hashlib.sha256(one).hexdigest() < then_hash)  # it is looked into first
    broken_hash = hashlib.sha256(broken).hexdigest()
    document["application"] = {}
    document["snapshots"] = [
        {"id": "s3"},
        {"id": "s2", "document": broken_hash},
        {"id": "s1", "document": then_hash},
    ]
    attachments = {letter[0]: letter[1], then_hash: then, broken_hash: broken}
    stray = hashlib.sha256(b"stray").hexdigest()
    assert container.unpack(container.pack(json_form.dump(document), attachments)).notes == ()
    parts = container.unpack(container.pack(json_form.dump(document), {**attachments, stray: b"stray"}))
    assert [note.values["name"] for note in parts.notes] == [stray]


def test_names_that_no_member_may_have_are_not_written() -> None:
    for digest in ("x", "A" * 64, "0" * 63, "../" + "0" * 61):
        with pytest.raises(ValueError, match="not a SHA-256"):
            container.pack(b"{}", {digest: b""})
    for name in ("../x", "/x", "a//b", "a/", "a/./b", "ä", "a b", "mimetype", "attachments/x", "", "x" * 201):
        with pytest.raises(ValueError, match="not a name"):
            container.pack(b"{}", {}, {name: b""})


def test_what_no_reader_would_take_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def digest(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    many = {digest(str(n).encode()): b"" for n in range(limits.MAX_MEMBERS - 1)}
    for name, value in (("MAX_DOCUMENT", 1_000_000), ("MAX_MEMBER", 3_000_000), ("MAX_TOTAL", 7_000_000)):
        monkeypatch.setattr(container, name, value)
    monkeypatch.setattr(json_form, "MAX_PARTS", 3)
    monkeypatch.setattr(container, "MAX_PARTS", 3)
    big = bytes(3_000_001)
    whole = 7_000_000 - len(limits.MEDIA_TYPE) - 2 - 6_000_000
    for document, attachments, said, limit in (
        (b"{}", many, "too many attachments", "998"),
        (big[:1_000_001], {}, "The texts of the draft", "1"),
        (b'{"a":[[[]]]}', {}, "too many rows", "3"),
        (b"{}", {"0" * 64: big}, "An attachment", "3"),
        (b"{}", {"0" * 64: big[:-1], "1" * 64: big[:-1], "2" * 64: big[: whole + 1]}, "and its attachments", "7"),
    ):
        with pytest.raises(TooBig) as caught:
            container.pack(document, attachments)
        message = caught.value.message
        assert (said in message.key, str(message.values["limit"])) == (True, limit)
    assert container.pack(b'{"a":[[]]}', {})
    assert container.pack(big[:1_000_000], {"0" * 64: big[:-1]})
    assert container.pack(b"{}", {"0" * 64: big[:-1], "1" * 64: big[:-1], "2" * 64: big[:whole]})
    many.popitem()
    assert container.pack(b"{}", many)


def test_a_file_over_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch, document: dict[str, Any]) -> None:
    document["application"] = {}
    data = container.pack(json_form.dump(document), {})
    assert container.unpack(data).document == document
    monkeypatch.setattr(container, "MAX_FILE", len(data))
    assert container.unpack(data).document == document
    monkeypatch.setattr(container, "MAX_FILE", len(data) - 1)
    with pytest.raises(DamagedFile) as caught:
        container.unpack(data)
    (reason,) = caught.value.reasons
    assert (reason.key, str(reason.values["limit"])) == ("The file is over {limit} MB.", "500")


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=20,
)  # fmt: skip
_names = st.lists(st.text("abcXYZ019._-", min_size=1, max_size=8), min_size=1, max_size=3).map("/".join)


SHAPES = 10_000 if os.environ.get("HAKEMUS_CAMPAIGN") else 100


@settings(
    max_examples=SHAPES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    whole=st.dictionaries(_texts, _values, max_size=5),
    blobs=st.lists(st.binary(max_size=50), max_size=4),
    extra=st.dictionaries(_names.filter(container.is_extra_name), st.binary(max_size=50), max_size=3),
)
def test_any_document_comes_back_equal_and_as_equal_bytes(
    figure: Callable[..., None], whole: dict[str, Any], blobs: list[bytes], extra: dict[str, bytes]
) -> None:
    whole = {key: value for key, value in whole.items() if key not in ("application", "snapshots")}
    whole["format"] = {"name": "hakemus", "major": 1, "minor": 1}
    attachments = {hashlib.sha256(blob).hexdigest(): blob for blob in blobs}
    data = container.pack(json_form.dump(whole), attachments, extra)
    parts = container.unpack(data)
    assert parts.document == whole
    assert parts.attachments == attachments
    assert parts.extra_members == extra
    assert container.pack(json_form.dump(parts.document), parts.attachments, parts.extra_members) == data
    figure("packed", f"{SHAPES}: equal, and equal bytes")
