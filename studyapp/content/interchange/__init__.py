"""Items in other programs' formats: one module for each, all with losses that are told item by item."""
