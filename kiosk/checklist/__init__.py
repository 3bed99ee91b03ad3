"""Which requirements an applicant still lacks."""
