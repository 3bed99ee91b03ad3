"""What waits for a line: the certified signer, timestamps of the log, reports of suspected forgeries."""
