//! The engine that the program carries: the model's weights, in place.

use anyhow::Context as _;
use chancery_coder::{Coder, Coding};
use chancery_reports::Report;
use chancery_syntax::{Model, include_model};
use sha2::{Digest, Sha256};

use crate::cli::Common;

/// The model that the program was built with.
pub(crate) fn model() -> anyhow::Result<Model> {
    Model::from_static(include_model!("../../../knowledge/model/en_core_web_sm.bin"))
        .context("the model that is part of the program cannot be loaded; build it anew")
}

/// The coder with the knowledge that the command line asks for.
pub(crate) fn coder(common: &Common) -> anyhow::Result<Coder> {
    let files = common.knowledge()?;
    Coder::new(model()?, &files).context("the knowledge cannot be used")
}

/// The coder, and the name under which the record keeps what it made: the program's version and a
/// fingerprint of the knowledge.
pub(crate) fn named_coder(common: &Common) -> anyhow::Result<(Coder, String)> {
    let files = common.knowledge()?;
    let mut hash = Sha256::new();
    for (path, bytes) in files.under("") {
        hash.update(path);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    let print: String = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Ok((coder(common)?, format!("chancery {} knowledge {print}", env!("CARGO_PKG_VERSION"))))
}

/// Codes a report; spans are bytes of its whole text.
pub(crate) fn code(coder: &Coder, report: &Report) -> Coding {
    let mut coding = coder.code(report.news(), report.published);
    if report.body > 0 {
        coding.change_spans(|span| *span = span.start + report.body..span.end + report.body);
    }
    coding
}
