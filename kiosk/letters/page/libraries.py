"""The npm libraries of this room, pinned; `reflex.lock` holds their hashes.

noble 1.9 and not 2: version 2 calls `Object.hasOwn`, which an Android WebView of 2020 does not have.
"""

CURVES = "@noble/curves@1.9.7"  # ECDSA P-256 where `crypto.subtle` is missing: plain http in the hall
HASHES = "@noble/hashes@1.8.0"  # SHA-256, at once and everywhere
UNPACK = "fflate@0.8.3"  # gzip with a limit while it streams; DecompressionStream is missing before Safari 16.4
CAMERA = "zxing-wasm@3.1.4"  # QR codes of the camera and of photos

JUDGING = [CURVES, HASHES, UNPACK]
LIBRARIES = [*JUDGING, CAMERA]
