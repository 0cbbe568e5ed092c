CREATE TABLE sellers (merchant_id TEXT PRIMARY KEY, tokens TEXT NOT NULL, connected_at INTEGER NOT NULL);
CREATE TABLE events (event_id TEXT PRIMARY KEY);
