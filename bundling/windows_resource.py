"""What Windows shows of the program in its properties."""

from __future__ import annotations

from pathlib import Path

from hakemus import __version__

_TEMPLATE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0,
                    date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "hakemus"),
      StringStruct("FileDescription", "Hakemus"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "hakemus"),
      StringStruct("LegalCopyright", "MIT licence"),
      StringStruct("OriginalFilename", "hakemus.exe"),
      StringStruct("ProductName", "Hakemus"),
      StringStruct("ProductVersion", "{version}")])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])])
  ]
)
"""


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows counts it: `0.1.0` is `0, 1, 0, 0`; what is no number counts as nought."""
    parts = [int(part) if part.isdigit() else 0 for part in version.split(".")]
    first, second, third, fourth = (*parts, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def version_resource(target: Path) -> str:
    """Write the version resource that PyInstaller puts into the programs; its path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_TEMPLATE.format(four=four_numbers(__version__), version=__version__), encoding="utf-8")
    return str(target)
