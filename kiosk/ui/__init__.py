"""The look, the frame around every page, touch controls, and what islands share."""
