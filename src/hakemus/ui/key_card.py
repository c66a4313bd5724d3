"""The keyboard card as the window has it: the keys of its menus, then those that no menu shows. Needs no Qt."""

from __future__ import annotations

from collections.abc import Callable

from hakemus import __version__
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.ui.actions import MENUS
from hakemus.usecases.key_card import KeyCard, KeyGroup


def key_card(words: Catalog, shown: Callable[[str], str] | None = None) -> KeyCard:
    """The card in the language of `words`. `shown` names a menu's key as the system does; otherwise it is worded for
    a keyboard of Windows or Linux.
    """

    def plain(keys: str) -> str:
        return _worded(keys, words)

    named = shown or plain
    groups: list[KeyGroup] = []
    for title, commands in MENUS:
        keys = [(words.text(item.words).rstrip("…"), named(item.keys)) for item in commands if item.keys]
        if commands[0].name == "next_step":
            keys += [(words.text(name), named(f"Ctrl+{at % 10}")) for at, name in enumerate(STEP_NAMES.values(), 1)]
        groups.append(KeyGroup(words.text(title).replace("&", ""), tuple(keys)))
    inside = tuple((what, plain(keys)) for what, keys in _table_keys(words))
    groups.append(KeyGroup(words.text("In tables"), inside))
    return KeyCard(words.text("Keyboard card"), words.language, f"hakemus {__version__}", tuple(groups))


def _table_keys(words: Catalog) -> tuple[tuple[str, str], ...]:
    t = words.text
    return (
        (t("Move between cells"), "← ↑ → ↓"),
        (t("Type into the cell"), "Enter, F2"),
        (t("Take back what was typed in the cell"), "Esc"),
        (t("Next cell while typing"), "Tab"),
        (t("Leave the table"), "Tab"),
        (t("Add a row"), "Insert"),
        (t("Copy the row"), "Ctrl+D"),
        (t("Remove the row"), "Ctrl+Delete"),
        (t("Move the row"), "Alt+↑, Alt+↓"),
        (t("Copy and paste rows"), "Ctrl+C, Ctrl+V"),
        (t("Move a bar of the timeline by a day"), "Ctrl+←, Ctrl+→"),
        (t("Move a bar of the timeline by a week"), "Alt+←, Alt+→"),
        (t("Move the end of a bar by a day"), "Ctrl+Shift+←, Ctrl+Shift+→"),
    )


def _worded(keys: str, words: Catalog) -> str:
    """A key by the names that stand on a keyboard of the language."""
    names = {"Shift": words.text("Shift"), "Tab": words.text("Tab"), "PgDown": "PgDn"}
    # A key may be a plus or a minus itself: only names between pluses are worded.
    for name, local in names.items():
        keys = keys.replace(name, local)
    return keys
