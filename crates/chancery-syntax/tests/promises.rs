//! What the engine promises of any text: tokens cover it, parses don't depend on company, nothing panics.

use std::sync::OnceLock;

use chancery_syntax::{Document, LONGEST_TEXT, Model, ModelError, Options, include_model};
use proptest::prelude::*;

const BYTES: &[u8] = include_bytes!("../../../knowledge/model/en_core_web_sm.bin");

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        Model::from_static(include_model!("../../../knowledge/model/en_core_web_sm.bin"))
            .expect("a whole model")
    })
}

/// Tokens lie in order, what lies between them is at most a single space each time, or a line break
/// between paragraphs; every index points into the document.
#[track_caller]
fn check(text: &str, document: &Document) {
    assert_eq!(document.text(), text);
    let (tokens, mut end) = (document.tokens(), 0);
    for (i, token) in tokens.iter().enumerate() {
        assert!(token.start >= end && token.end > token.start, "token {i} of {text:?}");
        assert!(text[end..token.start].chars().all(char::is_whitespace), "before token {i} of {text:?}");
        assert!(!token.space_after || text[token.end..].starts_with(' '), "after token {i} of {text:?}");
        assert!(token.head < tokens.len());
        end = token.end;
    }
    for ranges in [document.sentences(), document.paragraphs()] {
        let mut next = 0;
        for range in ranges {
            assert_eq!(range.start, next, "ranges join in {text:?}");
            assert!(range.end > range.start);
            next = range.end;
        }
        assert_eq!(next, tokens.len(), "ranges cover {text:?}");
    }
    for entity in document.entities() {
        assert!(entity.tokens.start < entity.tokens.end && entity.tokens.end <= tokens.len());
    }
}

const SENTENCES: [&str; 6] = [
    "The foreign ministers of India and Russia met in Moscow on Tuesday.",
    "",
    "“We won't accept that,” she said.",
    "No.",
    "The 27-nation bloc's envoys, who had been expected to agree by Friday, put off their vote until next week.",
    "a\tb \u{3000} c",
];

#[test]
fn company_changes_nothing() {
    let alone: Vec<Document> = SENTENCES.iter().map(|text| model().parse(text)).collect();
    assert_eq!(model().parse_batch(&SENTENCES), alone);
    let backwards: Vec<&str> = SENTENCES.iter().rev().copied().collect();
    let mut turned = model().parse_batch(&backwards);
    turned.reverse();
    assert_eq!(turned, alone);
    let copied = Model::from_bytes(BYTES).unwrap();
    assert_eq!(copied.parse_batch(&SENTENCES), alone);
}

#[test]
fn threads_change_nothing() {
    let expected = model().parse_batch(&SENTENCES);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(model().parse_batch(&SENTENCES), expected));
        }
    });
}

#[test]
fn paragraphs_are_lines() {
    let text = "First paragraph here.\r\n\r\n  Second one: he left. She stayed.  \nThird.";
    let document = model().parse_paragraphs(text);
    check(text, &document);
    let words = |ranges: &[std::ops::Range<usize>]| -> Vec<&str> {
        ranges.iter().map(|r| &text[document.bytes(r.clone())]).collect()
    };
    assert_eq!(
        words(document.paragraphs()),
        ["First paragraph here.", "Second one: he left. She stayed.", "Third."]
    );
    assert_eq!(
        words(document.sentences()),
        ["First paragraph here.", "Second one: he left.", "She stayed.", "Third."]
    );
    let second = model().parse("Second one: he left. She stayed.");
    let first = document.paragraphs()[1].start;
    for (i, token) in second.tokens().iter().enumerate() {
        assert_eq!(document.head(first + i), first + token.head);
        assert_eq!(document.dep(first + i), token.dep);
    }
}

#[test]
fn entities_can_be_left_out() {
    let found = model().parse_batch_with(&SENTENCES, Options { entities: false });
    for (without, with) in found.iter().zip(model().parse_batch(&SENTENCES)) {
        assert!(without.entities().is_empty());
        assert_eq!(without.tokens(), with.tokens());
    }
}

#[test]
fn hostile_texts_are_parsed() {
    let long = ["a".repeat(300_000), "(".repeat(3_000), "a-".repeat(3_000), "a@b.".repeat(20_000)];
    let odd = [
        " ",
        "\n",
        "\u{feff}",
        "\0",
        "\u{1c}\u{1d} \u{85}",
        "e\u{301}",
        "👩‍👩‍👧",
        "…….....",
        "İΣΑΣǅ",
        "''''``",
        "\u{10ffff}",
    ];
    for text in odd.into_iter().chain(long.iter().map(String::as_str)) {
        check(text, &model().parse(text));
        check(text, &model().parse_paragraphs(text));
    }
}

#[test]
fn a_text_beyond_the_limit_is_parsed_in_pieces() {
    let text = "x".repeat(LONGEST_TEXT + 10);
    let document = model().parse(&text);
    check(&text, &document);
    assert_eq!(document.tokens().len(), 2);
    assert_eq!(document.paragraphs().len(), 1);
}

#[test]
fn damaged_models_are_refused() {
    assert!(matches!(Model::from_bytes(b""), Err(ModelError::NotAModel)));
    assert!(matches!(Model::from_bytes(b"something else altogether"), Err(ModelError::NotAModel)));
    for length in [16, 100, 5_000, BYTES.len() - 1] {
        assert!(Model::from_bytes(&BYTES[..length]).is_err(), "cut to {length} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_parsed(text in "\\PC{0,80}|([a-zA-Z.,'’ -]|\\s|\\PC){0,120}") {
        check(&text, &model().parse(&text));
        check(&text, &model().parse_paragraphs(&text));
    }
}
