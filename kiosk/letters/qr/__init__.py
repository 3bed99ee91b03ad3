"""The code on the paper: CBOR, COSE, claims, the printed symbol, and what a verifier says of it."""
