"""Charts as SVG in the page: places in percent, so they fit a phone, a desk and paper; fills are drawn, so they are printed too."""
