"""What a kiosk without microphone, loudspeaker and camera hears and sees in their place: files."""

import math
import struct

from mimika_e2e import png

VOICE_RATE = 16_000
FRAME = (1280, 720)


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
    x, y, width, height = map(int, kiosk.read_value("qr.place").split())
    code = png.read(kiosk.screenshot(name), y + height).cut_out(x, y, width, height)
    return code.enlarged(max(1, FRAME[1] // height))
