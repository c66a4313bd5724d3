"""The window: draws the session, sends it intents, keeps no second copy of state."""

from hakemus.ui.qt_sources import leave_unread

leave_unread()  # before the first of the modules that would be read
