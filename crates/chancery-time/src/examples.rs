//! Runs the examples that stand with the rules: the proof that the data says what it means.

use std::fmt::{self, Display, Formatter};

use jiff::civil::{Date, date};

use crate::annotate::Style;
use crate::rules::{Example, Grammar, Rule};
use crate::timex::Timex;

/// The report's date of the examples that name none: a Friday.
pub const EXAMPLE_DATE: Date = date(2022, 10, 28);

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    pub file: String,
    /// The line of the rule, from 1.
    pub line: usize,
    pub rule: String,
    pub text: String,
    /// What was wanted and what was read.
    pub message: String,
}

impl Display for ExampleFailure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: rule `{}`, \"{}\": {}", self.file, self.line, self.rule, self.text, self.message)
    }
}

impl Grammar {
    /// Runs every rule's examples; empty where all hold.
    #[must_use]
    pub fn check_examples(&self) -> Vec<ExampleFailure> {
        let mut failures = Vec::new();
        for rule in self.rules() {
            let mut fail = |text: &str, message: String| {
                failures.push(ExampleFailure {
                    file: rule.file.clone(),
                    line: rule.line,
                    rule: rule.id.clone(),
                    text: text.to_owned(),
                    message,
                });
            };
            for example in &rule.yes {
                if let Err(message) = self.holds(rule, example) {
                    fail(&example.text, message);
                }
            }
            for text in &rule.no {
                let found = self.read(rule, text, EXAMPLE_DATE);
                if let Some(timex) = found.iter().find(|t| t.rule == rule.id) {
                    fail(
                        text,
                        format!("reads \"{}\" as {}, and should not", &text[timex.span.clone()], timex.value),
                    );
                }
            }
        }
        failures
    }

    /// Reads an example in the style that its rule is for.
    fn read(&self, rule: &Rule, text: &str, on: Date) -> Vec<Timex> {
        let style = if rule.narrative { Style::Narrative } else { Style::News };
        self.annotate_as(text, on, &|_| None, style)
    }

    fn holds(&self, rule: &Rule, example: &Example) -> Result<(), String> {
        let text = &example.text;
        let words = example.words.as_deref().unwrap_or(text);
        let found = self.read(rule, text, example.on.unwrap_or(EXAMPLE_DATE));
        if example.value == "none" {
            let start = text.find(words).unwrap_or(0);
            let read = found.iter().find(|t| t.span.start < start + words.len() && start < t.span.end);
            return match read {
                None => Ok(()),
                Some(timex) => Err(format!("reads \"{}\" by `{}`", &text[timex.span.clone()], timex.rule)),
            };
        }
        let Some(timex) = found.iter().find(|t| &text[t.span.clone()] == words) else {
            let read: Vec<String> = found
                .iter()
                .map(|t| format!("\"{}\" = {} by `{}`", &text[t.span.clone()], t.value, t.rule))
                .collect();
            return Err(format!("reads nothing at \"{words}\"; elsewhere: {}", read.join(", ")));
        };
        let wanted = |what: &str, wanted: &str, got: &str| {
            if wanted == got { Ok(()) } else { Err(format!("{what} is `{got}`, should be `{wanted}`")) }
        };
        wanted("the rule", &rule.id, &timex.rule)?;
        wanted("the value", &example.value, &timex.value)?;
        if let Some(modifier) = &example.modifier {
            wanted("the mod", modifier, &mod_name(timex))?;
        }
        let day = |d: Option<Date>| d.map_or("open".to_owned(), |d| d.to_string());
        let interval = timex.interval.unwrap_or_default();
        if let Some(from) = &example.from {
            wanted("the first day", from, &day(interval.from))?;
        }
        if let Some(to) = &example.to {
            wanted("the last day", to, &day(interval.to))?;
        }
        Ok(())
    }
}

fn mod_name(timex: &Timex) -> String {
    timex.modifier.map_or(String::new(), |m| m.name().to_owned())
}
