"""From YAML files to core objects: parsing with positions, schema, references, item-writing checks."""
