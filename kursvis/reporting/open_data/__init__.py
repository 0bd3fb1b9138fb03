"""The published catalogue for machines: as JSON, and as EMIL 3 documents. Nothing of any person."""
