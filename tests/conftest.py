"""Puts this folder on the path, so that tests share `strategies` and `fakes`."""

from __future__ import annotations

from hypothesis import settings

# A loaded machine is slow now and then: how long one example takes says nothing of the program.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
