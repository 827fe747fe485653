-- The kiosk's journal and what is computed from it. docs/storage.md explains every table.

-- One row: whose journal this is.
CREATE TABLE identity (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  device      INTEGER NOT NULL,
  device_code TEXT    NOT NULL,
  district    TEXT    NOT NULL
) STRICT;

-- The lives of this database, oldest first; the last one is written to.
CREATE TABLE epoch (
  life       INTEGER PRIMARY KEY,
  epoch      INTEGER NOT NULL UNIQUE,   -- random
  started_ms INTEGER NOT NULL,
  acked_seq  INTEGER NOT NULL DEFAULT 0,  -- contiguous, as the centre last acknowledged
  call_no    INTEGER NOT NULL DEFAULT 0   -- of the last sync call of this epoch
) STRICT;

-- Every event this kiosk knows, its own and those of the feed. Never updated but for arrived_ms, never deleted but by
-- the retention rule.
CREATE TABLE event (
  ord           INTEGER PRIMARY KEY,  -- the order in which this kiosk learnt of them
  device        INTEGER NOT NULL,
  epoch         INTEGER NOT NULL,
  seq           INTEGER NOT NULL,
  event         BLOB    NOT NULL,     -- as first encoded
  sealed        BLOB    NOT NULL,     -- private part, sealed to the centre; empty without one
  office_sealed BLOB    NOT NULL,     -- the same for the office; a stream's opening holds its sealed chain key here
  chain         BLOB,                 -- own events: the chain hash after this one
  feed_seq      INTEGER,              -- events of others: where they stand in the feed
  arrived_ms    INTEGER,              -- when the centre had it; NULL: not known to have arrived
  UNIQUE (device, epoch, seq)
) STRICT;
-- Own events have no number there, and a filing need not touch this index.
CREATE UNIQUE INDEX event_feed ON event (feed_seq) WHERE feed_seq IS NOT NULL;

-- Projection: tickets. `state` is the whole ticket, the columns are what is searched by.
CREATE TABLE ticket (
  device     INTEGER NOT NULL,
  epoch      INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  number     TEXT    NOT NULL UNIQUE,
  status     INTEGER NOT NULL,
  filed_ms   INTEGER NOT NULL,
  state      BLOB    NOT NULL,
  PRIMARY KEY (device, epoch, seq)
) STRICT, WITHOUT ROWID;

-- Projection: events that speak of a ticket whose filing has not come yet.
CREATE TABLE orphan (
  ord    INTEGER PRIMARY KEY REFERENCES event (ord),
  device INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  seq    INTEGER NOT NULL
) STRICT;
CREATE INDEX orphan_ticket ON orphan (device, epoch, seq);

-- Small facts by name, integers only: counters, cursors, clocks.
CREATE TABLE fact (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
