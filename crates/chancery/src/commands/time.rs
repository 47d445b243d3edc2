//! `chancery time`: the time expressions of a text, marked, as JSON or as TimeML.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::{fs, io};

use anyhow::Context as _;
use chancery_time::civil::Date;
use chancery_time::{Grammar, Style, Timex};
use clap::{Args, ValueEnum};

use crate::cli::{Common, Outcome};
use crate::terminal::Out;

/// Mark the time expressions of a text: their words, TIMEX3 values and days.
#[derive(Debug, Args)]
pub(crate) struct Time {
    /// A text file in UTF-8, taken as it is; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The date of the text: what "today" is. A first line that begins "date YYYY-MM-DD" gives it as well.
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
    /// A history, in which a bare month belongs to the year last spoken of.
    #[arg(long)]
    narrative: bool,
    #[arg(long, value_enum, default_value_t = Layout::Lines)]
    format: Layout,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Layout {
    /// One line for each expression: words, value, days, rule.
    Lines,
    Json,
    /// The text with TIMEX3 tags.
    Timeml,
}

impl Time {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let name = self.file.display().to_string();
        let mut bytes = Vec::new();
        if name == "-" {
            io::stdin().read_to_end(&mut bytes)?;
        } else {
            bytes = fs::read(&self.file).with_context(|| format!("cannot read {name}"))?;
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            anyhow::anyhow!("{name} is not UTF-8: {}; convert it first", error.utf8_error())
        })?;
        let date = self.date.or_else(|| date_line(&text)).with_context(|| {
            format!("{name} has no line \"date YYYY-MM-DD\" at its head; give its date with --date")
        })?;
        let knowledge = common.knowledge()?;
        let grammar = Grammar::from_files(knowledge.under("time/en/"))?;
        let style = if self.narrative { Style::Narrative } else { Style::News };
        let found = grammar.annotate_as(&text, date, &|_| None, style);
        match self.format {
            Layout::Lines => lines(out, &text, &found)?,
            Layout::Json => {
                serde_json::to_writer_pretty(&mut *out, &json(&text, date, &found))?;
                writeln!(out)?;
            }
            Layout::Timeml => timeml(out, &text, date, &found)?,
        }
        Ok(Outcome::Done)
    }
}

/// The day of a date line: "date 2022-10-28 …".
fn date_line(text: &str) -> Option<Date> {
    text.trim_start().strip_prefix("date ")?.trim_start().get(..10)?.parse().ok()
}

fn days(timex: &Timex) -> String {
    let day = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
    timex.days().map_or(String::new(), |i| format!("{}..{}", day(i.from), day(i.to)))
}

fn lines(out: &mut Out, text: &str, found: &[Timex]) -> io::Result<()> {
    for timex in found {
        let words = text[timex.span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let modifier = timex.modifier.map_or("", |m| m.name());
        writeln!(
            out,
            "{:<8} {:<24} {:<16} {:<13} {:<24} {}",
            timex.kind.name(),
            words,
            timex.value,
            modifier,
            days(timex),
            timex.rule
        )?;
    }
    Ok(())
}

/// The expressions with their words; offsets are Unicode code points, as in all of the program's JSON.
fn json(text: &str, date: Date, found: &[Timex]) -> serde_json::Value {
    let mut at = (0, 0);
    let expressions: Vec<serde_json::Value> = found
        .iter()
        .map(|timex| {
            let start = at.1 + text[at.0..timex.span.start].chars().count();
            let end = start + text[timex.span.clone()].chars().count();
            at = (timex.span.end, end);
            let days = timex.days().unwrap_or_default();
            let words: serde_json::Map<String, serde_json::Value> =
                timex.words.iter().map(|(name, span)| (name.clone(), text[span.clone()].into())).collect();
            serde_json::json!({
                "text": &text[timex.span.clone()], "start": start, "end": end,
                "type": timex.kind, "value": timex.value, "mod": timex.modifier,
                "from": days.from, "to": days.to, "grain": timex.grain,
                "quant": timex.quant, "freq": timex.freq, "days": timex.length,
                "anchor": timex.anchor, "tense": timex.tense,
                "relation": timex.relation.as_ref().map(|(r, _)| r),
                "rule": timex.rule, "words": words,
            })
        })
        .collect();
    serde_json::json!({ "date": date, "offsets": "unicode code points", "expressions": expressions })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// TimeML 1.2.1: the creation time, and the text with its TIMEX3 tags.
fn timeml(out: &mut Out, text: &str, date: Date, found: &[Timex]) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" ?>\n<TimeML>")?;
    writeln!(
        out,
        "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{date}\" functionInDocument=\"CREATION_TIME\">{date}</TIMEX3></DCT>"
    )?;
    write!(out, "<TEXT>")?;
    let mut at = 0;
    for (n, timex) in found.iter().enumerate() {
        write!(out, "{}", escape(&text[at..timex.span.start]))?;
        let attribute = |name: &str, value: Option<&str>| {
            value.map_or(String::new(), |v| format!(" {name}=\"{}\"", escape(v)))
        };
        write!(
            out,
            "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"{}{}{}>{}</TIMEX3>",
            n + 1,
            timex.kind.name(),
            escape(&timex.value),
            attribute("mod", timex.modifier.map(chancery_time::Mod::name)),
            attribute("quant", timex.quant.as_deref()),
            attribute("freq", timex.freq.as_deref()),
            escape(&text[timex.span.clone()])
        )?;
        at = timex.span.end;
    }
    writeln!(out, "{}</TEXT>\n</TimeML>", escape(&text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_line_gives_the_date() {
        assert_eq!(date_line(" date 2022-10-28 Moscow"), "2022-10-28".parse().ok());
        assert_eq!(date_line("dated 2022-10-28"), None);
        assert_eq!(date_line("date 2022-02-30 x"), None);
    }
}
