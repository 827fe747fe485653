"""A person with a keypad: four arrows, Enter and Speak, and nothing else. They see where the ring is, and try their way."""

from collections import deque

from mimika_e2e.common import StepFailed, expect

ARROWS = ("down", "right", "up", "left")
MOST_PRESSES = 400  # to one target


class Keypad:
    def __init__(self, kiosk):
        self.kiosk = kiosk
        self.ways = {}  # (page, from) -> arrow -> to

    def page(self):
        return self.kiosk.read_value("screen")

    def ring(self):
        return self.kiosk.read_value("debug.focus")

    def press(self, key):
        self.kiosk.command(f"key {key}")

    def move(self, arrow):
        page, start = self.page(), self.ring()
        self.press(arrow)
        end = self.ring()
        expect(end or not start, f"the ring is lost on '{page}' after '{start}' and {arrow}")
        self.ways.setdefault((page, start), {})[arrow] = end
        return end

    def next_arrow(self, page, here, target):
        """The first step of the shortest known way to the target, or to a place from which an arrow is untried."""
        waiting, seen, untried = deque([(here, None)]), {here}, None
        while waiting:
            place, first = waiting.popleft()
            if place == target:
                return first
            known = self.ways.get((page, place), {})
            for arrow in ARROWS:
                if arrow not in known:
                    untried = untried or first or arrow
                elif known[arrow] not in seen:
                    seen.add(known[arrow])
                    waiting.append((known[arrow], first or arrow))
        return untried

    def go_to(self, target):
        page = self.page()
        for _ in range(MOST_PRESSES):
            here = self.ring()
            if here == target:
                return
            arrow = self.next_arrow(page, here, target)
            if arrow is None:
                raise StepFailed(f"no arrow key leads to '{target}' on '{page}'")
            self.move(arrow)
        raise StepFailed(f"'{target}' is too far away on '{page}'")

    def enter(self, target, screen=None):
        self.go_to(target)
        self.press("enter")
        if screen:
            self.kiosk.wait_for_screen(screen)

    def write(self, letters):
        for letter in letters:
            self.enter("keyboard.space" if letter == " " else f"keyboard.{letter}")
