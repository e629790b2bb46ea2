"""The domain: frozen dataclasses and pure functions. No clock, no IO, no hidden randomness."""
