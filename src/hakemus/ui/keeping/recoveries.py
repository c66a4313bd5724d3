"""Unsaved work that a window left when it died: offered on the start page and above its file, never laid over alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hakemus.i18n.telling_apart import told_apart
from hakemus.ui.commands.commands import Commands
from hakemus.ui.keeping.comparing import compare, compare_with_now
from hakemus.ui.start_view import OfferCard
from hakemus.ui.widgets.notice import NoticeView
from hakemus.usecases.errors import UserError

if TYPE_CHECKING:
    from hakemus.ui.host import Host
    from hakemus.ui.keeping.messages import Messages
    from hakemus.ui.services import Offered


class Recovering(Commands):
    """Knows which recoveries there are, how much each differs from its file, and which were left for another time."""

    def __init__(self, host: Host, messages: Messages, take_mark: Callable[[str], None]) -> None:
        """`take_mark` takes the lock of a file over which unsaved work was laid."""
        super().__init__(host)
        self._messages, self._take_mark = messages, take_mark
        self._offers: tuple[Offered, ...] = ()
        self._left: set[str] = set()
        self._differs: dict[str, str] = {}
        self._torn: set[str] = set()
        self._gone: set[str] = set()
        """Those whose file does not lie where it lay."""

    # -- on the start page --------------------

    def find(self) -> None:
        """Look for what was being written when a window died, and count how much it differs from its file."""
        self._offers = tuple(self._c.services.recoveries().offered())
        self._torn, self._gone = set(), set()
        self._differs = {offer.slot: self._difference(offer) for offer in self._offers}

    def find_again(self) -> None:
        """What was offered may have been forgotten."""
        self._offers = tuple(self._c.services.recoveries().offered()) if self._offers else ()

    def _difference(self, offer: Offered) -> str:
        from hakemus.usecases.comparing import compare as differences

        try:
            opened = self._c.services.recoveries().open(offer.slot)
        except UserError:
            self._torn.add(offer.slot)
            return self.t("never saved") if offer.path is None else self.t("its file cannot be read")
        if opened.notes:
            self._torn.add(offer.slot)
        if offer.path is None:
            return self.t("never saved")
        try:
            theirs = self._c.services.files().open(offer.path).document.draft
        except UserError:
            if _is_gone(offer.path):
                self._gone.add(offer.slot)
            return self.t("its file cannot be read")
        return self._c.window.words.render(differences(theirs, opened.document.draft).words)

    def offers(self) -> tuple[OfferCard, ...]:
        """What the start page offers: all but what was left for another time."""
        moments: dict[str, str] = {}
        for title in {offer.title for offer in self._offers}:  # each is named with its title
            moments |= self._moments([offer for offer in self._offers if offer.title == title])
        return tuple(
            OfferCard(
                offer.slot,
                offer.title or self.t("Untitled project"),
                self._offered_words(offer, moments[offer.slot]),
                offer.path is not None and offer.slot not in self._gone,
            )
            for offer in self._offers
            if offer.slot not in self._left
        )

    def _offered_words(self, offer: Offered, moment: str) -> str:
        difference = self._differs.get(offer.slot, "")
        said = [
            self.t(
                "Written {moment}. Its file is not to be found now: {path}. Opened, it can be saved there or "
                "elsewhere; nothing is written by itself.",
                moment=moment,
                path=offer.path,
            )
            if offer.slot in self._gone
            else self.t(
                "Written {moment}, {difference}. Opened, it is an application that has no file yet; nothing is written "
                "by itself.",
                moment=moment,
                difference=difference,
            )
            if offer.path is None
            else self.t(
                "Written {moment}, {difference}. Opened, it lies over the file as unsaved changes; nothing is "
                "written by itself.",
                moment=moment,
                difference=difference,
            )
        ]
        if offer.slot in self._torn:
            said.append(self.t("Part of it may be lost."))
        return " ".join(said)

    def chosen(self, verb: str, slot: str) -> None:
        """A button of an offer on the start page."""
        if verb == "open":
            self._open(next(offer for offer in self._offers if offer.slot == slot))
        elif verb == "compare":
            self._compare(slot)
        else:
            self._left.add(slot)
            self._c.refresh_start()

    def _open(self, offer: Offered) -> None:
        """Lay unsaved work over its file, at the place where it was written."""
        if self._c.put_away() and self._c.attempt(lambda: self._c.open_recovery(offer.slot, offer.place)):
            self._offers = tuple(other for other in self._offers if other.slot != offer.slot)
            opened = self._c.opened
            if opened is not None and opened.path is not None:
                self._take_mark(opened.path)

    def _compare(self, slot: str) -> None:
        offer = next(offer for offer in self._offers if offer.slot == slot)
        assert offer.path is not None
        try:
            mine = self._c.services.recoveries().open(slot).document.draft
            theirs = self._c.services.files().open(offer.path).document.draft
        except UserError as error:
            self._c.tell(error)
            return
        answer = compare(
            self._c,
            (self.t("In the file"), lambda: theirs),
            (self.t("Unsaved work"), lambda: mine),
            answers=[("open", self.t("Open the unsaved work"))],
        )
        if answer == "open":
            self._open(offer)

    # -- writing them --------------------

    def written(self, error: UserError | None) -> None:
        """A recovery copy was written, or could not be: that is said until one can."""
        self._messages.standing("recovery", None if error is None else lambda: self._unprotected(error))

    def _unprotected(self, error: UserError) -> NoticeView:
        return NoticeView(
            "warning",
            self.t("The recovery copy could not be written"),
            " ".join(
                (
                    self._c.window.words.render(error.message),
                    self.t("Until it can, what is not saved is lost if the program ends. Save often."),
                )
            ),
            [(self.t("Save"), self._c.save)],
        )

    # -- above its file --------------------

    def tell_of(self, path: str) -> None:
        """Unsaved work of the file that was just opened."""
        place = _real(path)
        offers = self._c.services.recoveries().offered()
        found = [offer for offer in offers if offer.path is not None and _real(offer.path) == place]
        for offer in found:
            self._messages.tell(
                lambda offer=offer: self._unsaved(offer, self._moments(found)[offer.slot])  # type: ignore[misc]
            )

    def _unsaved(self, offer: Offered, moment: str) -> NoticeView:
        return NoticeView(
            "warning",
            self.t("Unsaved work of this application was found"),
            self.t("Written {moment}, when the program ended before it was saved.", moment=moment),
            [
                (self.t("Open the unsaved work"), lambda: self._open(offer)),
                (self.t("Compare…"), lambda: self._compare_unsaved(offer, moment)),
            ],
            self.t("Close the message"),
        )

    def _moments(self, offers: Sequence[Offered]) -> dict[str, str]:
        """When each was written, by its slot, in words that no other has."""
        words = self._c.window.words
        apart = told_apart(
            [words.moment(offer.written) for offer in offers],
            [words.moment(offer.written, seconds=True) for offer in offers],
        )
        return dict(zip((offer.slot for offer in offers), apart, strict=True))

    def _compare_unsaved(self, offer: Offered, moment: str) -> None:
        try:
            unsaved = self._c.services.recoveries().open(offer.slot)
        except UserError as error:
            self._c.tell(error)
            return
        name = self.t("Unsaved work, {moment}", moment=moment)
        compare_with_now(self._c, name, unsaved.document.draft, unsaved.attachments)


def _is_gone(path: str) -> bool:
    """Whether nothing lies there: deleted, moved, or on a disk that is out. What may not be read does lie there."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _real(path: str) -> str:
    """One spelling of all that lead to a file: the same folder may be reached by a link."""
    return os.path.normcase(os.path.realpath(path))
