"""Earlier versions: what a file held before each save, kept on this computer for a while.

Of each draft at each place: the last 20, then one a day for 30 days, one a week for 26 weeks; pinned ones for good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hakemus.adapters.storage import container, state
from hakemus.adapters.storage.failures import DamagedFile, NewerFile, TooBig
from hakemus.adapters.storage.limits import MAJOR

LAST = 20
DAYS = 30
WEEKS = 26
MOST_NAME = 100
_SUFFIX = ".version"
_STAMP = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version. `sha256` is the hash of the whole file as it was, `size` its length in bytes.

    `by` is the name that whoever saved it here had typed for others; empty where it is not known.
    """

    name: str
    draft_id: str
    path: Path
    kept_at: datetime
    sha256: str
    size: int
    title: str
    revision: int
    pinned: bool
    by: str = ""
    order: int = 0
    """Among the versions of one place: later ones have a higher number, whatever the clock said; 0 in old records."""


class EarlierVersions:
    """The earlier versions in a state folder; `now` is the clock, `who` the name that the user has typed, if any."""

    def __init__(
        self, root: Path, content: state.Content, now: Callable[[], datetime], who: Callable[[], str] = lambda: ""
    ) -> None:
        self._root = root
        self._content = content
        self._now = now
        self._who = who

    def keep(self, path: Path, data: bytes, *, draft_id: str = "", pinned: bool = False, then: str = "") -> None:
        """Keep the bytes that lie at `path`; the same bytes are not kept twice in a row.

        The file's own id counts where it can be read, else `draft_id`. What is in an older format is pinned, however
        it came to be replaced. `then` is the hash of what is about to be saved in its place: with it, who saves is
        noted, so that this content, too, has its name once it is replaced. Raises a `SaveFailure`.
        """
        parts = _parts(data)
        pinned = pinned or _in_older_format(parts)
        stated = str(parts.document.get("id") or draft_id) if parts is not None else draft_id
        digest = state.digest_of(data)
        before = self.entries(stated, path)
        who = self._who() if then else ""
        following = {"then": {"sha256": then, "by": who}} if who else {}
        if before and before[0].sha256 == digest and (before[0].pinned or not pinned):
            self._note_following(before[0], following)
            return
        at = self._now().astimezone(UTC)
        while any(version.kept_at == at for version in before):
            at += timedelta(microseconds=1)  # a clock may stand between two saves, and the order of versions does not
        header: dict[str, object] = {
            **following,
            "by": self._who_saved(before[0], digest) if before else "",
            "draft": stated,
            "path": str(path.absolute()),
            "at": at.isoformat(),
            "sha256": digest,
            "size": len(data),
            "pinned": pinned,
            "order": before[0].order + 1 if before else 1,
        }
        document, contents = b"", {digest: data}
        if parts is None:
            header["raw"] = digest
        else:
            document = parts.document_bytes
            members = {name: state.digest_of(item) for name, item in parts.extra_members.items()}
            contents = {**parts.attachments, **{members[name]: item for name, item in parts.extra_members.items()}}
            header |= {
                "title": _title(parts.document),
                "revision": parts.document.get("revision"),
                "attachments": sorted(parts.attachments),
                "members": members,
            }
        self._content.still(contents)
        state.write_record(
            self._folder(stated, path) / f"{at.strftime(_STAMP)}-{digest[:12]}{_SUFFIX}", header, document
        )
        self._content.still(contents)
        self._prune(self.entries(stated, path))

    def _who_saved(self, before: Version, digest: str) -> str:
        """Who saved this content, as the version that it replaced has it."""
        record = state.read_header(self._root / before.name)
        noted = record.header.get("then") if record is not None else None
        return state.text(noted.get("by")) if isinstance(noted, dict) and noted.get("sha256") == digest else ""

    def _note_following(self, before: Version, following: Mapping[str, object]) -> None:
        """A save that failed may be tried again with another content, or under another name."""
        record = state.read_header(self._root / before.name) if following else None
        if record is not None and record.header.get("then") != following["then"]:
            document, _ = state.read_document(record.path)
            state.write_record(record.path, {**record.header, **following}, document)

    def entries(self, draft_id: str, path: Path | None = None) -> list[Version]:
        """Versions of a draft, the newest first; of all places where it has lain, unless one is named.

        Those of one place stand in the order in which they were kept, also where the clock has been set back since:
        what was saved last must not be the first to go.
        """
        folder = self._folder(draft_id, path).name if path is not None else "*"
        found = [version for version in self._list(folder) if version.draft_id == draft_id]
        return sorted(found, key=lambda version: version.order, reverse=True) if path is not None else found

    def all(self) -> list[Version]:
        """Every version that this computer remembers, the newest first."""
        return self._list("*")

    def read(self, version: Version) -> bytes | None:
        """The whole file as it was, byte for byte; None where it, or an attachment of it, is gone or damaged."""
        record = state.read_header(self._root / version.name)
        if record is None:
            return None
        raw = record.header.get("raw")
        if isinstance(raw, str):
            return self._content.get(raw)
        document, _ = state.read_document(record.path)
        attachments = {name: self._content.get(name) for name in state.texts(record.header.get("attachments"))}
        extra = {name: self._content.get(at) for name, at in state.text_map(record.header.get("members")).items()}
        try:
            data = container.pack(
                document,
                {name: item for name, item in attachments.items() if item is not None},
                {name: item for name, item in extra.items() if item is not None},
            )
        except (TooBig, ValueError):  # the record names what no file may hold: it is damaged
            return None
        return data if state.digest_of(data) == version.sha256 else None

    def forget(self, versions: Iterable[Version]) -> None:
        """Remove versions that the user does not want remembered."""
        for version in versions:
            (self._root / version.name).unlink(missing_ok=True)

    def references(self) -> set[str]:
        """Hashes of all contents that versions may refer to. Raises `OSError` where one cannot be read."""
        return state.mentioned(self._root.glob(f"*/*{_SUFFIX}"))

    def _prune(self, versions: Sequence[Version]) -> None:
        kept = to_keep([version.kept_at for version in versions], self._now())
        self.forget(version for at, version in enumerate(versions) if at not in kept and not version.pinned)

    def _folder(self, draft_id: str, path: Path) -> Path:
        return self._root / state.key(draft_id, path)

    def _list(self, folder: str) -> list[Version]:
        records = (state.read_header(path) for path in self._root.glob(f"{folder}/*{_SUFFIX}"))
        versions = [self._version(record) for record in records if record is not None]
        return sorted(versions, key=lambda version: (version.kept_at, version.name), reverse=True)

    def _version(self, record: state.Record) -> Version:
        header = record.header
        return Version(
            name=record.path.relative_to(self._root).as_posix(),
            draft_id=state.text(header.get("draft")),
            path=Path(state.text(header.get("path"))),
            kept_at=state.when(header.get("at")),
            sha256=state.text(header.get("sha256")),
            size=state.whole(header.get("size")),
            title=state.text(header.get("title")),
            revision=state.whole(header.get("revision")),
            pinned=header.get("pinned") is True,
            by=state.text(header.get("by"))[:MOST_NAME],
            order=state.whole(header.get("order")),
        )


def to_keep(times: Sequence[datetime], now: datetime) -> set[int]:
    """Positions, in a list that runs from the newest to the oldest, of what retention keeps.

    Days and weeks are those of UTC; of each the newest is kept. What lies in the future counts as new.
    """
    kept = set(range(min(LAST, len(times))))
    days = {times[at].astimezone(UTC).date() for at in kept}
    weeks = {day.isocalendar()[:2] for day in days}
    for at in range(len(kept), len(times)):
        moment = times[at].astimezone(UTC)
        age, day, week = now - moment, moment.date(), moment.date().isocalendar()[:2]
        if (age <= timedelta(days=DAYS) and day not in days) or (age <= timedelta(weeks=WEEKS) and week not in weeks):
            kept.add(at)
        days.add(day)
        weeks.add(week)
    return kept


def _parts(data: bytes) -> container.Container | None:
    """The parts of a file, if putting them together gives the very bytes again."""
    try:
        parts = container.unpack(data)
        again = container.pack(parts.document_bytes, parts.attachments, parts.extra_members)
    except (DamagedFile, NewerFile, TooBig):
        return None
    return parts if again == data else None


def _in_older_format(parts: container.Container | None) -> bool:
    version = container.version_of(parts.document) if parts is not None else None
    return version is not None and version[0] < MAJOR


def _title(document: Mapping[str, object]) -> str:
    application = document.get("application")
    project = application.get("project") if isinstance(application, dict) else None
    return str(project.get("title") or "") if isinstance(project, dict) else ""
