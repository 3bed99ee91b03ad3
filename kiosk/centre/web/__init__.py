"""The centre's own screens: pages made on the server, forms, and no script at all."""
