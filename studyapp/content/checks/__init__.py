"""Item-writing and coverage checks: what gives an answer away, what cannot be shown, what is not covered.

Each rule is a function that yields findings; ``runner`` knows which rule has which code.
"""
