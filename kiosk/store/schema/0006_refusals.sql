-- What was refused, by kind (RefusedWhat) and reason, and how often: for the technician.
CREATE TABLE refusal (
  what    INTEGER NOT NULL,
  reason  TEXT    NOT NULL,
  times   INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  PRIMARY KEY (what, reason)
) STRICT, WITHOUT ROWID;

-- Own events that the centre has and does not count.
CREATE TABLE set_aside (
  epoch    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  reason   TEXT    NOT NULL,
  noted_ms INTEGER NOT NULL,
  PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX set_aside_by_time ON set_aside (noted_ms);
