"""The decisions of `dev.py`: what it finds missing, what it may install, what it says. No pip, no apt, no network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


dev = load()


def found(*programs: str) -> Callable[[str], str | None]:
    """A `shutil.which` that knows these programs only."""
    return lambda name: f"/bin/{name}" if name in programs else None


def answers(value: bool) -> Callable[[Sequence[str]], bool]:
    """A command runner that always succeeds or always fails."""
    return lambda command: value


class Machine:
    """A Debian-like machine in which `apt-get install` makes what it installs appear."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, *, root: bool, sudo: bool, apt: bool = True, works: bool = True
    ) -> None:
        self.installed: list[str] = []
        self.commands: list[list[str]] = []
        self.works = works
        monkeypatch.setattr(dev, "is_there", lambda need: need.package in self.installed)
        monkeypatch.setattr(dev, "_is_root", lambda: root)
        monkeypatch.setattr(dev, "_succeeds", self._try)
        monkeypatch.setattr(dev.subprocess, "run", self._run)
        programs = (["apt-get"] if apt else []) + (["sudo"] if sudo else [])
        monkeypatch.setattr(dev.shutil, "which", found(*programs))

    def _try(self, command: Sequence[str]) -> bool:
        self.commands.append(list(command))
        return True

    def _run(self, command: Sequence[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        assert options["stdin"] is subprocess.DEVNULL
        self.commands.append(list(command))
        if self.works:
            self.installed += command[command.index("--no-install-recommends") + 1 :]
        return subprocess.CompletedProcess(command, 0)


# --- Python and the C library -----------------------------------------------------------------------------


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_pythons_that_the_locks_cover_pass(minor: int) -> None:
    dev.check_python((3, minor), found())


@pytest.mark.parametrize("version", [(3, 7), (3, 10), (3, 15), (4, 0)])
def test_another_python_is_refused_with_the_command_that_helps(version: tuple[int, int]) -> None:
    with pytest.raises(dev.Trouble) as refusal:
        dev.check_python(version, found("python3.12", "python3.11"), ["test", "-q"])
    assert f"this is Python {version[0]}.{version[1]}" in str(refusal.value)
    assert "python3.12 dev.py test -q" in str(refusal.value)


def test_another_python_is_refused_where_there_is_no_better_one() -> None:
    with pytest.raises(dev.Trouble, match=r"install Python 3\.13"):
        dev.check_python((3, 9), found())


def test_the_range_is_that_of_the_package() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'requires-python = ">=3.{dev.OLDEST[1]},<3.{dev.NEWEST[1] + 1}"' in text


@pytest.mark.parametrize(
    ("machine", "libc"),
    [("x86_64", ("glibc", "2.31")), ("aarch64", ("glibc", "2.36"))],
)
def test_a_system_too_old_for_qt_is_refused(machine: str, libc: tuple[str, str]) -> None:
    with pytest.raises(dev.Trouble, match=libc[1]):
        dev.check_glibc(machine, libc)


@pytest.mark.parametrize(
    ("machine", "libc"),
    [("x86_64", ("glibc", "2.36")), ("aarch64", ("glibc", "2.41")), ("x86_64", ("", ""))],
)
def test_other_systems_pass(machine: str, libc: tuple[str, str]) -> None:
    dev.check_glibc(machine, libc)


# --- the screen -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_only_linux_can_be_without_a_screen(system: str, environ: dict[str, str], expected: bool) -> None:
    assert dev.has_screen(system, environ) is expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["hakemus.hakemus"], True),
        (["--lang", "sv"], True),
        (["--lang", "sv", "uusi hakemus.hakemus"], True),
        (["check", "a.hakemus"], False),
        (["--lang", "sv", "calls"], False),
        (["tour", "out"], False),
        (["--help"], False),
    ],
)
def test_commands_of_the_program_need_no_screen(arguments: list[str], expected: bool) -> None:
    assert dev.wants_window(arguments) is expected


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would be run, with everything before it taken as done."""
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "set_up", lambda *locks: ran.append(["set up", *locks]))
    monkeypatch.setattr(dev, "see_to_system", lambda needs=(): None)
    monkeypatch.setattr(dev, "run", lambda command, **options: ran.append([Path(command[0]).stem, *command[1:]]))
    return ran


def test_without_a_screen_run_makes_the_tour(
    steps: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "has_screen", lambda system, environ: False)
    assert dev.main(["run"]) == 0
    assert steps == [["set up", dev.RUNTIME_LOCK], ["hakemus", "tour", str(ROOT / "out")]]
    assert "no screen" in capsys.readouterr().out


def test_without_a_screen_the_programs_commands_run(steps: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "has_screen", lambda system, environ: False)
    assert dev.main(["run", "check", "a.hakemus"]) == 0
    assert steps[-1] == ["hakemus", "check", "a.hakemus"]


def test_with_a_screen_run_opens_the_window(steps: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "has_screen", lambda system, environ: True)
    assert dev.main(["run", "a.hakemus"]) == 0
    assert steps[-1] == ["hakemus", "a.hakemus"]


def test_the_whole_gate_ends_with_the_tests(steps: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "can_bundle", lambda: True)
    assert dev.main(["test"]) == 0
    assert steps[0] == ["set up", dev.RUNTIME_LOCK, dev.DEV_LOCK]
    tools = [step[2] if step[1] == "-m" else step[0] for step in steps[1:]]
    assert tools == ["ruff", "mypy", "mypy", "lint-imports", "python", "bundling", "pytest"]
    assert all((ROOT / name).exists() for name in dev.BESIDE)
    assert "--cov" in steps[-1]


def test_where_the_system_lacks_the_bundlers_tools_the_gate_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_there", lambda need: need.name != "objdump")
    assert dev.can_bundle() is not sys.platform.startswith("linux")
    monkeypatch.setattr(dev, "can_bundle", lambda: False)
    assert "bundle" not in [name for name, _ in dev.gate("python")]


def test_a_bundle_is_made_of_the_runtime_lock_and_its_own(steps: list[list[str]]) -> None:
    assert dev.main(["bundle", "--folder"]) == 0
    assert steps == [["set up", dev.RUNTIME_LOCK, dev.BUNDLE_LOCK], ["python", "-m", "bundling", "--folder"]]


def test_debian_keeps_the_library_of_its_python_in_a_package_of_its_own() -> None:
    assert [need.package for need in dev.bundle_needs("/usr", (3, 11))] == ["binutils", "libpython3.11"]
    assert [need.package for need in dev.bundle_needs("/opt/python", (3, 13))] == ["binutils"]


def test_a_program_beside_the_path_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tool = tmp_path / "at-spi2-registryd"
    need = dev.Need(tool.name, "at-spi2-core")
    monkeypatch.setattr(dev, "HIDDEN", (str(tmp_path),))
    monkeypatch.setenv("PATH", "")
    assert not dev.is_there(need)
    tool.write_text("")
    tool.chmod(0o755)
    assert dev.is_there(need)


def test_chosen_tests_run_alone(steps: list[list[str]]) -> None:
    assert dev.main(["test", "tests/rules", "-k", "money"]) == 0
    assert steps[1:] == [["python", "-m", "pytest", "tests/rules", "-k", "money"]]


# --- what the system lacks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("is_root", "programs", "sudo_works", "expected"),
    [
        (True, ["apt-get"], False, []),
        (True, [], False, None),
        (False, ["apt-get", "sudo"], True, ["sudo", "-n"]),
        (False, ["apt-get", "sudo"], False, None),
        (False, ["apt-get"], True, None),
    ],
)
def test_apt_is_used_only_where_nobody_has_to_be_asked(
    is_root: bool, programs: list[str], sudo_works: bool, expected: list[str] | None
) -> None:
    assert dev.apt_prefix(is_root, found(*programs), answers(sudo_works)) == expected


def test_nothing_is_installed_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, root=True, sudo=False)
    machine.installed = [need.package for need in dev.QT_CORE]
    dev.see_to(dev.QT_CORE)
    assert machine.commands == []


def test_root_gets_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, root=True, sudo=False)
    machine.installed = ["libgl1"]
    dev.see_to(dev.QT_CORE + dev.PRINTERS)
    assert {need.package for need in dev.QT_CORE + dev.PRINTERS} == set(machine.installed)
    assert machine.installed.count("libgl1") == 1
    assert all("sudo" not in command for command in machine.commands)


def test_sudo_gets_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, root=False, sudo=True)
    dev.see_to(dev.QT_CORE)
    assert machine.commands[-1][:2] == ["sudo", "-n"]


def test_others_are_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, root=False, sudo=False).installed = ["libglib2.0-0", "libgl1", "libfontconfig1", "libdbus-1-3"]
    with pytest.raises(dev.Trouble) as refusal:
        dev.see_to(dev.QT_CORE)
    assert "sudo apt-get install libegl1 libxkbcommon0 " in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_where_there_is_no_apt_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, root=True, sudo=False, apt=False)
    with pytest.raises(dev.Trouble, match=r"libEGL\.so\.1"):
        dev.see_to(dev.QT_CORE)


def test_an_installation_that_did_not_help_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, root=True, sudo=False, works=False)
    with pytest.raises(dev.Trouble, match="apt-get install libglib"):
        dev.see_to(dev.QT_CORE)


def test_what_is_only_useful_never_stops(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Machine(monkeypatch, root=False, sudo=False)
    dev.see_to(dev.PRINTERS + dev.TEST_TOOLS)
    assert "libcups2 poppler-utils" in capsys.readouterr().out


def test_debian_keeps_environments_in_a_package_beside_its_python() -> None:
    assert [need.package for need in dev.debian_python_needs("/usr", (3, 11))] == ["python3.11-venv"]
    assert not dev.debian_python_needs("/opt/python", (3, 13))


def test_a_python_without_ensurepip_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(dev.Trouble, match="ensurepip"):
        dev._make_venv()


def test_a_library_is_looked_for_by_loading_it() -> None:
    assert not dev.can_load("libno-such-library-at-all.so.0")
    assert not dev.is_there(dev.Need("no-such-program-at-all", "nothing"))


# --- the virtual environment ------------------------------------------------------------------------------

STAMP = {"requirements.lock": "a", "project": "p", "python": "3.11.2", "root": "/home/x"}
TESTS = {**STAMP, "requirements-dev.lock": "d"}


@pytest.mark.parametrize(
    ("installed", "wanted", "expected"),
    [
        ({}, STAMP, (True, ["requirements.lock"], True)),
        ({}, TESTS, (True, ["requirements-dev.lock"], True)),
        (STAMP, STAMP, (False, [], False)),
        (TESTS, STAMP, (False, [], False)),
        (TESTS, TESTS, (False, [], False)),
        (STAMP, TESTS, (False, ["requirements-dev.lock"], True)),
        ({**STAMP, "project": "older"}, STAMP, (False, [], True)),
        ({**STAMP, "requirements.lock": "older"}, STAMP, (True, ["requirements.lock"], True)),
        ({**TESTS, "requirements-dev.lock": "older"}, TESTS, (True, ["requirements-dev.lock"], True)),
        ({**STAMP, "python": "3.12.1"}, STAMP, (True, ["requirements.lock"], True)),
        ({**STAMP, "root": "/home/moved"}, STAMP, (True, ["requirements.lock"], True)),
    ],
)
def test_only_what_changed_is_installed(
    installed: dict[str, str], wanted: dict[str, str], expected: tuple[bool, list[str], bool]
) -> None:
    assert tuple(dev.plan(installed, wanted)) == expected


def test_the_stamp_follows_the_lock_but_not_its_line_ends(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "build_catalogues.py"):
        (tmp_path / name).write_bytes(b"")
    lock = tmp_path / "requirements.lock"
    stamps = []
    for text in (b"a==1\nb==2\n", b"a==1\r\nb==2\r\n", b"a==1\nb==3\n"):
        lock.write_bytes(text)
        stamps.append(dev.wanted_stamp(["requirements.lock"], tmp_path)["requirements.lock"])
    assert stamps[0] == stamps[1] != stamps[2]


def test_a_missing_lock_is_said(tmp_path: Path) -> None:
    with pytest.raises(dev.Trouble, match=r"git checkout -- requirements\.lock"):
        dev.wanted_stamp(["requirements.lock"], tmp_path)


def test_bytecode_is_kept_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    environ = dev.child_environment({"A": "b"})
    assert "PYTHONDONTWRITEBYTECODE" not in environ
    assert (environ["PIP_INDEX_URL"], environ["A"]) == ("kept", "b")


@pytest.mark.parametrize(
    ("system", "expected"), [("win32", "Scripts/python.exe"), ("linux", "bin/python"), ("darwin", "bin/python")]
)
def test_programs_of_the_environment_stand_where_each_system_puts_them(system: str, expected: str) -> None:
    assert Path(dev.venv_program("python", system)) == dev.VENV / expected


def test_a_failing_step_ends_everything_with_its_code() -> None:
    with pytest.raises(SystemExit) as end:
        dev.run([sys.executable, "-c", "raise SystemExit(3)"])
    assert end.value.code == 3


# --- the locks --------------------------------------------------------------------------------------------


def test_locks_are_made_for_all_systems_without_an_address() -> None:
    commands = dev.lock_commands("uv", ["--upgrade"])
    assert [command[-1] for command in commands] == [dev.RUNTIME_LOCK, dev.BUNDLE_LOCK, dev.DEV_LOCK, dev.CAMPAIGN_LOCK]
    for command in commands:
        assert {"--universal", "--generate-hashes", "--no-emit-index-url", "--no-build", "--upgrade"} <= set(command)
        assert "--python-version=3.11" in command


def test_a_lock_that_names_a_host_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev.shutil, "which", found("uv"))
    monkeypatch.setattr(
        dev, "run", lambda command: (tmp_path / command[-1]).write_text("a @ https://esimerkki.fi/a.whl", "utf-8")
    )
    with pytest.raises(dev.Trouble, match=r"requirements\.lock names a host"):
        dev.command_lock([])


def test_without_uv_the_locks_are_not_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev.shutil, "which", found())
    with pytest.raises(dev.Trouble, match="pip install uv"):
        dev.command_lock([])


# --- the command line -------------------------------------------------------------------------------------


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n  {name} " in text for name in dev.COMMANDS)


def test_an_unknown_command_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_trouble_is_one_sentence_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(needs: object) -> None:
        raise dev.Trouble("something is missing: do this")

    monkeypatch.setattr(dev, "see_to_system", missing)
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().err == "dev.py: something is missing: do this\n"
