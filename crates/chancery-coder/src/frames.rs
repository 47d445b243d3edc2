//! From propositions to event mentions: frames bind roles and name type and form.
