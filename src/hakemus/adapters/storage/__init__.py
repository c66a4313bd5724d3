"""Durable files: container, writer, recovery copies, earlier versions, locks."""
