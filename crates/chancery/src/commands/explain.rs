//! `chancery explain`: why a report is coded as it is.

use std::io::Write as _;

use chancery_coder::{Coder, Event, derivation};
use chancery_reports::Report;
use clap::Args;

use crate::cli::{Common, Outcome};
use crate::engine;
use crate::input::{self, Input};
use crate::terminal::{self, Out};

/// Show why reports are coded as they are: the parse, propositions and statuses of each sentence, then
/// the events with the rules that made them and the words they rest on.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    input: Input,
    /// This sentence alone, counted from 0.
    #[arg(long, value_name = "N")]
    sentence: Option<usize>,
}

impl Explain {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let options = self.input.options();
        let (sources, mut faults) = self.input.sources()?;
        let coder = engine::coder(common)?;
        for source in &sources {
            let mut written = Ok(());
            source.read(&options, |report| {
                match report {
                    Ok(report) => written = self.write(&coder, &report, out),
                    Err(fault) if fault.reason.is_a_coding() => {}
                    Err(fault) => faults.push(fault),
                }
                written.is_ok()
            });
            written?;
        }
        for fault in &faults {
            terminal::tell(&input::complaint(fault));
        }
        Ok(if faults.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }

    fn write(&self, coder: &Coder, report: &Report, out: &mut Out) -> anyhow::Result<()> {
        let stages = coder.stages(report.news(), report.published);
        writeln!(out, "{}, published {}\n", report.origin, report.published)?;
        let fold = &coder.knowledge().fold;
        let told = derivation::explain(
            &stages.document,
            &stages.propositions,
            fold,
            report.published,
            self.sentence,
        );
        writeln!(out, "{told}")?;
        let within = self.sentence.and_then(|s| stages.document.sentences().get(s).cloned());
        let bytes = within.map(|tokens| stages.document.bytes(tokens));
        for event in &stages.coding.events {
            let here = |span: &std::ops::Range<usize>| {
                bytes.as_ref().is_none_or(|b| span.start < b.end && b.start < span.end)
            };
            if event.mentions.iter().any(here) {
                describe(event, report.news(), out)?;
            }
        }
        Ok(())
    }
}

fn describe(event: &Event, text: &str, out: &mut Out) -> anyhow::Result<()> {
    writeln!(out, "{} {}/{} {}: {}", event.id, event.plover, event.form, event.status, event.what)?;
    writeln!(out, "    by {}", event.rules.join(", "))?;
    for mention in &event.mentions {
        writeln!(out, "    words “{}”", text.get(mention.clone()).unwrap_or_default())?;
    }
    for participant in &event.participants {
        let side = participant.side.as_deref().unwrap_or("no side");
        writeln!(out, "    {} {} ({side})", participant.role, participant.name)?;
    }
    if let Some(words) = &event.time.text {
        let day = |day: Option<jiff::civil::Date>| day.map_or("open".to_owned(), |d| d.to_string());
        let (from, to) = (day(event.time.from), day(event.time.to));
        writeln!(out, "    time “{words}”: {from} to {to} by {}", event.time.rule)?;
    }
    for claim in &event.claims {
        let source = claim.source.as_deref().unwrap_or("the report");
        writeln!(out, "    {source}: {} “{}” by {}", claim.status, claim.quote, claim.rules.join(", "))?;
    }
    Ok(())
}
