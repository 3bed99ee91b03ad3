"""What everybody on the staff does with the own account."""
