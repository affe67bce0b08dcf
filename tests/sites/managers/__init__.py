"""Real consent managers from npm, each on a small page of its own."""
