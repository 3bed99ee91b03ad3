"""What an officer sees and does at a counter."""
