"""The letter as a document: its record, its pages, its seal."""
