//! Which agenda item a stretch belongs to, and who speaks, with the reasons.
