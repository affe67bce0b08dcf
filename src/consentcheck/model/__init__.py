"""Frozen types that the stages pass to each other. No I/O."""
