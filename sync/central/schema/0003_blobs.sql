-- Attachments of kiosks, documents for them, and how far each ticket has come in its district's feed.

-- What an accepted event named. The content lies in a file named by its id; `held` has a bit for every leaf that the
-- disk surely has. Both networks and sticks fill it. rank 0: a preview, 1: the content itself.
CREATE TABLE blob (
  id BLOB NOT NULL PRIMARY KEY,
  device BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  rank INTEGER NOT NULL,
  position BIGINT NOT NULL,
  manifest BLOB NOT NULL,
  held BLOB NOT NULL,
  complete INTEGER NOT NULL
);
CREATE INDEX blob_by_device ON blob (device, complete, rank, position);

-- Projection of AttachmentAdded.
CREATE TABLE attachment (
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  ticket_device BIGINT NOT NULL,
  ticket_epoch BIGINT NOT NULL,
  ticket_seq BIGINT NOT NULL,
  media INTEGER NOT NULL,
  content BLOB NOT NULL,
  preview BLOB,
  added_ms BIGINT NOT NULL,
  PRIMARY KEY (device, epoch, seq)
);
CREATE INDEX attachment_by_ticket ON attachment (ticket_device, ticket_epoch, ticket_seq);

-- What this centre publishes to its kiosks; district '' is all of them. The content is compressed and stands here, not
-- in a file: it is small, and a copy of the database is then whole.
CREATE TABLE document (
  kind INTEGER NOT NULL,
  district TEXT NOT NULL,
  version BIGINT NOT NULL,
  blob BLOB NOT NULL,
  content BLOB NOT NULL,
  created_ms BIGINT NOT NULL,
  PRIMARY KEY (kind, district, version)
);
CREATE INDEX document_by_blob ON document (blob);

-- The number of the last item of the feed about a ticket; NULL: from before this was kept.
ALTER TABLE ticket ADD COLUMN feed_seq BIGINT;
