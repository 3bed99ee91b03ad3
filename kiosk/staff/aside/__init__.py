"""What devices handed in and the office could not take: lines of it, and the panel below the devices."""
