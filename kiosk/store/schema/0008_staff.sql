-- Those who work at this kiosk, and what the office said and did there.

-- As the centre made them. `credential` is sealed under a secret of this device; `wrong` and the wait survive whatever
-- happens to the machine.
CREATE TABLE staff_account (
  login         TEXT    PRIMARY KEY,
  name          TEXT    NOT NULL,
  role          INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  must_change   INTEGER NOT NULL,
  needs_key     INTEGER NOT NULL,            -- a key file on a stick besides the PIN
  credential    BLOB    NOT NULL,
  wrong         INTEGER NOT NULL DEFAULT 0,  -- PINs in a row, the one being tried included
  wait_boot     INTEGER NOT NULL DEFAULT 0,  -- the machine's boot in which the wait was set
  wait_until_ms INTEGER NOT NULL DEFAULT 0   -- monotonic, of that boot
) STRICT, WITHOUT ROWID;

-- Sealed under the device's secret as well.
CREATE TABLE staff_secret (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Projection: the office's announcements that were posted and not withdrawn, of whichever kiosk of the district.
CREATE TABLE office_notice (
  device    INTEGER NOT NULL,
  epoch     INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  posted_ms INTEGER NOT NULL,
  by_name   TEXT    NOT NULL,
  title     TEXT    NOT NULL,
  text      TEXT    NOT NULL,
  until     TEXT    NOT NULL,
  PRIMARY KEY (device, epoch, seq)
) STRICT, WITHOUT ROWID;

-- An officer opens a ticket and wants what was attached to it.
CREATE INDEX blob_of_event ON blob (epoch, seq);
