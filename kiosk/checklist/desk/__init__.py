"""The page where Customer Service checks papers and signs."""
