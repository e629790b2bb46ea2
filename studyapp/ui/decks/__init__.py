"""The Decks page."""
