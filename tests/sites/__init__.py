"""Local sites that behave as enforcement cases describe, and a browser to look at them with."""
