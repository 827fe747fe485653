-- People come back to any kiosk of their district: what they show with a reply may belong to a ticket of another one.
ALTER TABLE blob ADD COLUMN ticket_device INTEGER NOT NULL DEFAULT 0;  -- 0: this kiosk
