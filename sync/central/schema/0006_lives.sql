-- Where a kiosk says that a life of its journal ended; 0: it goes on. A life of which the centre has more than the kiosk
-- (its database was put back from a backup) is told up to there.
ALTER TABLE journal ADD COLUMN ends_at BIGINT NOT NULL DEFAULT 0;
