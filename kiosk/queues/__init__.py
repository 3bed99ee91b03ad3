"""Queues: numbers taken, called and shown."""
