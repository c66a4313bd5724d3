"""A print queue of CUPS for one test: a scheduler with a folder and a socket of its own, whose printer is a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NAME = "paper"
LONGEST_WAIT = 60.0
_PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))

_SCHEDULER = """\
Listen {folder}/socket
LogLevel debug
PageLogFormat %p %j %P %C %{{sides}}
WebInterface No
Browsing No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/temp
ErrorLog {folder}/log/error
AccessLog {folder}/log/access
PageLog {folder}/log/page
FileDevice Yes
SystemGroup root
"""
# A printer of A4 sheets that prints both sides and takes PDF; four millimetres of its edge stay white.
_PRINTER = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PAPER.PPD"
*Product: "(Paper)"
*PSVersion: "(3010.000) 0"
*ModelName: "Paper"
*ShortNickName: "Paper"
*NickName: "Paper"
*Manufacturer: "Nobody"
*cupsVersion: 2.0
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*ColorDevice: True
*DefaultColorSpace: RGB
*LanguageLevel: "3"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "12 12 583 830"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/2-Sided Printing: PickOne
*OrderDependency: 50 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long-Edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short-Edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
"""


def lacking() -> str:
    """Why there can be no queue here; empty where there can."""
    if not sys.platform.startswith("linux"):
        return "a queue of our own is made on Linux only"
    if os.geteuid() != 0:
        return "the scheduler of CUPS starts for root only"
    missing = [each for each in ("cupsd", "lpadmin", "lp") if not shutil.which(each, path=_PLACES)]
    if not missing and not Path("/usr/lib/cups/filter/pdftopdf").exists():
        missing = ["cups-filters"]
    return f"not installed: {', '.join(missing)} (cups-daemon cups-client cups-filters)" if missing else ""


@dataclass(frozen=True)
class Queue:
    """`environ` leads the programs of CUPS, and Qt, to this scheduler."""

    folder: Path
    environ: dict[str, str]

    @property
    def printed(self) -> Path:
        return self.folder / "printed.pdf"

    def wait_for_paper(self) -> bytes:
        """What the last job put on the printer, when the queue is empty again."""
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            if not self._run("lpstat", "-o").strip() and self.printed.exists() and self.printed.stat().st_size:
                return self.printed.read_bytes()
        raise AssertionError((self.folder / "log" / "error").read_text(errors="replace")[-4000:])

    def page_log(self) -> list[list[str]]:
        """Printer, job, what of it (a page or `total`), how many sheets' sides, and on which sides."""
        log = self.folder / "log" / "page"
        return [line.split() for line in log.read_text().splitlines()] if log.exists() else []

    def _run(self, *command: str) -> str:
        program = shutil.which(command[0], path=_PLACES) or command[0]
        done = subprocess.run([program, *command[1:]], env=self.environ, capture_output=True, text=True, check=False)
        return done.stdout


@contextmanager
def print_queue(folder: Path) -> Iterator[Queue]:
    """A queue with one printer. `folder` has a short name: sockets have short paths."""
    for name in ("root", "spool", "cache", "state", "temp", "log"):
        (folder / name).mkdir()
    folder.chmod(0o755)
    (folder / "cupsd.conf").write_text(_SCHEDULER.format(folder=folder))
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
    (folder / "printer.ppd").write_text(_PRINTER)
    queue = Queue(folder, {**os.environ, "CUPS_SERVER": str(folder / "socket"), "PATH": _PLACES})
    command = ["cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    scheduler = subprocess.Popen(
        [shutil.which(command[0], path=_PLACES) or command[0], *command[1:]],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + LONGEST_WAIT
        while "is running" not in queue._run("lpstat", "-r"):
            assert scheduler.poll() is None, (folder / "log" / "error").read_text(errors="replace")[-4000:]
            assert time.monotonic() < until, "the scheduler does not answer"
        queue._run("lpadmin", "-p", NAME, "-v", f"file:{queue.printed}", "-P", str(folder / "printer.ppd"), "-E")
        assert NAME in queue._run("lpstat", "-p")
        yield queue
    finally:
        scheduler.terminate()
        scheduler.wait(LONGEST_WAIT)
