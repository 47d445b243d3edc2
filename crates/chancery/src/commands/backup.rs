//! `chancery backup`: a copy of the store, whole even while others write.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use crate::asking;
use crate::cli::{Common, Outcome};
use crate::terminal::{self, Out};

/// Copy the store to a new file, whole even while reports are being added.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    to: PathBuf,
}

impl Backup {
    pub(crate) fn run(&self, common: &Common, _: &mut Out) -> anyhow::Result<Outcome> {
        if self.to.exists() {
            bail!("{} is there already", self.to.display());
        }
        asking::open(common)?.backup(&self.to)?;
        terminal::tell(&format!("copied {} to {}", common.store.display(), self.to.display()));
        Ok(Outcome::Done)
    }
}
