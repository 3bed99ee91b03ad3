"""Read aloud: texts become short clips, spoken by espeak-ng or by the office's own recordings."""
