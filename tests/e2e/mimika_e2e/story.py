"""The story of a session, told with touches and pages:

  A resident of Jila complains about the water, in her own words, and keeps number and code; while she writes them down
  the receipt turns from saved here to arrived. The centre goes down. The next resident asks for a birth certificate all
  the same; his receipt says that it is saved here, and the first screen tells staff that something waits. The centre
  comes back; both filings arrive by themselves, and the ticket that stands on the screen changes while he looks at it. Mimika Center checks the complaint and hands it to PUPR; PUPR answers in public and
  writes to the person alone. She comes back to the kiosk, types number and code, and reads the answer.
"""

import datetime
import re
import time

from mimika_e2e.common import expect, port_answers, wait_until
from mimika_e2e.finger import read_receipt
from mimika_e2e.people import ADMIN, PIC, REGENT
from mimika_e2e.web import CentralWeb

DISTRICT = "94.04.06"
KAMPUNG = "94.04.06.2002"  # Diloa
CATEGORY = "air"
OPD = "pupr"
SERVICE = "akta_lahir"

COMPLAINT = "air di kampung kami tidak mengalir sudah 3 minggu. kami ambil air dari kali, jauh."
PUBLIC_ANSWER = "Petugas PUPR sudah memeriksa pipa di Diloa. Bagian yang pecah diganti hari Kamis."
PRIVATE_ANSWER = "Mama, petugas kami tiba hari Kamis pagi. Mohon tunjukkan tempat pipa yang pecah."
RESOLUTION = "Pipa sudah diganti dan air mengalir lagi sejak Kamis sore."

RESOLVED = 6  # TicketStatus::kResolved, as mimika-kiosk-ctl prints it
ARRIVAL_SECONDS = 120
REGENT_PAGE_BYTES = 30 * 1024
WIT = datetime.timezone(datetime.timedelta(hours=9))


def complain(kiosk, picture=lambda name: None):
    """From the home screen to the review, as a resident of Diloa without water would."""
    kiosk.tap("home.complaint")
    kiosk.wait_for_screen("category")
    picture("category")
    kiosk.tap_in_list(f"category.{CATEGORY}", "category.down")
    kiosk.wait_for_screen("place")
    kiosk.tap_in_list(f"place.{KAMPUNG}", "places.down")
    picture("place")
    kiosk.tap("nav.next")
    kiosk.wait_for_screen("story")
    kiosk.type(COMPLAINT)
    picture("story")
    kiosk.tap("nav.next")
    kiosk.wait_for_screen("known")
    kiosk.tap("known.name_hidden")
    picture("known")
    kiosk.tap("nav.next")
    kiosk.wait_for_screen("contact")  # all of it is optional
    kiosk.tap("nav.next")
    kiosk.wait_for_screen("review")
    picture("review")


def file_complaint(kiosk):
    """From the first screen to the receipt, which stays on the screen."""
    kiosk.tap("attract.start")
    kiosk.wait_for_screen("home")
    complain(kiosk)
    kiosk.tap_in_list("review.consent", "review.down")
    kiosk.tap("review.save")
    kiosk.wait_for_screen("receipt")
    return read_receipt(kiosk)


class Story:
    def __init__(self, centre, kiosk, ctl, people, tell, stage):
        self.centre, self.kiosk, self.ctl, self.people = centre, kiosk, ctl, people
        self.tell = tell  # one plain sentence for the terminal
        self.stage = stage  # a number before the names of screenshots, so that runs on one folder stay apart
        self.pictures = []
        self.web = {}

    def run(self):
        complaint = self.resident_complains()
        certificate = self.resident_asks_while_the_centre_is_down()
        self.both_arrive([complaint, certificate])
        self.the_agency_answers(complaint)
        self.resident_finds_the_answer(complaint)
        self.everything_checks_out()
        return [complaint, certificate]

    # --- at the kiosk
    def picture(self, name):
        self.pictures.append(self.kiosk.screenshot(f"{self.stage}-{len(self.pictures) + 1:02}-{name}"))

    def begin_visit(self):
        self.kiosk.wait_for_screen("attract")
        self.kiosk.tap("attract.start")
        self.kiosk.wait_for_screen("home")

    def end_visit(self):
        """Done; the next person must find the first screen and nothing of the one before."""
        self.kiosk.tap("home.finish")
        self.kiosk.wait_for_screen("attract")

    def resident_complains(self):
        kiosk = self.kiosk
        self.tell("A resident files a complaint about clean water, typing on the screen.")
        kiosk.wait_for_screen("attract")
        self.picture("attract")
        self.begin_visit()
        self.picture("home")
        complain(kiosk, self.picture)
        return self.save_and_keep_receipt("receipt", self.receipt_arrives)

    def receipt_arrives(self, receipt):
        wait_until(lambda: self.kiosk.read_value("receipt.place") == "arrived",
                   f"the receipt of {receipt.number} does not say that it arrived", ARRIVAL_SECONDS, 0.2)
        expect(self.ctl.tickets()[receipt.number]["arrived_ms"], f"{receipt.number} is called arrived and is not")
        self.picture("receipt-arrived")
        self.tell("  While she writes the number down the receipt changes to 'arrived at Mimika Center'.")

    def receipt_stays(self, receipt):
        time.sleep(3)  # more than one attempt to reach the centre
        place = self.kiosk.read_value("receipt.place")
        expect(place == "saved_here", f"the receipt of {receipt.number} says {place} without a centre")

    def save_and_keep_receipt(self, name, look_at_place):
        kiosk = self.kiosk
        kiosk.tap_in_list("review.consent", "review.down")
        kiosk.tap("review.save")
        kiosk.wait_for_screen("receipt")
        receipt = read_receipt(kiosk)
        expect(re.fullmatch(r"JLA\d-\d{4,}-[0-9A-Z]", receipt.number), f"'{receipt.number}' is no ticket number")
        expect(len(receipt.code) == 16, f"the receipt code has {len(receipt.code)} digits instead of 16")
        self.picture(name)
        self.tell(f"  Saved on the kiosk: ticket {receipt.number}, receipt code "
                  f"{' '.join(receipt.code[i:i + 4] for i in range(0, 16, 4))}.")
        look_at_place(receipt)
        kiosk.tap("receipt.photographed")
        kiosk.tap("receipt.written")
        kiosk.tap("receipt.done")
        kiosk.wait_for_screen("home")
        self.end_visit()
        return receipt

    def resident_asks_while_the_centre_is_down(self):
        kiosk = self.kiosk
        self.tell("Another resident asks for a birth certificate.")
        self.begin_visit()
        kiosk.tap("home.civil")
        kiosk.wait_for_screen("services")
        kiosk.tap_in_list(f"service.{SERVICE}", "services.down")
        kiosk.wait_for_screen("service")
        self.picture("requirements")
        self.centre.stop()
        expect(not port_answers(self.centre.port), "the centre still answers after it was stopped")
        self.tell("  The centre's server is stopped in the middle.")
        kiosk.tap("nav.next")
        for index, answer in enumerate(self.answers_about_the_child()):
            kiosk.wait_for_screen("field")
            if answer:
                kiosk.type(answer)
            if index == 0:
                self.picture("service-field")
            kiosk.tap("nav.next")
        kiosk.wait_for_screen("papers")  # this kiosk may have no camera, and they may be skipped
        kiosk.tap("nav.next")
        kiosk.wait_for_screen("review")
        receipt = self.save_and_keep_receipt("receipt-without-network", self.receipt_stays)
        self.staff_line("menunggu")
        self.picture("attract-waiting")
        self.track(receipt.number)
        expect(kiosk.read_value("track.status") == "saved_here",
               f"{receipt.number} must be shown as saved here only, not as {kiosk.read_value('track.status')}")
        self.picture("saved-here")
        self.leave_track()
        self.tell("  Without the centre the screen says 'saved on this kiosk', and no more; staff see that it waits.")
        return receipt

    @staticmethod
    def answers_about_the_child():
        """In the order of the fields of akta_lahir. The last one is optional and stays empty."""
        born = datetime.datetime.now(WIT) - datetime.timedelta(days=9)
        return ["yulius magal", born.strftime("%d%m%Y"), "puskesmas jila", "maria magal", "9404065203950001",
                "paulus magal", "9404061507880002", "9404060101200003", ""]

    def track(self, number):
        kiosk = self.kiosk
        self.begin_visit()
        kiosk.tap("home.track")
        kiosk.wait_for_screen("track.number")
        kiosk.type(number.replace("-", ""))
        kiosk.tap("track.search")
        kiosk.wait_for_screen("track.ticket")
        expect(kiosk.read_value("track.number") == number, f"the screen shows another ticket than {number}")

    def leave_track(self):
        kiosk = self.kiosk
        kiosk.tap("nav.back")
        kiosk.wait_for_screen("track.number")
        kiosk.tap("nav.back")
        kiosk.wait_for_screen("home")
        self.end_visit()

    # --- at the centre
    def staff(self, login):
        if login not in self.web:
            browser = CentralWeb(self.centre.url, self.centre.ca_file)
            browser.log_in(self.people[login])
            self.web[login] = browser
        return self.web[login]

    def both_arrive(self, receipts):
        last = receipts[-1].number
        self.track(last)
        expect(self.kiosk.read_value("track.status") == "saved_here", f"{last} arrived nowhere and is not saved here")
        self.centre.start()
        self.tell("The centre's server is started again. The kiosk synchronises by itself.")
        wait_until(lambda: self.kiosk.read_value("track.status") == "arrived",
                   f"{last} stands on the screen and does not change when it arrives", ARRIVAL_SECONDS, 0.2)
        self.picture("arrived")
        self.leave_track()
        self.staff_line("Tidak ada catatan menunggu · Mimika Center baru saja terhubung")
        self.picture("attract-nothing-waits")
        for receipt in receipts:
            wait_until(lambda number=receipt.number: self.staff(ADMIN).find(number),
                       f"{receipt.number} does not arrive at the centre", ARRIVAL_SECONDS, 0.5)
            wait_until(lambda number=receipt.number: self.ctl.tickets()[number]["arrived_ms"],
                       f"the kiosk does not learn that {receipt.number} arrived", ARRIVAL_SECONDS, 0.5)
        self.tell(f"  Both tickets arrived: {', '.join(receipt.number for receipt in receipts)}. The screen said so without a touch.")

    def staff_line(self, words):
        """The quiet line of the first screen comes to hold these words."""
        wait_until(lambda: words in self.kiosk.read_value("attract.staff"),
                   f"the line for staff never says '{words}'", ARRIVAL_SECONDS, 0.2)

    def the_agency_answers(self, complaint):
        self.tell("Mimika Center checks the complaint and hands it to PUPR; PUPR answers.")
        admin = self.staff(ADMIN)
        admin.act(complaint.number, "verify")
        admin.act(complaint.number, "assign", opd=OPD)

        regent = self.staff(REGENT)
        page = regent.fetch("/regent")
        expect(complaint.number in page.text, f"the Regent's red list does not show {complaint.number}")
        expect(page.size < REGENT_PAGE_BYTES, f"the Regent's page weighs {page.size} bytes")
        self.tell(f"  The Regent's page shows {complaint.number} as red ({page.size / 1024:.1f} KB).")

        pic = self.staff(PIC)
        page = pic.act(complaint.number, "open")
        expect(COMPLAINT in page.text, "PUPR does not read the words that the resident typed")
        pic.act(complaint.number, "follow-up", text=PUBLIC_ANSWER)
        page = regent.fetch("/regent")
        expect(complaint.number not in page.text, f"{complaint.number} was followed up and still leads the red list")
        pic.act(complaint.number, "resolve", text=RESOLUTION)
        pic.act(complaint.number, "message", text=PRIVATE_ANSWER)
        self.tell("  PUPR followed up in public, resolved it, and wrote to the person alone.")

    # --- and back
    def resident_finds_the_answer(self, complaint):
        kiosk = self.kiosk
        self.tell("The resident comes back with number and receipt code.")
        wait_until(lambda: self.ctl.tickets()[complaint.number]["status"] == RESOLVED,
                   "the answer does not reach the kiosk", ARRIVAL_SECONDS, 0.5)
        self.track(complaint.number)
        expect(kiosk.read_value("track.status") == "resolved",
               f"{complaint.number} is shown as {kiosk.read_value('track.status')} after it was resolved")
        shown = kiosk.read_value("track.reply")
        expect(shown == RESOLUTION, f"the public answer on the screen is another one: {shown}")
        # Written last, it may come with a later call; then it comes while the ticket stands on the screen.
        wait_until(lambda: kiosk.read_value("track.sealed") == "yes",
                   f"the screen never offers to open what was sealed for {complaint.number}", ARRIVAL_SECONDS, 0.2)
        self.picture("public-answer")
        kiosk.tap("track.code")
        kiosk.wait_for_screen("track.code")
        kiosk.type(complaint.code)
        self.picture("typing-the-code")
        kiosk.tap("track.open")
        kiosk.wait_for_screen("track.ticket")
        shown = kiosk.read_value("track.reply")
        expect(shown == PRIVATE_ANSWER, f"the private answer on the screen is another one: {shown}")
        self.picture("private-answer")
        self.leave_track()
        self.tell(f"  The screen shows the answer: \"{PRIVATE_ANSWER}\"")

    def everything_checks_out(self):
        self.ctl.verify()
        self.centre.verify()
        self.tell("Both journals check out: chains, projections and databases.")
