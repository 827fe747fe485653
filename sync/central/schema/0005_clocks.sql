-- Which boot of a machine is which boot of a journal: DeviceStarted says both.
CREATE TABLE device_boot (
  device BIGINT NOT NULL REFERENCES device (device),
  epoch BIGINT NOT NULL,
  boot BIGINT NOT NULL,
  boot_mark BIGINT NOT NULL,
  PRIMARY KEY (device, epoch, boot)
);

-- Moments of a kiosk's life on both clocks. `kind`: 0 our clock showed server_ms then, 1 no more than that, 2 no less.
CREATE TABLE clock_anchor (
  device BIGINT NOT NULL REFERENCES device (device),
  boot_mark BIGINT NOT NULL,
  kind INTEGER NOT NULL,
  monotonic_ms BIGINT NOT NULL,
  server_ms BIGINT NOT NULL,
  PRIMARY KEY (device, boot_mark, kind, monotonic_ms)
);
