//! `chancery sample`: claims to check by hand, drawn at random, and the precision that the answers give.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use chancery_events::{RecordEvent, TimedClaim};
use clap::Args;

use crate::asking::{self, Filters};
use crate::cli::{Common, Outcome};
use crate::listing::Listing;
use crate::terminal::Out;

/// Draw claims at random, as CSV with a column `right` to fill in with `y` or `n`; with --answers, read that file back and tell the precision.
#[derive(Debug, Args)]
pub(crate) struct Sample {
    /// How many claims.
    #[arg(required_unless_present = "answers")]
    n: Option<usize>,
    /// The same seed draws the same claims of the same record.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    seed: u64,
    /// The file with the answers.
    #[arg(long, value_name = "FILE", conflicts_with = "n")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
}

impl Sample {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        if let Some(path) = &self.answers {
            return precision(path, out);
        }
        let events = asking::open(common)?.events(&self.filters.filter())?;
        let mut drawn: Vec<(u64, &RecordEvent, &TimedClaim)> = events
            .iter()
            .flat_map(|event| event.claims.iter().map(move |claim| (event, claim)))
            .map(|(event, claim)| (lot(self.seed, event, claim), event, claim))
            .collect();
        drawn.sort_by(|a, b| {
            (a.0, &a.1.id, &a.2.report, a.2.span.start).cmp(&(b.0, &b.1.id, &b.2.report, b.2.span.start))
        });
        drawn.truncate(self.n.unwrap_or_default());
        let mut listing = Listing::new(&[
            "right",
            "event",
            "form",
            "who",
            "when",
            "status",
            "source",
            "quote",
            "report",
            "published",
        ]);
        for (_, event, claim) in drawn {
            listing.rows.push(vec![
                String::new(),
                event.id.clone(),
                event.form.to_string(),
                asking::who(event),
                asking::when(event),
                claim.status.to_string(),
                claim.source.clone().unwrap_or_default(),
                claim.quote.clone(),
                claim.report.clone(),
                claim.published.to_string(),
            ]);
        }
        listing.csv(out)?;
        Ok(Outcome::Done)
    }
}

/// A claim's lot: it hangs on the seed and the claim alone, so that adding reports keeps the order of those drawn before.
fn lot(seed: u64, event: &RecordEvent, claim: &TimedClaim) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15); // FNV-1a, seeded
    for byte in [event.id.as_str(), &claim.report, &claim.quote, claim.status.as_str()].join("\n").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^ (hash >> 29)
}

fn precision(path: &PathBuf, out: &mut Out) -> anyhow::Result<Outcome> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut reader = csv::Reader::from_reader(file);
    let column = reader
        .headers()?
        .iter()
        .position(|name| name == "right")
        .context("the file has no column `right`")?;
    let (mut right, mut wrong, mut open) = (0_u32, 0_u32, 0_u32);
    for row in reader.records() {
        let row = row?;
        match row.get(column).unwrap_or_default().trim().to_lowercase().as_str() {
            "y" | "yes" | "1" => right += 1,
            "n" | "no" | "0" => wrong += 1,
            "" => open += 1,
            other => bail!(
                "line {}: the answer is `y` or `n`, not {other:?}",
                row.position().map_or(0, csv::Position::line)
            ),
        }
    }
    if right + wrong == 0 {
        bail!("no claim is answered yet");
    }
    let (low, high) = wilson(right, right + wrong);
    let share = f64::from(right) / f64::from(right + wrong);
    writeln!(
        out,
        "{right} of {} right: {share:.3} (95 % interval {low:.3} to {high:.3}); {open} not answered",
        right + wrong
    )?;
    Ok(Outcome::Done)
}

/// The 95 % score interval of a share (Wilson 1927).
fn wilson(right: u32, of: u32) -> (f64, f64) {
    let (z, n) = (1.959_963_985, f64::from(of));
    let p = f64::from(right) / n;
    let centre = p + z * z / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    ((centre - spread) / scale, (centre + spread) / scale)
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[track_caller]
    fn check(right: u32, of: u32, low: f64, high: f64) {
        let (a, b) = wilson(right, of);
        assert!((a - low).abs() < 0.0005 && (b - high).abs() < 0.0005, "{right} of {of}: {a} {b}");
    }

    #[test]
    fn intervals_as_published() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        check(81, 263, 0.2553, 0.3662);
        check(15, 148, 0.0624, 0.1605);
        check(0, 20, 0.0, 0.1611);
        check(1, 29, 0.0061, 0.1718);
    }
}
