"""What a signature is for (RFC 9052, 4.3: externally supplied data): one of another purpose never counts here."""

LETTER = b"DPMPTSP-SURAT-v1"
TRUST = b"DPMPTSP-PERCAYA-v1"
REVOCATIONS = b"DPMPTSP-CABUT-v1"
