"""hakemus drafts applications for state grants of public libraries, offline."""

__version__ = "0.1.0"
