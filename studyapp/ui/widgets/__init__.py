"""Small widgets that hold no truth: they show what they are given and say what was done to them."""
