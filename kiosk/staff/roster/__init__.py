"""What the admin knows of the staff and can change."""
