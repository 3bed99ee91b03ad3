"""Letters of the office: signed here, checked anywhere."""
