"""The menus as data: every command of the window with its words and its key."""

from __future__ import annotations

from dataclasses import dataclass

from hakemus.i18n.marking import N_


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of a menu. `draft`: only while an application is open; `check`: it can be on or off."""

    name: str
    words: str
    keys: str = ""
    draft: bool = True
    check: bool = False


SEPARATOR = Command("-", "")

MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        N_("&File"),
        (
            Command("start", N_("Start page"), "Ctrl+N", draft=False),
            Command("open", N_("Open…"), "Ctrl+O", draft=False),
            Command("renew", N_("New from an old application…"), "Ctrl+Shift+N", draft=False),
            Command("import", N_("Import an old register page…"), "Ctrl+Shift+O", draft=False),
            SEPARATOR,
            Command("save", N_("Save"), "Ctrl+S"),
            Command("save_as", N_("Save as…"), "Ctrl+Shift+S"),
            Command("copy_as_new", N_("Save as a new application…"), "Ctrl+Shift+D"),
            Command("other_call", N_("For another call…"), "Ctrl+Shift+C"),
            SEPARATOR,
            Command("versions", N_("Earlier versions…"), "Ctrl+H"),
            Command("name_version", N_("Keep a named version…"), "Ctrl+Shift+H"),
            Command("mark_submitted", N_("Mark as submitted…"), "Ctrl+Shift+J"),
            SEPARATOR,
            Command("export_pdf", N_("Save PDF…"), "Ctrl+E"),
            Command("export_xlsx", N_("Save Excel…"), "Ctrl+Shift+E"),
            Command("read_returned", N_("Read a returned workbook…"), "Ctrl+R"),
            Command("own_budget", N_("Compare with a budget of your own…"), "Ctrl+Shift+B"),
            Command("export_package", N_("Save the package…"), "Ctrl+Shift+P"),
            Command("export_folder", N_("Save the package as a folder…"), "Ctrl+Shift+K"),
            Command("export_review", N_("Save review report…"), "Ctrl+Shift+R"),
            Command("letter", N_("Save a letter of intent…"), "Ctrl+Shift+G"),
            Command("view_pdf", N_("Open in the PDF viewer"), "F12"),
            Command("print", N_("Print…"), "Ctrl+P"),
            SEPARATOR,
            Command("close", N_("Close the application"), "Ctrl+W"),
            Command("quit", N_("Quit"), "Ctrl+Q", draft=False),
        ),
    ),
    (
        N_("&Edit"),
        (
            Command("undo", N_("Undo"), "Ctrl+Z"),
            Command("redo", N_("Redo"), "Ctrl+Y"),
            SEPARATOR,
            Command("shorten", N_("Shorten the text…"), "Ctrl+Shift+L"),
            SEPARATOR,
            Command("mark_secret", N_("Mark as secret…"), "Ctrl+Shift+M"),
            Command("secrets", N_("Secret parts…"), "Ctrl+Shift+I"),
            SEPARATOR,
            Command("find", N_("Find…"), "Ctrl+F"),
            Command("find_next", N_("Find the next"), "F3"),
            Command("find_previous", N_("Find the one before"), "Shift+F3"),
            SEPARATOR,
            Command("accept_old", N_("All from the old application is checked"), "Ctrl+Shift+Y"),
            Command("attach", N_("Attach a file…"), "Ctrl+T"),
            Command("terms", N_("Terms of the call…"), "F5"),
            Command("eligibility", N_("Can we apply?…"), "Shift+F5"),
            Command("signing", N_("Signature and mandates…"), "Ctrl+I"),
        ),
    ),
    (
        N_("&View"),
        (
            Command("panel", N_("Help"), "F1"),
            Command("findings", N_("Findings"), "Ctrl+F8"),
            SEPARATOR,
            Command("whole_form", N_("Whole form on one page, or step by step"), "F9"),
            Command("paper", N_("The paper, and back"), "Shift+F9"),
            SEPARATOR,
            Command("figure:distance", N_("How the highest grant is computed…"), "F7"),
            Command("figure:costs", N_("How the costs are computed…"), "Shift+F7"),
            Command("figure:gap", N_("How costs and funding meet…"), "Ctrl+F7"),
            Command("figure:years", N_("Costs by year and quarter…"), "F6"),
            Command("figure:payers", N_("Costs and money by payer…"), "Shift+F6"),
            SEPARATOR,
            Command("larger", N_("Larger text"), "Ctrl++", draft=False),
            Command("smaller", N_("Smaller text"), "Ctrl+-", draft=False),
            Command("normal_size", N_("Text of normal size"), "Ctrl+.", draft=False),
        ),
    ),
    (
        N_("&Go"),
        (
            Command("next_step", N_("Next step"), "Ctrl+PgDown"),
            Command("previous_step", N_("Previous step"), "Ctrl+PgUp"),
            SEPARATOR,
            Command("next_finding", N_("Next finding"), "F8"),
            Command("previous_finding", N_("Previous finding"), "Shift+F8"),
            SEPARATOR,
            Command("links", N_("Links between goals, activities and costs…"), "Ctrl+L"),
            Command("criteria", N_("Selection criteria…"), "Ctrl+J"),
            SEPARATOR,
        ),
    ),
    (
        N_("&Tools"),
        (
            Command("libraries", N_("Libraries…"), "Ctrl+B", draft=False),
            Command("library_fill", N_("Take from the library's kept data…"), "Ctrl+Shift+F"),
            Command("library_keep", N_("Keep these for the next application"), "Ctrl+Shift+T"),
            SEPARATOR,
            Command("remembered", N_("What this computer remembers…"), "Shift+F12", draft=False),
            Command("name", N_("Your name for others…"), "Ctrl+F12", draft=False),
        ),
    ),
    (
        N_("&Help"),
        (
            Command("guide", N_("User guide"), "Shift+F1", draft=False),
            Command("keys", N_("Keyboard card"), "Ctrl+F1", draft=False),
            Command("about", N_("About hakemus"), "Ctrl+Shift+F1", draft=False),
        ),
    ),
)

EDITING = (
    "attach",
    "shorten",
    "mark_secret",
    "name_version",
    "mark_submitted",
    "read_returned",
    "own_budget",
    "accept_old",
    "library_fill",
)
"""Commands that change what is open: out of use where it is read-only."""
