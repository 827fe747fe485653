-- Which events were written on a stick, and when. Exported is not arrived: only the centre's word makes it that.
CREATE TABLE export (
  epoch       INTEGER NOT NULL,
  first_seq   INTEGER NOT NULL,
  last_seq    INTEGER NOT NULL,
  exported_ms INTEGER NOT NULL,
  PRIMARY KEY (epoch, first_seq, last_seq)
) STRICT, WITHOUT ROWID;
