-- The centre's database, first version. Times are milliseconds UTC. Keys of events are (device, epoch, seq).
-- What anyone sees (ticket, feed, private_read) is a projection of event and can be rebuilt from it.

-- Facts about this centre: its own epoch, the boots it has seen.
CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- Dense numbers given inside the transaction that uses them: a row's lock orders the writers.
CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
);

-- The office's box key pair; the secret half is sealed to the centre's box key until officers exist to hold it.
CREATE TABLE district_key (
  district TEXT NOT NULL PRIMARY KEY,
  box_public BLOB NOT NULL,
  box_seed_sealed BLOB NOT NULL,
  created_ms BIGINT NOT NULL
);

CREATE TABLE device (
  device BIGINT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  district TEXT NOT NULL,
  name TEXT NOT NULL,
  verify_key BLOB,
  created_ms BIGINT NOT NULL,
  enrolled_ms BIGINT,
  last_call_ms BIGINT,
  last_drift_ms BIGINT
);

-- Single-use enrolment tokens, kept as hashes.
CREATE TABLE enrolment (
  token_hash BLOB NOT NULL PRIMARY KEY,
  device BIGINT NOT NULL REFERENCES device (device),
  created_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  used_ms BIGINT
);

-- How far we hold each journal, the centre's own among them.
CREATE TABLE journal (
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  chain BLOB NOT NULL,
  last_call_no BIGINT NOT NULL,
  PRIMARY KEY (device, epoch)
);

-- position is the centre's total order. set_aside says why an event stands in its chain but changes nothing.
CREATE TABLE event (
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  position BIGINT NOT NULL UNIQUE,
  event BLOB NOT NULL,
  sealed BLOB NOT NULL,
  chain BLOB NOT NULL,
  received_ms BIGINT NOT NULL,
  set_aside TEXT,
  PRIMARY KEY (device, epoch, seq)
);

-- What did not fit a chain: same key, other bytes. Kept for people to look at, never merged.
CREATE TABLE quarantine (
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  chain BLOB NOT NULL,
  event BLOB NOT NULL,
  sealed BLOB NOT NULL,
  reason TEXT NOT NULL,
  received_ms BIGINT NOT NULL,
  PRIMARY KEY (device, epoch, seq, chain)
);

CREATE TABLE feed (
  district TEXT NOT NULL,
  feed_seq BIGINT NOT NULL,
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (district, feed_seq)
);

-- The projection. routing_category is the category for staff alone: for a secret ticket it comes out of the private
-- part and is used to route, never shown. colour is MarkColour without the date.
CREATE TABLE ticket (
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  number TEXT NOT NULL,
  district TEXT NOT NULL,
  routing_category TEXT,
  opd TEXT,
  status INTEGER NOT NULL,
  colour INTEGER NOT NULL,
  arrived_ms BIGINT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (device, epoch, seq)
);
CREATE INDEX ticket_by_number ON ticket (number);
CREATE INDEX ticket_by_colour ON ticket (colour, arrived_ms);
CREATE INDEX ticket_by_status ON ticket (status, arrived_ms);
CREATE INDEX ticket_by_opd ON ticket (opd, colour, arrived_ms);

CREATE TABLE private_read (
  position BIGINT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  read_ms BIGINT NOT NULL
);
CREATE INDEX private_read_by_ticket ON private_read (device, epoch, seq);

CREATE TABLE account (
  login TEXT NOT NULL PRIMARY KEY,
  full_name TEXT NOT NULL,
  role INTEGER NOT NULL,
  opd TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_ms BIGINT NOT NULL,
  disabled_ms BIGINT
);

-- Tokens are kept as hashes: a copy of the database opens no session.
CREATE TABLE session (
  token_hash BLOB NOT NULL PRIMARY KEY,
  login TEXT NOT NULL REFERENCES account (login),
  created_ms BIGINT NOT NULL,
  used_ms BIGINT NOT NULL
);
CREATE INDEX session_by_login ON session (login, created_ms);

-- Failed logins by what they have in common: account, address, both.
CREATE TABLE login_failure (
  what TEXT NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_ms BIGINT NOT NULL
);

CREATE TABLE refusal (
  reason TEXT NOT NULL PRIMARY KEY,
  times BIGINT NOT NULL,
  last_ms BIGINT NOT NULL
);
