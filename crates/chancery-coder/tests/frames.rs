//! The examples beside the event frames come out as they say.

use chancery_coder::knowledge::Files;
use chancery_coder::{Coder, examples};
use chancery_syntax::Model;

static MODEL: &[u8] = include_bytes!("../../../knowledge/model/en_core_web_sm.bin");

#[test]
fn every_yes_gives_its_event_and_no_no_does() {
    let model = Model::from_bytes(MODEL).expect("the packed model loads");
    let coder = Coder::new(model, &Files::embedded()).expect("the knowledge is sound");
    let (run, failures) = examples::check(&coder);
    assert!(run >= 2 * coder.knowledge().frames.all().len(), "every frame has a yes and a no");
    let told: Vec<String> =
        failures.iter().map(|f| format!("{} {}: {} — {}", f.file, f.frame, f.text, f.message)).collect();
    assert!(failures.is_empty(), "{} of {run} examples fail:\n{}", failures.len(), told.join("\n"));
}
