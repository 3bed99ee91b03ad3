"""What the staff's page of the survey holds: the report, the plan, how the office computes."""
