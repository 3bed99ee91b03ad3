"""People at the centre: its operators, and the staff of an office who look after their own."""
