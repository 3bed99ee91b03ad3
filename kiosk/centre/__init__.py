"""The central case store: what many offices send, each once, each kept apart from the others."""
