//! `chancery actors`: who is meant by a name, or who held an office on a day, with the row that says so.

use std::io::Write as _;

use chancery_coder::knowledge::world::{PersonMatch, Sense, World};
use clap::Args;
use jiff::civil::Date;

use crate::cli::{Common, Outcome};
use crate::terminal::Out;

/// Look up an actor: a person, a state, an organisation, or "foreign minister of India".
#[derive(Debug, Args)]
pub(crate) struct Actors {
    /// A name, or an office and its state: "foreign minister of India".
    #[arg(value_name = "WORDS")]
    words: String,
    /// The day to be looked at.
    #[arg(long, value_name = "DATE")]
    on: Date,
}

impl Actors {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let world = World::load(&common.knowledge()?)?;
        let on = self.on;
        let mut found = 0;
        if let Some((office, of)) = self.words.rsplit_once(" of ") {
            let sides = world.named(of.trim_start_matches("the "));
            for side in sides
                .iter()
                .filter(|n| matches!(n.sense, Sense::State | Sense::Organisation))
                .filter_map(|n| n.side.as_deref())
            {
                let office = office.trim_start_matches("the ").to_lowercase();
                let holder = if office == "leader" {
                    world.leader(side, on)
                } else {
                    world.offices.read(&office, Some(side)).and_then(|o| world.holder(side, &o.id, on))
                };
                if let Some(holder) = holder {
                    person(out, &holder)?;
                    found += 1;
                }
            }
        }
        if found == 0 {
            for m in world.people_named(&self.words, on) {
                for spell in &m.person.spells {
                    person(out, &PersonMatch { spell, ..m })?;
                }
                found += 1;
            }
            for named in world.named(&self.words) {
                let side = named.side.as_deref().unwrap_or("no side");
                writeln!(out, "{}\t{side}\t{:?}\t{}", named.name, named.kind, named.row)?;
                found += 1;
            }
        }
        if found == 0 {
            writeln!(out, "nobody of that name or office is known on {on}")?;
        }
        Ok(Outcome::Done)
    }
}

fn person(out: &mut Out, m: &PersonMatch<'_>) -> anyhow::Result<()> {
    let day = |d: Option<Date>| d.map_or_else(|| "?".to_owned(), |d| d.to_string());
    let (side, office) = (&m.spell.side, &m.spell.office);
    let (from, to) = (day(m.spell.from), m.spell.to.map_or_else(|| "open".to_owned(), |d| d.to_string()));
    writeln!(out, "{}\t{}\t{side}\t{office}\t{from}\t{to}\t{}", m.person.name, m.person.id, m.spell.row)?;
    Ok(())
}
