"""Works a program from outside as assistive tools do: over AT-SPI, on a virtual screen of its own.

Needs Xvfb, openbox, dbus-daemon and at-spi2-core of the system (`lacking()` names what is not there), and jeepney,
which speaks D-Bus. It knows nothing of hakemus: programs are found by what they tell assistive tools, text goes in
through the accessible text of a field, buttons are pressed by their action, keys come from the accessibility registry.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, Message, MessageType
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

PATIENCE = 60.0
"""Seconds that something may take on a loaded machine before it counts as not happening."""
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_REGISTRY = "org.a11y.atspi.Registry"
_CONF = Path("/usr/share/defaults/at-spi2/accessibility.conf")
_REGISTRIES = ("/usr/libexec/at-spi2-registryd", "/usr/lib/at-spi2-core/at-spi2-registryd")
_STATES = {
    1: "active",
    4: "checked",
    7: "editable",
    8: "enabled",
    9: "expandable",
    10: "expanded",
    11: "focusable",
    12: "focused",
    23: "selected",
    24: "sensitive",
    25: "showing",
    30: "visible",
    33: "multi line",
    37: "invalid entry",
    41: "checkable",
    43: "read-only",
}
"""AT-SPI's numbers of the states that a test can ask for."""
_LABELLED_BY = 2
"""AT-SPI's number of the relation to a label."""
KEYS: dict[str, int] = {
    "Return": 0xFF0D,
    "Tab": 0xFF09,
    "Escape": 0xFF1B,
    "Insert": 0xFF63,
    "Delete": 0xFFFF,
    "Home": 0xFF50,
    "End": 0xFF57,
    "Left": 0xFF51,
    "Up": 0xFF52,
    "Right": 0xFF53,
    "Down": 0xFF54,
    "Space": 0x20,
    **{f"F{at}": 0xFFBD + at for at in range(1, 13)},
}
_MODIFIERS = {"Control": 0xFFE3, "Shift": 0xFFE1, "Alt": 0xFFE9}


_SEEN_ANYHOW = ("menu item", "list item", "table cell", "menu")
"""Elements that can be asked for although Qt does not call them showing."""


class NotThere(AssertionError):
    """What was waited for did not come; the message says what, and what there was instead."""


def lacking() -> list[str]:
    """Programs and files of the system that are missing here; empty where everything is there."""
    missing = [name for name in ("Xvfb", "dbus-daemon", "openbox") if shutil.which(name) is None]
    return missing if _CONF.exists() and _registry() else [*missing, "at-spi2-core"]


def _registry() -> str | None:
    return next((path for path in _REGISTRIES if Path(path).exists()), None)


class VirtualDesktop:
    """A virtual screen and an accessibility bus. `environment` is what a program needs to be seen on both.

    Screen and bus are reached by abstract sockets, so that a program in a chroot finds them too.
    """

    def __init__(self, width: int = 1366, height: int = 900, layout: str = "") -> None:
        """`layout`: that of its keyboard, where not the screen's own; needs setxkbmap, which comes with Xvfb."""
        self._layout = layout
        self._size = f"{width}x{height}x24"
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> VirtualDesktop:
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", self._size, "-nolisten", "tcp", "-noreset"]
        self._start(screen, pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as told:
            self.display = ":" + told.readline().strip()
        if self._layout:
            subprocess.run(["setxkbmap", "-display", self.display, self._layout], check=True)
        address = f"unix:abstract=/hakemus-accessibility-{os.getpid()}-{self.display[1:]}"
        bus = ["dbus-daemon", f"--config-file={_CONF}", "--nofork", "--print-address=1", f"--address={address}"]
        self.bus = self._start(bus, told=True)
        self.environment = {
            "DISPLAY": self.display,
            "AT_SPI_BUS_ADDRESS": self.bus,
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
        }
        # without a window manager nothing says which window has the keyboard
        self._start(["openbox", "--sm-disable"], environ={**os.environ, "DISPLAY": self.display})
        # started by the bus it would look for the bus of a desktop's session
        self._start([str(_registry())], environ={**os.environ, **self.environment})
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for process in reversed(self._processes):
            process.terminate()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def _start(
        self, command: Sequence[str], environ: dict[str, str] | None = None, *, told: bool = False, **more: Any
    ) -> str:
        out = subprocess.PIPE if told else subprocess.DEVNULL
        process = subprocess.Popen(command, env=environ, stdout=out, stderr=subprocess.DEVNULL, **more)
        self._processes.append(process)
        if not told:
            return ""
        assert process.stdout is not None
        return process.stdout.readline().decode().strip()

    def picture(self, target: Path) -> None:
        """Keep what the screen shows, for whoever looks at a failure; needs ImageMagick."""
        if shutil.which("import"):
            subprocess.run(["import", "-display", self.display, "-window", "root", str(target)], check=False)


def _states(numbers: Sequence[int]) -> frozenset[str]:
    low, high = numbers
    bits = low | high << 32
    return frozenset(name for bit, name in _STATES.items() if bits >> bit & 1)


@dataclass(frozen=True, slots=True)
class Node:
    """One element as assistive tools see it."""

    client: Client
    bus: str
    path: str

    @property
    def name(self) -> str:
        return str(self.client.get(self, _ACCESSIBLE, "Name"))

    @property
    def spoken(self) -> str:
        """What a screen reader calls it: its label's words where another element is its label, else its name."""
        relations = self.client.call(self, _ACCESSIBLE, "GetRelationSet")[0]
        labels = [Node(self.client, *place) for kind, places in relations if kind == _LABELLED_BY for place in places]
        return " ".join(label.name.replace("&", "") for label in labels) or self.name

    @property
    def description(self) -> str:
        return str(self.client.get(self, _ACCESSIBLE, "Description"))

    @property
    def role(self) -> str:
        """The role in AT-SPI's English words: `push button`, `text`, `table cell`, …"""
        return str(self.client.call(self, _ACCESSIBLE, "GetRoleName")[0])

    @property
    def states(self) -> frozenset[str]:
        return _states(self.client.call(self, _ACCESSIBLE, "GetState")[0])

    @property
    def children(self) -> list[Node]:
        found = self.client.call(self, _ACCESSIBLE, "GetChildren")[0]
        return [Node(self.client, bus, path) for bus, path in found if not path.endswith("/null")]

    @property
    def parent(self) -> Node:
        bus, path = self.client.get(self, _ACCESSIBLE, "Parent")
        return Node(self.client, bus, path)

    @property
    def text(self) -> str:
        """What stands in it: a field's text, else its name."""
        try:
            return str(self.client.call(self, "org.a11y.atspi.Text", "GetText", "ii", (0, -1))[0])
        except DBusErrorResponse:
            return self.name

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width, height on the screen."""
        left, top, width, height = self.client.call(self, "org.a11y.atspi.Component", "GetExtents", "u", (0,))[0]
        return left, top, width, height

    def inside(self) -> list[Seen]:
        """Every element below that is in sight, in reading order."""
        return self.client.read(self)

    def all(self, role: str | tuple[str, ...] = "", name: str | None = None, *, part: str = "") -> list[Node]:
        """Elements below by role, by name, or by a part of the name."""
        roles = (role,) if isinstance(role, str) else role
        return [one.node for one in self.inside() if (not role or one.role in roles) and _named(one.name, name, part)]

    def find(self, role: str | tuple[str, ...] = "", name: str | None = None, *, part: str = "", at: int = 0) -> Node:
        """The first such element, waiting until there is one; `NotThere` names what was there instead."""

        def look() -> Node | None:
            found = self.all(role, name, part=part)
            return found[at] if len(found) > at else None

        try:
            return self.client.until(look, f"{role} {name or part}")
        except NotThere as error:
            # a dialog that came instead says why, and stands beside the window that was searched
            places = [*self._other_windows(), self]
            there = "\n".join(f"  {one.role}: {one.name!r}" for place in places for one in place.inside() if one.name)
            raise NotThere(f"{error}; there is:\n{there}") from None

    def _other_windows(self) -> list[Node]:
        """The program's windows but the one that holds this element."""
        window, above = self, self.parent
        while above.role not in ("application", "invalid"):
            window, above = above, above.parent
        return [] if above.role == "invalid" else [other for other in above.children if other != window]

    # -- doing --------------------

    def focus(self) -> Node:
        """Put the keyboard there."""
        self.client.call(self, "org.a11y.atspi.Component", "GrabFocus")
        return self

    def press(self, action: str = "") -> None:
        """Do its action (its first where none is named), as a screen reader's key does."""
        actions = [row[0].lower() for row in self.client.call(self, "org.a11y.atspi.Action", "GetActions")[0]]
        at = actions.index(action.lower()) if action else 0
        self.client.call(self, "org.a11y.atspi.Action", "DoAction", "i", (at,))

    def put(self, text: str) -> None:
        """Put another text in place of what stands there."""
        self.focus()
        done = self.client.call(self, "org.a11y.atspi.EditableText", "SetTextContents", "s", (text,))[0]
        if not done:
            raise NotThere(f"{self.role} {self.name!r} takes no text")

    def choose(self, at: int) -> None:
        """Choose a child of a list or a box by its place."""
        self.client.call(self, "org.a11y.atspi.Selection", "SelectChild", "i", (at,))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found when a window was read through."""

    node: Node
    role: str
    name: str
    states: frozenset[str]
    children: list[Seen]

    def flat(self) -> Iterator[Seen]:
        """It and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.flat()


def _named(found: str, name: str | None, part: str) -> bool:
    plain = " ".join(found.replace("&", "").split())
    return part in plain if name is None else plain == name


class Client:
    """One assistive tool on a bus."""

    def __init__(self, desktop: VirtualDesktop) -> None:
        self._connection: DBusConnection = open_dbus_connection(bus=desktop.bus)
        self.focused: Node | None = None
        self.focus_told = 0
        """How often a program told of focus that came."""
        self._root = Node(self, _REGISTRY, "/org/a11y/atspi/accessible/root")
        self.until(lambda: self._send(message_bus.NameHasOwner(_REGISTRY))[0], "the accessibility registry")
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        self._send(new_method_call(registry, "RegisterEvent", "sass", ("object:", [], "")))
        self._send(message_bus.AddMatch(MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")))

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_what: object) -> None:
        self._connection.close()

    def call(self, node: Node, interface: str, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        """A method of an element; the body of its answer."""
        address = DBusAddress(node.path, node.bus, interface)
        return self._send(new_method_call(address, method, signature or None, body))

    def get(self, node: Node, interface: str, name: str) -> Any:
        """A property of an element."""
        return self._send(Properties(DBusAddress(node.path, node.bus, interface)).get(name))[0][1]

    def _send(self, message: Message) -> Any:
        return unwrap_msg(self._answers([message])[0])

    def read(self, top: Node) -> list[Seen]:
        """What is in sight below an element, a whole level asked at once: a window takes a few round trips."""
        every: list[Seen] = []
        level = [(node, every) for node in top.children]
        while level:
            asked = []
            for node, _ in level:
                address = DBusAddress(node.path, node.bus, _ACCESSIBLE)
                asked += [new_method_call(address, name) for name in ("GetState", "GetRoleName", "GetChildren")]
                asked.append(Properties(address).get("Name"))
            answers = self._ask(asked)
            deeper = []
            for at, (node, siblings) in enumerate(level):
                state, role, children, name = answers[4 * at : 4 * at + 4]
                if state is None or role is None or children is None or name is None:
                    continue  # gone since its parent was asked
                seen = Seen(node, str(role[0]), str(name[0][1]), _states(state[0]), [])
                if "showing" in seen.states or seen.role in _SEEN_ANYHOW:
                    siblings.append(seen)
                    below = [Node(self, bus, path) for bus, path in children[0] if not path.endswith("/null")]
                    deeper += [(child, seen.children) for child in below]
            level = deeper
        return [one for seen in every for one in seen.flat()]

    def _ask(self, messages: Sequence[Message]) -> list[Any]:
        """Send all, then gather the bodies of the answers; None for an error."""
        kind = MessageType.method_return
        return [answer.body if answer.header.message_type is kind else None for answer in self._answers(messages)]

    def _answers(self, messages: Sequence[Message]) -> list[Message]:
        waiting: dict[int, int] = {}
        for at, message in enumerate(messages):
            serial = next(self._connection.outgoing_serial)
            waiting[serial] = at
            self._connection.send(message, serial=serial)
        answers: dict[int, Message] = {}
        while waiting:
            message = self._connection.receive(timeout=PATIENCE)
            self._hear(message)
            at = waiting.pop(message.header.fields.get(HeaderFields.reply_serial, -1), -1)
            if at >= 0:
                answers[at] = message
        return [answers[at] for at in range(len(messages))]

    def _hear(self, message: Message) -> None:
        """Remember where the keyboard went, which not every element of a window's tree tells."""
        fields = message.header.fields
        if fields.get(HeaderFields.member) == "StateChanged" and message.body[:2] == ("focused", 1):
            self.focused = Node(self, fields[HeaderFields.sender], fields[HeaderFields.path])
            self.focus_told += 1

    def until(self, look: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
        """What `look` gives as soon as that is something; looks again whenever the program tells of a change."""
        end = time.monotonic() + patience
        while True:
            try:
                found = look()
            except DBusErrorResponse:
                found = None  # it went away while it was looked at
            if found:
                return found
            if time.monotonic() > end:
                raise NotThere(f"{what} did not come in {patience:.0f} s")
            self._news(0.1)

    def _news(self, at_most: float) -> None:
        """Return at the next event of any program, or when the time is over."""
        try:
            self._hear(self._connection.receive(timeout=at_most))
            while True:
                self._hear(self._connection.receive(timeout=0))
        except TimeoutError:
            return

    def program(self, name: str) -> Node:
        """The program by the name it gives itself, waiting until it is there."""

        found: list[Node] = self.until(lambda: self.programs(name), f"the program {name}")
        return found[0]

    def programs(self, name: str) -> list[Node]:
        """The programs of that name that are there now."""
        return [node for node in self._root.children if node.name == name]

    def key(self, keys: str) -> None:
        """A key with its modifiers, to whatever has the keyboard: `Control+S`, `F2`, `Alt+Shift+Down`."""
        *held, last = keys.split("+")
        for name in held:
            self._key(_MODIFIERS[name], 0)
        self._key(KEYS[last] if last in KEYS else ord(last.lower()), 2)
        for name in reversed(held):
            self._key(_MODIFIERS[name], 1)

    def _key(self, symbol: int, kind: int) -> None:
        """Kinds of the registry: 0 press, 1 release (both by key code), 2 press and release, 3 by symbol."""
        controller = DBusAddress(
            "/org/a11y/atspi/registry/deviceeventcontroller", _REGISTRY, "org.a11y.atspi.DeviceEventController"
        )
        if kind == 2:
            self._send(new_method_call(controller, "GenerateKeyboardEvent", "isu", (symbol, "", 3)))
            return
        self._send(new_method_call(controller, "GenerateKeyboardEvent", "isu", (_codes()[symbol], "", kind)))


def _codes() -> dict[int, int]:
    """The key codes of modifiers on Xvfb's keyboard (evdev)."""
    return {0xFFE3: 37, 0xFFE1: 50, 0xFFE9: 64}
