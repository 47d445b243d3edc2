-- What was read: never changed.
CREATE TABLE reports (
    id         TEXT PRIMARY KEY,
    published  TEXT NOT NULL,
    outlet     TEXT,
    title      TEXT,
    url        TEXT,
    input_key  TEXT,
    dated_by   TEXT NOT NULL,
    file       TEXT NOT NULL,
    record     INTEGER,
    notes      TEXT NOT NULL,
    body       INTEGER NOT NULL,
    text       TEXT NOT NULL,
    witness    TEXT NOT NULL
);
CREATE INDEX reports_by_day ON reports (published, id);
CREATE INDEX reports_by_witness ON reports (witness);
CREATE VIRTUAL TABLE reports_text USING fts5 (title, text, content = 'reports', tokenize = "unicode61 remove_diacritics 2");

-- What was coded of each report, without its events, which are the mentions.
CREATE TABLE codings (
    report     TEXT PRIMARY KEY REFERENCES reports (id),
    coder      TEXT NOT NULL,
    rest       TEXT NOT NULL
);

-- One event as one report tells it, and the event of the record that it belongs to.
CREATE TABLE mentions (
    mention    INTEGER PRIMARY KEY,
    report     TEXT NOT NULL REFERENCES reports (id),
    ordinal    INTEGER NOT NULL,
    local      TEXT NOT NULL,
    published  TEXT NOT NULL,
    event      TEXT,
    whole      TEXT,
    joined     TEXT,
    told       TEXT NOT NULL,
    UNIQUE (report, ordinal)
);
CREATE INDEX mentions_by_event ON mentions (event, published, report, ordinal);
CREATE INDEX mentions_by_day ON mentions (published, report) WHERE event IS NOT NULL;
CREATE INDEX mentions_by_whole ON mentions (whole) WHERE whole IS NOT NULL;
CREATE TABLE cells (
    cell       TEXT NOT NULL,
    mention    INTEGER NOT NULL REFERENCES mentions (mention),
    PRIMARY KEY (cell, mention)
) WITHOUT ROWID;
CREATE INDEX cells_by_mention ON cells (mention);

-- What the reports together tell, as of the newest.
CREATE TABLE events (
    id              TEXT PRIMARY KEY,
    type            TEXT NOT NULL,
    form            TEXT NOT NULL,
    what            TEXT NOT NULL,
    status          TEXT NOT NULL,
    time_from       TEXT,
    time_to         TEXT,
    country         TEXT,
    place           TEXT,
    part_of         TEXT,
    reports         INTEGER NOT NULL,
    witnesses       INTEGER NOT NULL,
    first_published TEXT NOT NULL,
    last_published  TEXT NOT NULL,
    record          TEXT NOT NULL
);
CREATE INDEX events_by_time ON events (time_from, time_to);
CREATE INDEX events_by_end ON events (time_to);
CREATE TABLE participants (
    event TEXT NOT NULL REFERENCES events (id),
    name  TEXT NOT NULL,
    side  TEXT,
    role  TEXT NOT NULL,
    actor TEXT,
    kind  TEXT,
    country TEXT
);
CREATE INDEX participants_by_event ON participants (event);
CREATE INDEX participants_by_side ON participants (side, event);
CREATE TABLE claims (
    event     TEXT NOT NULL REFERENCES events (id),
    report    TEXT NOT NULL REFERENCES reports (id),
    source    TEXT,
    kind      TEXT NOT NULL,
    side      TEXT,
    status    TEXT NOT NULL,
    said      TEXT NOT NULL,
    quote     TEXT NOT NULL,
    quote_from INTEGER NOT NULL,
    quote_to  INTEGER NOT NULL
);
CREATE INDEX claims_by_event ON claims (event);
CREATE INDEX claims_by_report ON claims (report);
CREATE TABLE positions (
    event  TEXT NOT NULL REFERENCES events (id),
    side   TEXT NOT NULL,
    stance TEXT NOT NULL,
    status TEXT,
    since  TEXT NOT NULL,
    source TEXT,
    report TEXT NOT NULL,
    quote  TEXT
);
CREATE INDEX positions_by_event ON positions (event);
CREATE INDEX positions_by_side ON positions (side, stance, event);

-- Ids that events had before a report that came late, and what they are now.
CREATE TABLE redirects (
    old TEXT PRIMARY KEY,
    new TEXT NOT NULL
);

-- What a person corrected: addressed by report and place in it, never by event.
CREATE TABLE amendments (
    amendment INTEGER PRIMARY KEY,
    made      TEXT NOT NULL,
    who       TEXT NOT NULL,
    why       TEXT NOT NULL,
    change    TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
);

CREATE VIEW agenda AS
    SELECT *, CASE
        WHEN status IN ('scheduled', 'expected', 'conditional', 'proposed', 'rumoured')
             AND time_to < (SELECT max(published) FROM reports) THEN 'lapsed'
        ELSE status END AS status_now
    FROM events;
