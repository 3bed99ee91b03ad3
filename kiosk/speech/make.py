"""Program `python -m kiosk.speech.make LANGUAGE TARGET < TEXT`: speaks TEXT into TARGET as Ogg/Opus, then ends.

A process of its own, because numpy and the encoder take about 50 MB that an idle node should not hold, and because
espeak-ng (GPL) is only ever run, never linked. Ends with 0, with an errno when the disk refuses, with 1 otherwise.
"""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

VOICES = {"id": "id", "en": "en-us"}
WORDS_A_MINUTE = "145"  # espeak-ng's own 175 is too fast for a hall and for older ears
ESPEAK_SECONDS = 10
WAV_HEADER = 44  # espeak-ng streams, so the lengths in its header are placeholders
RATE = 24_000  # Opus knows 8, 12, 16, 24 and 48 kHz; espeak-ng gives 22.05
SMALLNESS = 0.95  # libsndfile's compression level: 140 kB a minute; its default takes 250, 1.0 (50) sounds thin
BLOCK = 147 * 256  # 22,050 : 24,000 is 147 : 160
SILENCE, MARGIN = 0.01, RATE // 12  # quieter than this at either end is cut, but for a twelfth of a second


def espeak(language: str, text: str) -> tuple[bytes, int]:
    """16-bit samples of `text` and their rate in Hz. The text goes in by stdin: as an argument it could be an option."""
    command = ["espeak-ng", "-v", VOICES[language], "-s", WORDS_A_MINUTE, "-b", "1", "--stdin", "--stdout"]
    wav = subprocess.run(command, input=text.encode(), capture_output=True, timeout=ESPEAK_SECONDS, check=True).stdout
    return wav[WAV_HEADER:], int.from_bytes(wav[24:28], "little")


def samples(pcm: bytes, rate: int) -> Any:
    """`pcm` at 24 kHz as floats (numpy array), without silence around it, at one loudness. Raises ValueError when all is silent."""
    import numpy as np

    wave = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2") / 32768
    loud = np.flatnonzero(np.abs(wave) > SILENCE)
    if not len(loud):
        raise ValueError("espeak-ng gave silence")
    wave = wave[max(loud[0] - MARGIN, 0) : loud[-1] + MARGIN]
    # To 24 kHz through the spectrum. Padded to a multiple of BLOCK, because a length with a large prime takes ten times the memory.
    length = round(len(wave) * RATE / rate)
    wave = np.pad(wave, (0, -len(wave) % BLOCK))
    wave = np.fft.irfft(np.fft.rfft(wave), len(wave) * RATE // rate)[:length] * (RATE / rate)
    return wave * (0.8 / np.abs(wave).max())


def write(wave: Any, target: Path) -> None:
    """Write beside `target`, then rename: a clip is whole or it is not there."""
    import soundfile

    sound = io.BytesIO()  # libsndfile swallows what a full disk says
    soundfile.write(sound, wave, RATE, format="OGG", subtype="OPUS", compression_level=SMALLNESS)
    part = target.with_suffix(".part")
    try:
        with part.open("wb") as file:
            file.write(sound.getvalue())
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def main() -> int:
    """Speak standard input; see the module."""
    os.nice(10)  # clips are made ahead of need: tickets go first
    language, target = sys.argv[1], Path(sys.argv[2])
    try:
        write(samples(*espeak(language, sys.stdin.buffer.read().decode())), target)
    except OSError as refused:
        sys.stderr.write(f"{refused}\n")
        return refused.errno or 1
    except (ValueError, RuntimeError, subprocess.SubprocessError) as failed:
        sys.stderr.write(f"{failed}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
