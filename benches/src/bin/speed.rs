//! Times the syntax engine on texts, one JSON string a line on standard input, one thread: start-up,
//! a cold and two warm runs, memory. `benches/speed.py` runs it beside spaCy.

use std::fs;
use std::io::{self, Read, Write};
use std::time::Instant;

use chancery_syntax::Model;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let model =
        Model::from_static(chancery_syntax::include_model!("../../../knowledge/model/en_core_web_sm.bin"))?;
    let first = model.parse("The ministers met in Geneva on Monday.");
    let start = started.elapsed().as_secs_f64();
    let mut out = io::stdout();
    writeln!(out, "start to first parse ({} tokens): {:.1} ms", first.tokens().len(), start * 1e3)?;
    drop(model);

    let model =
        Model::from_static(chancery_syntax::include_model!("../../../knowledge/model/en_core_web_sm.bin"))?;
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    let texts = input.lines().map(serde_json::from_str).collect::<Result<Vec<String>, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    let mut kept = Vec::new();
    for run in ["cold", "warm", "warm"] {
        let before = processor_seconds()?;
        kept = model.parse_batch(&texts);
        let seconds = processor_seconds()? - before;
        writeln!(out, "{run}: {seconds:.3} CPU s, {:.0} words/s", words as f64 / seconds)?;
    }
    let tokens: usize = kept.iter().map(|d| d.tokens().len()).sum();
    writeln!(out, "{} texts, {words} words, {tokens} tokens, all kept", texts.len())?;
    let status = fs::read_to_string("/proc/self/status")?;
    for line in status.lines().filter(|l| l.starts_with("VmHWM") || l.starts_with("VmRSS")) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Seconds that this process has spent on a processor, as Linux counts them.
fn processor_seconds() -> Result<f64, Box<dyn std::error::Error>> {
    let counted = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = counted.split_whitespace().next().ok_or("an empty schedstat")?.parse()?;
    Ok(nanoseconds / 1e9)
}
