-- Kiosks that speak by stick: what was last written for them, what was last heard from them, and why not.
CREATE TABLE stick_device (
  device BIGINT NOT NULL PRIMARY KEY REFERENCES device (device),
  ack_version BIGINT NOT NULL,   -- of the last ACK written for it
  header BLOB,                   -- of its last bundle: how far its feed was, what documents it holds
  last_bundle_ms BIGINT          -- when one was last taken
);

-- Bundles of this kiosk, truly its own, that could not be taken.
CREATE TABLE stick_refusal (
  device BIGINT NOT NULL REFERENCES device (device),
  reason TEXT NOT NULL,
  times BIGINT NOT NULL,
  last_ms BIGINT NOT NULL,
  PRIMARY KEY (device, reason)
);

-- Which policy a kiosk said it has, whichever way it spoke last: an ACK must be signed with the key it knows.
ALTER TABLE device ADD COLUMN policy_version BIGINT NOT NULL DEFAULT 0;
