"""What the screens of the register show and are given, without a browser."""
