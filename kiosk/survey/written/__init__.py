"""The report as a document: its tables for a spreadsheet, and as PDF. What stands in it may leave the office."""
