-- What the sync call carries besides events: revocation of kiosks and renewal of their keys.

-- Events that come after this are kept and change nothing.
ALTER TABLE device ADD COLUMN revoked_ms BIGINT;

-- Every key a kiosk had, so that what it signed before can be checked for ever. The present one has no end.
CREATE TABLE device_key (
  device BIGINT NOT NULL REFERENCES device (device),
  verify_key BLOB NOT NULL,
  since_ms BIGINT NOT NULL,
  until_ms BIGINT,
  PRIMARY KEY (device, verify_key)
);
INSERT INTO device_key (device, verify_key, since_ms)
  SELECT device, verify_key, enrolled_ms FROM device WHERE verify_key IS NOT NULL;

-- Every version of the policy, as it was signed. new_keys: it gave the centre other keys.
CREATE TABLE policy (
  version BIGINT NOT NULL PRIMARY KEY,
  body BLOB NOT NULL,
  new_keys INTEGER NOT NULL,
  issued_ms BIGINT NOT NULL
);
