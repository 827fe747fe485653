-- The satisfaction survey (Permenpan RB 14/2017): one row a person who answered, without a trace of who that was. Scores 1
-- to 4, 0 where an element was passed over.
CREATE TABLE survey (
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  district TEXT NOT NULL,
  arrived_ms BIGINT NOT NULL,
  scores BLOB NOT NULL,
  PRIMARY KEY (device, epoch, seq)
);
CREATE INDEX survey_by_district ON survey (district, arrived_ms);

-- What was said of a ticket that is not here (yet): by position, in whose order it is applied when the filing comes.
CREATE TABLE waiting (
  position BIGINT NOT NULL PRIMARY KEY,
  device BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL
);
CREATE INDEX waiting_by_ticket ON waiting (device, epoch, seq);
