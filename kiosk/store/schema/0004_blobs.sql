-- Attachments on their way up, documents on their way down, tickets as the centre told them whole.

-- Files of the folder blobs/, named by their id. `state`: 0 the centre lacks something of it, 1 it holds all of it, 2 it
-- does not want it, 3 the file here is damaged. `doubtful`: parts were sent, and no answer has said what became of them.
CREATE TABLE blob (
  blob_no    INTEGER PRIMARY KEY,        -- the order in which they came
  id         BLOB    NOT NULL UNIQUE,
  bytes      INTEGER NOT NULL,
  manifest   BLOB    NOT NULL,
  is_full    INTEGER NOT NULL,           -- 0: a preview, which goes first
  epoch      INTEGER NOT NULL,           -- of the event that names it
  seq        INTEGER NOT NULL,
  ticket_epoch INTEGER NOT NULL,
  ticket_seq INTEGER NOT NULL,
  held       BLOB    NOT NULL DEFAULT x'',  -- a bit for every leaf the centre has; empty: not even the manifest
  state      INTEGER NOT NULL DEFAULT 0,
  doubtful   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX blob_to_send ON blob (is_full, blob_no) WHERE state = 0;
CREATE INDEX blob_of_ticket ON blob (ticket_epoch, ticket_seq);

-- What the centre publishes: the version in use of each kind, as it came (compressed).
CREATE TABLE document (
  kind    INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  content BLOB    NOT NULL
) STRICT;

-- A newer version on its way. `refused`: it came whole and is no good; it is not asked for again.
CREATE TABLE incoming_document (
  kind     INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL,
  blob     BLOB    NOT NULL,
  manifest BLOB    NOT NULL DEFAULT x'',
  held     BLOB    NOT NULL DEFAULT x'',
  refused  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE incoming_leaf (
  kind    INTEGER NOT NULL REFERENCES incoming_document (kind) ON DELETE CASCADE,
  leaf    INTEGER NOT NULL,
  content BLOB    NOT NULL,
  PRIMARY KEY (kind, leaf)
) STRICT;

-- Tickets that came whole, because this kiosk was too far behind to be told their history: where their projection
-- begins. Everything of the feed up to feed_seq is in them.
CREATE TABLE ticket_base (
  device   INTEGER NOT NULL,
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  feed_seq INTEGER NOT NULL,
  state    BLOB    NOT NULL,
  PRIMARY KEY (device, epoch, seq)
) STRICT, WITHOUT ROWID;
