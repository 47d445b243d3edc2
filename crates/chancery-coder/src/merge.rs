//! From event mentions to the report's events: one event once, parts tied to wholes.
