"""The report on the staff's screen: what of the figures is drawn, and the page."""
