"""Which papers an applicant has, lacks or is unsure of; Customer Service checks them and signs."""
