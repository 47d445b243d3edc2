//! Events across reports: codings in, events with identity and life out, as of any day.
//! Pure derivation: no store, no clock.
