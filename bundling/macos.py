"""What macOS is told of the program: its identity, the files it opens, the languages it speaks."""

from __future__ import annotations

from typing import Any

from hakemus import __version__

IDENTIFIER = "fi.esimerkki.hakemus"
"""Replaced by whoever signs and publishes the program: an identifier belongs to a name in the DNS."""
DOCUMENT_TYPE = f"{IDENTIFIER}.draft"


def version() -> str:
    """The version, as the Finder shows it."""
    return __version__


def info() -> dict[str, Any]:
    """The keys of Info.plist beyond those that PyInstaller writes."""
    return {
        "CFBundleDisplayName": "Hakemus",
        "CFBundleShortVersionString": __version__,
        "CFBundleDevelopmentRegion": "fi",
        "CFBundleLocalizations": ["fi", "sv", "en"],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Hakemus draft",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "hakemus-document.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [DOCUMENT_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": DOCUMENT_TYPE,
                "UTTypeDescription": "Hakemus draft",
                "UTTypeConformsTo": ["public.data", "public.content"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["hakemus"],
                    "public.mime-type": ["application/vnd.hakemus+zip"],
                },
                "UTTypeIconFile": "hakemus-document.icns",
            }
        ],
        "LSMinimumSystemVersion": "14.0",
        "LSApplicationCategoryType": "public.app-category.productivity",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": "MIT licence",
    }
