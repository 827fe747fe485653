-- The newest policy of the centre, as it was signed, with the keys the centre has since then.
CREATE TABLE policy (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  version     INTEGER NOT NULL,
  body        BLOB    NOT NULL,
  verify_key  BLOB    NOT NULL,
  box_key     BLOB    NOT NULL,
  received_ms INTEGER NOT NULL
) STRICT;
