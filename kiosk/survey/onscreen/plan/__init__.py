"""The follow-up plan on the report's page."""
