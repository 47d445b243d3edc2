//! The engine that the program carries: the model's weights, in place.

use anyhow::Context as _;
use chancery_syntax::{Model, include_model};

/// The model that the program was built with.
pub(crate) fn model() -> anyhow::Result<Model> {
    Model::from_static(include_model!("../../../knowledge/model/en_core_web_sm.bin"))
        .context("the model that is part of the program cannot be loaded; build it anew")
}
