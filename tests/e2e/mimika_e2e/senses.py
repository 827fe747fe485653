"""What a kiosk without microphone, loudspeaker and camera hears and sees in their place: files."""

import math
import struct
from pathlib import Path

from mimika_e2e import png
from mimika_e2e.common import StepFailed
from mimika_e2e.printer import read_qr

VOICE_RATE = 16_000
FRAME = (1280, 720)
LOOKS = 10  # at a page that may move while it is looked at


def hum(seconds=30):
    """It rises and falls, like a voice: samples from -1 to 1."""
    for i in range(seconds * VOICE_RATE):
        at = i / VOICE_RATE
        yield 0.3 * (0.55 + 0.45 * math.sin(2 * math.pi * 3 * at)) * math.sin(2 * math.pi * 180 * at)


class Senses:
    """`voice`: the samples that the microphone hears, from its beginning whenever it is switched on."""

    def __init__(self, folder, voice=None):
        self.microphone, self.camera = folder / "voice.raw", folder / "camera.png"
        self.heard = folder / "heard.raw"
        samples = list(voice if voice is not None else hum())
        self.microphone.write_bytes(struct.pack(f"<{len(samples)}f", *samples))
        self.show(png.plain(*FRAME))

    def show(self, picture):
        """Before the camera, in the middle, from when it is switched on next."""
        self.see(picture.in_the_middle_of(*FRAME))

    def see(self, picture):
        """All that the camera sees."""
        picture.write(self.camera)

    @property
    def options(self):
        return ["--headless", "--camera-picture", str(self.camera)]

    @property
    def environment(self):
        return {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILEIN": str(self.microphone),
                "SDL_DISKAUDIOFILE": str(self.heard)}


def qr_on_screen(kiosk, name="qr"):
    """The QR code that stands on the screen, with its white frame, cut out of a screenshot and as large as a receipt held
    before a camera."""
    for _ in range(LOOKS):
        place = kiosk.read_value("qr.place")
        picture = kiosk.screenshot(name)
        # The centre's word that the filing has arrived moves what stands on the page.
        if kiosk.read_value("qr.place") != place:
            continue
        x, y, width, height = map(int, place.split())
        code = png.read(picture, y + height).cut_out(x, y, width, height).enlarged(max(1, FRAME[1] // height))
        cut = Path(picture).with_name(f"{name}-cut.png")
        code.in_the_middle_of(*FRAME).write(cut)
        if read_qr(cut):
            return code
    raise StepFailed("the QR code on the screen cannot be cut out of it")
