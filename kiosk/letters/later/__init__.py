"""What comes after a letter is out: the certified signature, timestamps of the log, a lost key, reports of suspected forgeries."""
