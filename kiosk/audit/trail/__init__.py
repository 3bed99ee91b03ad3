"""How the auditor's page is drawn."""
