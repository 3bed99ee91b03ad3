"""The register of letters: numbers, serials, the chained issuance log, revocations."""
