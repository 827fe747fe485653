-- Those who work at kiosks: their accounts as the centre gave them, and what they do there.

-- district '': every district of the regency (technicians). The credential is what the centre gave last; a PIN that was
-- chosen at a kiosk never comes here.
CREATE TABLE staff_account (
  login TEXT NOT NULL PRIMARY KEY,
  full_name TEXT NOT NULL,
  role INTEGER NOT NULL,
  district TEXT NOT NULL,
  version BIGINT NOT NULL,
  pin_passes BIGINT NOT NULL,
  pin_memory_bytes BIGINT NOT NULL,
  pin_salt BLOB NOT NULL,
  pin_verifier BLOB NOT NULL,
  wrapped_seed BLOB NOT NULL,
  needs_key_file INTEGER NOT NULL,
  created_ms BIGINT NOT NULL,
  disabled_ms BIGINT
);
CREATE INDEX staff_account_by_district ON staff_account (district, login);

-- Who at the centre changed which of them, and when. changed_by '': the command line of this machine.
CREATE TABLE staff_change (
  number BIGINT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL,
  what TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);

-- What challenges of a kiosk are answered with, sealed to the centre's box key.
CREATE TABLE challenge_secret (
  device BIGINT NOT NULL PRIMARY KEY REFERENCES device (device),
  sealed BLOB NOT NULL,
  created_ms BIGINT NOT NULL
);

-- Each challenge is answered once.
CREATE TABLE challenge_answer (
  device BIGINT NOT NULL REFERENCES device (device),
  counter BIGINT NOT NULL,
  chance BIGINT NOT NULL,
  purpose INTEGER NOT NULL,
  login TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (device, counter, chance)
);

-- Technicians' sticks that were made.
CREATE TABLE stick_key (
  serial BIGINT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL,
  district TEXT NOT NULL,
  kiosk TEXT NOT NULL,
  made_by TEXT NOT NULL,
  at_ms BIGINT NOT NULL
);

-- Projections of StaffActed, AnnouncementPosted and AnnouncementWithdrawn.
CREATE TABLE staff_act (
  position BIGINT NOT NULL PRIMARY KEY,
  device BIGINT NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  role INTEGER NOT NULL,
  act INTEGER NOT NULL,
  detail TEXT NOT NULL,
  claimed_ms BIGINT NOT NULL,
  confidence INTEGER NOT NULL,
  arrived_ms BIGINT NOT NULL
);
CREATE INDEX staff_act_by_device ON staff_act (device, position);

CREATE TABLE office_announcement (
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  district TEXT NOT NULL,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  until_day TEXT NOT NULL,
  posted_by TEXT NOT NULL,
  arrived_ms BIGINT NOT NULL,
  withdrawn_by TEXT,
  PRIMARY KEY (device, epoch, seq)
);
CREATE INDEX office_announcement_by_district ON office_announcement (district, arrived_ms);
