"""The form of a new letter, its preview and its signature."""
