"""Evidence -> facts. Pure functions, total on any evidence: hostile input makes fewer facts, never an exception."""
