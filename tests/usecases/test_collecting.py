"""The hunt for cycles is put off and taken up again, also where it had been put off before, or something went wrong."""

from __future__ import annotations

import contextlib
import gc

import pytest

from hakemus.usecases import collecting


@pytest.mark.parametrize("on", [True, False])
def test_it_is_afterwards_as_it_was_before(on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with contextlib.suppress(ValueError), collecting.put_off():
            assert not gc.isenabled()
            with collecting.put_off():
                assert not gc.isenabled()
            assert not gc.isenabled()
            raise ValueError
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()
