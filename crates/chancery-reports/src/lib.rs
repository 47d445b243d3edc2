//! Dated news reports from the formats that people have them in: bytes in, reports out.
//! Pure: opens no file; a published date is never guessed.
