-- A life of this database that the centre knows differently (a restored or cloned disk). Its unsent events are offered
-- again after everything else, and the technician sees how many they are.
ALTER TABLE epoch ADD COLUMN disputed INTEGER NOT NULL DEFAULT 0;
