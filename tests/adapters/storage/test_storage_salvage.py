"""What is rescued from broken files: as much as is there, never more, and never with an error."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hakemus.adapters.storage import container, json_form, salvage
from hakemus.adapters.storage.zip_layout import LOCAL


@pytest.fixture
def packed(document: dict[str, Any], letter: tuple[str, bytes]) -> bytes:
    return container.pack(json_form.dump(document), {letter[0]: letter[1]})


def test_a_sound_file_is_rescued_whole(packed: bytes, document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    found = salvage.rescue(packed)
    assert found is not None
    assert found.complete
    assert found.document == document
    assert found.attachments == {letter[0]: letter[1]}


def test_half_a_file_gives_the_first_half(packed: bytes) -> None:
    at = packed.index(b"Aiesopimus") + 4
    found = salvage.rescue(packed[:at])
    assert found is not None
    assert not found.complete
    assert found.document["application"]["attachments"][0]["title"] == "Aies"


def test_a_broken_line_costs_only_itself(packed: bytes, document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    found = salvage.rescue(packed.replace(b'"grant": "', b'"grant\0: x'))
    assert found is not None
    assert not found.complete
    assert "funding" not in found.document["application"]
    assert found.document["application"]["project"] == document["application"]["project"]
    assert found.document["pending"] == document["pending"]
    assert found.attachments == {letter[0]: letter[1]}


def test_everything_behind_a_broken_line_is_as_it_was() -> None:
    document = {
        "a": "first",
        "b": "broken",
        "c": [1, "two", [3, [4.5]], {"d": True}, False, "}", "]", "{"],
        "e": {"f": {"g": "x, y,"}, 'h "i"': -7, "j": "k: l"},
        "m": None,
        "n": {},
        "o": [],
        "p": [{"q": 1}, {"r": [2]}],
        "z": "last",
    }
    raw = json_form.dump(document).replace(b'"b": "broken"', b'"\0')
    expected = {key: value for key, value in document.items() if value not in ("broken", None, {}, [])}
    for text in (raw, raw.replace(b"\n", b"\r\n")):
        found = salvage.rescue_text(text)
        assert found is not None
        assert found.document == expected
        assert (found.complete, found.attachments) == (False, {})


def test_what_a_broken_line_opened_is_nobody_elses() -> None:
    raw = json_form.dump({"a": [{"id": 1}, {"lost": 2, "id": 3}, {"id": 4}], "b": 5})
    found = salvage.rescue_text(raw.replace(b'{\n   "id": 3', b'\0\n   "id": 3'))
    assert found is not None
    assert found.document == {"a": [{"id": 1}, {"id": 4}], "b": 5}


def test_the_fuller_of_two_readings_is_given() -> None:
    found = salvage.rescue_text(b'{"a": "long enough to count", "b": [1, 2, 3],\n "c": 1,\n "d"')
    assert found is not None
    assert found.document == {"a": "long enough to count", "b": [1, 2, 3], "c": 1}


def test_what_is_as_deep_and_as_long_as_may_be_is_whole() -> None:
    deep: dict[str, Any] = {}
    for _ in range(62):
        deep = {"a": deep}
    numbers = [999_999_999_999_999_999, -999_999_999_999_999_999, -5, 0.5]
    for document in ({"a": deep, "b": 1}, {"a": numbers, "c": "\t"}):
        found = salvage.rescue_text(json_form.dump(document).replace(b"\\t", b"\t"))
        assert found is not None
        assert json_form.dump(found.document) == json_form.dump(document)
        assert found.complete
    lists: list[Any] = []
    for _ in range(62):
        lists = [lists]
    inside = salvage.rescue_text(json_form.dump({"a": lists, "b": 1}))
    assert inside is not None
    assert inside.complete
    deeper = salvage.rescue_text(json_form.dump({"a": {"a": deep}, "b": 1}))
    assert deeper is not None
    assert not deeper.complete


def test_where_something_was_left_out_it_is_not_complete() -> None:
    for raw, whole in (
        (b'{"a": 1, "b": null}', True),
        (b'{"a": 1, "b": 1e999}', False),
        (b'{"a": 1, "b": 1e999, "c": null}', False),
        (b'{"b": 1e999, "a": 1}', False),
        (b'{"a": 1, "a": 1}', False),
    ):
        found = salvage.rescue_text(raw)
        assert found is not None
        assert (found.document, found.complete) == ({"a": 1}, whole)


def test_a_broken_opening_costs_what_it_opened(packed: bytes, document: dict[str, Any]) -> None:
    found = salvage.rescue(packed.replace(b'"goals": [', b'"goals": \0'))
    assert found is not None
    assert "goals" not in found.document["application"]
    assert found.document["application"]["project"] == document["application"]["project"]


def test_letters_that_are_no_letters_are_marked(packed: bytes) -> None:
    found = salvage.rescue(packed.replace("–".encode(), b"\xff\xff\xff"))
    assert found is not None
    assert found.document["application"]["project"]["title"] == "Lukupiha ��� čđŋšŧž"


def test_a_file_that_somebody_compressed_is_unpacked(document: dict[str, Any], letter: tuple[str, bytes]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.hakemus+zip")
        out.writestr("document.json", json_form.dump(document))
        out.writestr(f"attachments/{letter[0]}", letter[1])
    found = salvage.rescue(target.getvalue())
    assert found is not None
    assert found.document == document
    assert found.attachments == {letter[0]: letter[1]}


def test_a_broken_compressed_file_gives_nothing(document: dict[str, Any]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("document.json", json_form.dump(document))
    data = bytearray(target.getvalue())
    data[43] = 0xFF
    assert salvage.rescue(bytes(data)) is None


def test_headers_may_all_be_gone(packed: bytes, document: dict[str, Any]) -> None:
    for name in (b"document.json", b"d"):
        found = salvage.rescue(packed.replace(b"PK", b"\0\0").replace(b"document.json", name))
        assert found is not None
        assert found.document["pending"] == document["pending"]
        assert found.complete
        assert found.attachments == {}
        assert found.lost == ("aie.pdf",)
        (row,) = found.document["application"]["attachments"]
        assert row == {"id": "k3f9", "title": "Aiesopimus", "filename": "aie.pdf", "state": "later"}
        assert container.unpack(container.pack(json_form.dump(found.document), found.attachments))


def test_the_document_is_found_by_its_name_before_anything_that_looks_like_one(packed: bytes) -> None:
    found = salvage.rescue(b'{"x": 1}' + packed.replace(b"PK", b"\0\0"))
    assert found is not None
    assert "pending" in found.document
    short = salvage.rescue(b'{"x": 1}document.json{"a": 2}')
    assert short is not None
    assert short.document == {"a": 2}


def test_a_big_attachment_is_found_too(document: dict[str, Any]) -> None:
    big = bytes(200_000)
    digest = hashlib.sha256(big).hexdigest()
    found = salvage.rescue(container.pack(json_form.dump(document), {digest: big}))
    assert found is not None
    assert found.attachments == {digest: big}


def test_the_document_is_found_without_its_name_too(packed: bytes, document: dict[str, Any]) -> None:
    found = salvage.rescue(packed.replace(b"document.json", b"dokument.json", 1))
    assert found is not None
    assert found.document == document


def test_a_compressed_document_may_stand_first_and_a_header_have_more_fields(document: dict[str, Any]) -> None:
    document["application"].pop("attachments")
    for extra in (b"", b"\x99\x99\x04\x00abcd"):
        target = io.BytesIO()
        member = zipfile.ZipInfo("document.json")
        member.compress_type = zipfile.ZIP_DEFLATED
        member.extra = extra
        with zipfile.ZipFile(target, "w") as out:
            out.writestr(member, json_form.dump(document))
        found = salvage.rescue(target.getvalue())
        assert found is not None
        assert (found.document, found.complete) == (document, True)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_no_more_is_read_than_a_document_may_have(monkeypatch: pytest.MonkeyPatch, method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as out:
        out.writestr("document.json", json_form.dump({"a": 1, "b": "x" * 1_000, "c": 2}))
    monkeypatch.setattr(salvage, "MAX_DOCUMENT", 500)
    found = salvage.rescue(target.getvalue())
    assert found is not None
    assert found.document["a"] == 1
    assert 400 < len(found.document["b"]) < 500
    assert not found.complete


def test_a_file_of_the_greatest_size_is_rescued(packed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salvage, "MAX_FILE", len(packed))
    assert salvage.rescue(packed) is not None


def test_attachments_do_not_run_into_the_document(document: dict[str, Any]) -> None:
    stray = b'\n "intruder": 1\n'
    digest = hashlib.sha256(stray).hexdigest()
    document["application"]["attachments"] = []
    for size in (b"\0\0\0\0", b"\1\0\0\0"):
        data = bytearray(container.pack(json_form.dump(document), {digest: stray}))
        at = data.index(b"document.json") - LOCAL.size
        data[at + 18 : at + 22] = size
        found = salvage.rescue(bytes(data).replace(b'"grant": "', b'"grant\0: x'))
        assert found is not None
        assert "intruder" not in found.document
        assert found.attachments == {digest: stray}


@pytest.mark.parametrize("lies", [None, 18, 22])
def test_an_attachment_that_is_a_zip_itself_is_found_whole(document: dict[str, Any], lies: int | None) -> None:
    inner = container.pack(json_form.dump({"a": 1}), {})
    assert inner.count(b"PK\x03\x04") == 2
    plain = b"no zip"
    inside, outside = hashlib.sha256(inner).hexdigest(), hashlib.sha256(plain).hexdigest()
    document["application"]["attachments"] = []
    document["application"]["project"]["need"] = f"see attachments/{outside}"
    data = bytearray(container.pack(json_form.dump(document), {inside: inner, outside: plain}))
    if lies is not None:
        at = data.index(f"attachments/{inside}".encode()) - LOCAL.size
        data[at + lies : at + lies + 4] = b"\7\0\0\0" if lies == 18 else b"\0\0\0\0"
    found = salvage.rescue(bytes(data))
    assert found is not None
    assert found.attachments == ({outside: plain} if lies == 18 else {inside: inner, outside: plain})


def test_an_attachment_with_a_wrong_size_is_found_up_to_the_next_header(
    packed: bytes, letter: tuple[str, bytes]
) -> None:
    data = bytearray(packed)
    at = data.index(f"attachments/{letter[0]}".encode()) - LOCAL.size
    data[at + 18 : at + 22] = b"\7\0\0\0"
    found = salvage.rescue(bytes(data))
    assert found is not None
    assert found.attachments == {letter[0]: letter[1]}


def test_the_bare_document_is_enough(document: dict[str, Any]) -> None:
    found = salvage.rescue(json_form.dump(document))
    assert found is not None
    assert found.complete
    assert found.document["application"]["project"] == document["application"]["project"]
    compact = salvage.rescue(
        b'{"a":[1,-2.5,true,false,null,"x",[],{}],"b":{"c":1e3},"d":12345678901234567890,"e":1e999}'
    )
    assert compact is not None
    assert compact.document == {"a": [1, -2.5, True, False, "x", [], {}], "b": {"c": 1000.0}}


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"{}", b"[1]", b"{1:2}", b'{"a"', b'{"a":', b'{"a" 1}', b'{"a":]', b'{"\\', b'{"a":"', b"\xff\xfe"],
)
def test_where_nothing_is_left_nothing_is_found(raw: bytes) -> None:
    assert salvage.rescue(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"a": 1, "b": "\\ud8', {"a": 1}),
        (b'{"a": 1, "b": "\\uzzzzzzzzzzz"}', {"a": 1}),
        (b'{"a": 1, "b', {"a": 1}),
        (b'{"a": 1 "b": 2}', {"a": 1}),
        (b'{"a": [1, 2', {"a": [1, 2]}),
        (b'{"a": [1 2]}', {"a": [1]}),
        (b'{"a": "x\\', {"a": "x"}),
        (b'{"a": "x\\u00', {"a": "x"}),
        (b'{"a": "x\\u00e4', {"a": "xä"}),
        (b'{"a": "x\ny"}', {"a": "x"}),
        (b'{"a": "two words\nnext', {"a": "two words"}),
        (b'{"a": 1, : 5, "b": 2}', {"a": 1}),
        (b'{"a": 1, "\\uzzzzzzzzz": 5, "b": 2}', {"a": 1}),
        (b'{"a": 1, b": 2}', {"a": 1}),
        (b'{"a": 1,}', {"a": 1}),
        (b'{"a": 1, "a": 2}', {"a": 1}),
        (b'{"a": {"b": [{"c": "d', {"a": {"b": [{"c": "d"}]}}),
        (b'{"a": 1, ' + b'"d":[' * 100, {"a": 1, "d": [[]]}),
    ],
)
def test_the_longest_readable_start_is_kept(raw: bytes, expected: dict[str, Any]) -> None:
    found = salvage.rescue_text(raw)
    assert found is not None
    document = found.document
    if isinstance(document.get("d"), list):
        document = {**document, "d": [[]]}
    assert document == expected
    assert not found.complete


def test_whole_numbers_below_nought_stay_whole() -> None:
    found = salvage.rescue_text(b'{"a": [-5, 5, -1.5, "')
    assert found is not None
    assert found.document == {"a": [-5, 5, -1.5]}
    assert [type(value) for value in found.document["a"]] == [int, int, float]


class _NoHash:
    """A hash that is nobody's."""

    def hexdigest(self) -> str:
        return ""


def test_members_that_claim_each_others_bytes_are_not_hashed_for_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salvage, "_most_bytes", lambda data: 20_000)
    names = [f"attachments/{n:064x}".encode() for n in range(30)]
    headers = [
        LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 5_000 - 106 * n, 5_000 - 106 * n, 76, 0) for n in range(30)
    ]
    claims = b"".join(map(bytes.__add__, headers, names)) + b"x" * 1_926 + b"PK\x01\x02"
    hashed: list[int] = []
    monkeypatch.setattr(salvage.hashlib, "sha256", lambda data: hashed.append(len(data)) or _NoHash())
    assert dict(salvage._whole_attachments(claims)) == {}
    assert len(hashed) == 4
    assert sum(hashed) <= 20_000


def test_a_file_over_the_limit_is_not_rescued(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salvage, "MAX_FILE", 20)
    assert salvage.rescue(b'{"a": "0123456789"}') is not None
    assert salvage.rescue(b'{"a": "012345678901"}') is None


def _packed(text: bytes) -> bytes:
    """A file whose document somebody compressed, and then broke."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("document.json", text)
    return target.getvalue()[:-4]


def test_what_unpacks_to_millions_of_values_is_read_as_far_as_its_size_allows() -> None:
    bomb = _packed(b'{"a": [' + b"1," * 3_000_000)
    found = salvage.rescue(bomb)
    assert found is not None
    assert 9_000 < len(found.document["a"]) < 12_000
    lines = _packed(b"{\n?\n" + b"".join(b' "k%d": 1,\n' % n for n in range(300_000)))
    found = salvage.rescue(lines)
    assert found is not None
    assert 9_000 < len(found.document) < 200_000
    long = _packed(b'{"a": "' + b"x" * 20_000_000)
    found = salvage.rescue(long)
    assert found is not None
    assert 2_000_000 < len(found.document["a"]) < 3_000_000


def test_a_broken_document_of_any_honest_size_is_rescued_whole() -> None:
    rows = [{"id": f"r{n}", "amount": "1.00", "done": True} for n in range(20_000)]
    raw = json_form.dump({"rows": rows, "z": "the last"})
    whole = salvage.rescue_text(raw)
    assert whole is not None
    assert whole.complete
    assert whole.document["z"] == "the last"
    broken = salvage.rescue_text(raw.replace(b'"r7"', b'"r7', 1))
    assert broken is not None
    assert len(broken.document["rows"]) == 20_000
    assert broken.document["z"] == "the last"


def test_a_sound_document_is_read_the_short_way_unless_it_has_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(salvage, "_readable", lambda *_: pytest.fail("the long way"))
        found = salvage.rescue_text(b'{"a": [1, 2, 3]}')
        assert found is not None
        assert (found.document, found.complete) == ({"a": [1, 2, 3]}, True)
    monkeypatch.setattr(json_form, "parse", lambda *_: pytest.fail("a gigabyte of small values"))
    found = salvage.rescue_text(b'{"a": [' + b"1," * 100_000 + b"1]}")
    assert found is not None
    assert 10_000 < len(found.document["a"]) < 100_000
    assert not found.complete


def test_a_broken_document_is_read_as_deep_as_a_sound_one_may_be() -> None:
    raw = b'{"a":' * 32 + b"[" * 32 + b'"deep"?'
    found = salvage.rescue_text(raw)
    assert found is not None
    value: Any = found.document
    for key in ["a"] * 32 + [0] * 32:
        value = value[key]
    assert value == "deep"


def test_of_two_readings_the_one_that_holds_more_is_taken() -> None:
    found = salvage.rescue_text(b'{\n "a": 1, "b": 2, "c": 3,\n "d": ?,\n "e": 1\n}')
    assert found is not None
    assert found.document == {"a": 1, "b": 2, "c": 3}


def test_a_file_that_was_cut_is_not_read_by_lines_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = json_form.dump({"rows": [{"id": f"r{n}", "text": "ä"} for n in range(5)]})
    monkeypatch.setattr(salvage, "_by_lines", lambda *_: pytest.fail("there is no line behind the fault"))
    for at in (raw.rindex(b": "), raw.rindex(b": ") + 4, raw.rindex(b'"id"') + 2):
        found = salvage.rescue_text(raw[:at])
        assert found is not None
        assert len(found.document["rows"]) == 5
        assert not found.complete
    found = salvage.rescue_text(b'{\n "a": 1,\n "b": ?\n')
    assert found is not None
    assert found.document == {"a": 1}


DAMAGES = 20_000 if os.environ.get("HAKEMUS_CAMPAIGN") else 150


@settings(max_examples=DAMAGES, deadline=None)
@given(data=st.data())
def test_any_damage_is_survived(figure: Callable[..., None], data: st.DataObject) -> None:
    raw = bytearray(
        container.pack(json_form.dump({"a": {"b": ["c", {"d": 'e\n"x'}]}, "f": 1, "g": [1, 2, {"h": "ä"}]}), {})
    )
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    found = salvage.rescue(bytes(raw))
    if found is not None:
        assert json_form.parse(json_form.dump(found.document)) == found.document
    figure("rescued", f"{DAMAGES}: no error, and what was rescued can be saved")


def test_a_document_without_a_fault_of_its_own_is_read_as_a_broken_one_is(
    monkeypatch: pytest.MonkeyPatch, document: dict[str, Any]
) -> None:
    document["application"]["sums"] = [1, -2.5, True, False, 10**17, "x\\u00e4\n", {}, []]
    raws = [json_form.dump(document), b'{"a": null, "b": [null, 1]}', b"{}", b"[1]", b'{"a": 1} ', b'{"a": "\\u00e4"}']
    quick = [salvage.rescue_text(raw) for raw in raws]
    assert quick[0] is not None
    assert quick[0].document == document
    assert quick[1] is not None
    assert quick[1].document == {"b": [1]}
    monkeypatch.setattr(salvage, "_sound", lambda *_: None)
    assert [salvage.rescue_text(raw) for raw in raws] == quick


def test_of_no_file_more_values_are_rescued_than_a_second_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salvage, "_MOST_VALUES", 20_000)
    found = salvage.rescue_text(b'{"a": [' + b"12345678," * 60_000)
    assert found is not None
    assert 19_000 < len(found.document["a"]) < 20_000
