"""The Flashcards page."""
