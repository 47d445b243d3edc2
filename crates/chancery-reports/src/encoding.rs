//! Bytes to text: byte order marks, UTF-8, UTF-16, and the older encodings by their look.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding of a file, told from its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Charset(&'static Encoding);

/// A decoded text, and what had to be mended in it.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) note: Option<String>,
}

impl Charset {
    /// Tells the encoding of a file from its first bytes.
    pub(crate) fn of(head: &[u8]) -> Self {
        if let Some((encoding, _)) = Encoding::for_bom(head) {
            return Self(encoding);
        }
        if let Some(encoding) = unmarked_utf16(head) {
            return Self(encoding);
        }
        let (valid, rest) = utf8_runs(head);
        // A cut at the end of the head is no fault, and a file with many good multi-byte
        // characters and few bad bytes is damaged UTF-8, not another encoding.
        if rest <= 1 || valid > rest {
            return Self(UTF_8);
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(head, true);
        Self(detector.guess(None, Utf8Detection::Deny))
    }

    /// The encoding that a document names.
    pub(crate) fn named(label: &str) -> Option<Self> {
        Encoding::for_label(label.trim().as_bytes()).map(Self)
    }

    pub(crate) fn is_utf16(self) -> bool {
        self.0 == UTF_16LE || self.0 == UTF_16BE
    }

    /// Decodes a file or a part of it; bytes that are no text of the encoding become U+FFFD, and
    /// the note counts them.
    pub(crate) fn decode(self, bytes: &[u8]) -> Decoded<'_> {
        let (text, encoding, faulty) = self.0.decode(bytes);
        let note = if faulty {
            let count = text.matches('\u{fffd}').count();
            Some(format!("bytes that are no {} stand as U+FFFD: {count}", encoding.name()))
        } else if encoding == UTF_8 {
            None
        } else {
            Some(format!("decoded from {}", encoding.name()))
        };
        Decoded { text, note }
    }
}

/// Whether the bytes are no text of any encoding that is read here.
pub(crate) fn is_binary(head: &[u8]) -> bool {
    if Encoding::for_bom(head).is_some() || unmarked_utf16(head).is_some() {
        return false;
    }
    let strange = |b: u8| b == 0 || (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a | 0x1b));
    let count = head.iter().filter(|&&b| strange(b)).count();
    head.contains(&0) || count * 50 > head.len()
}

/// UTF-16 without a mark: every other byte of Latin text is zero.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 8 {
        return None;
    }
    let zeros = |odd: usize| head.chunks_exact(2).filter(|pair| pair[odd] == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > pairs * 7 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How many well-formed characters beyond ASCII the bytes hold, and how many faults.
fn utf8_runs(bytes: &[u8]) -> (usize, usize) {
    let (mut valid, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    (valid, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, note: Option<&str>) {
        let decoded = Charset::of(bytes).decode(bytes);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.note.as_deref(), note);
    }

    #[test]
    fn utf8_with_and_without_mark() {
        check("Çavuşoğlu met Kuleba".as_bytes(), "Çavuşoğlu met Kuleba", None);
        check("\u{feff}Çavuşoğlu".as_bytes(), "Çavuşoğlu", None);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let text = "Lavrov visited Delhi.";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, text, Some("decoded from UTF-16LE"));
        check(&big, text, Some("decoded from UTF-16BE"));
        check(&[b"\xff\xfe", &little[..]].concat(), text, Some("decoded from UTF-16LE"));
        assert!(!is_binary(&little));
    }

    #[test]
    fn older_encodings() {
        check(
            b"Le pr\xe9sident fran\xe7ais a re\xe7u le ministre \x97 \xe0 l'\xc9lys\xe9e",
            "Le président français a reçu le ministre — à l'Élysée",
            Some("decoded from windows-1252"),
        );
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        check(
            b"Erdo\xc4\x9fan met \xc5\x9eim\xc5\x9fek and Mac\xf0on",
            "Erdoğan met Şimşek and Mac\u{fffd}on",
            Some("bytes that are no UTF-8 stand as U+FFFD: 1"),
        );
    }

    #[test]
    fn binary() {
        assert!(is_binary(b"\x7fELF\x02\x01\x01\x00\x00\x00"));
        assert!(is_binary(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"));
        assert!(!is_binary(b"Lavrov\tmet\r\nJaishankar"));
        assert!(!is_binary(b""));
    }
}
