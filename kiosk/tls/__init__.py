"""HTTPS in the office: its own authority, the node's certificate, and how a tablet comes to trust it."""
