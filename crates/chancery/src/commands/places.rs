//! `chancery places`: the places of a name, with country, point and the row that says so.

use std::io::Write as _;

use chancery_coder::knowledge::world::World;
use clap::Args;

use crate::cli::{Common, Outcome};
use crate::terminal::Out;

/// Look up a place by its name.
#[derive(Debug, Args)]
pub(crate) struct Places {
    #[arg(value_name = "NAME")]
    name: String,
}

impl Places {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let world = World::load(&common.knowledge()?)?;
        let places = world.places(&self.name);
        for place in &places {
            let (country, id) = (place.country.as_deref().unwrap_or("-"), place.id.as_deref().unwrap_or("-"));
            let (lat, lon) = place.point;
            writeln!(
                out,
                "{}\t{country}\t{}\t{lat:.4}\t{lon:.4}\t{id}\t{}",
                place.name, place.kind, place.row
            )?;
        }
        if places.is_empty() {
            writeln!(out, "no place of that name is known")?;
        }
        Ok(Outcome::Done)
    }
}
