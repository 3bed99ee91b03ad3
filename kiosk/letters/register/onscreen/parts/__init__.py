"""What several parts of the page need."""
