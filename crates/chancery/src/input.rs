//! From the paths of the command line to reports: files, folders, standard input.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chancery_coder::knowledge::Files;
use chancery_reports::{DateOrder, Field, Options, Origin, ReadError, Reason, Report};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

/// What to read and how.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// Files and folders to read; `-` is standard input.
    #[arg(required = true, value_name = "PATHS")]
    pub(crate) paths: Vec<PathBuf>,
    /// The published date of reports that tell none.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// The outlet of reports that name none.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// How to read dates such as 03/04/2022.
    #[arg(long, value_enum, value_name = "ORDER")]
    date_order: Option<Order>,
    /// Columns or keys to read as a field, as in `date=pub_dt,text=artikel`; fields are date, text,
    /// title, outlet, url, id.
    #[arg(long, value_delimiter = ',', value_parser = column, value_name = "FIELD=NAME")]
    columns: Vec<(Field, String)>,
    /// The longest text that is taken for one report, in bytes.
    #[arg(long, default_value_t = Options::default().max_text, value_name = "BYTES")]
    max_text: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Order {
    Dmy,
    Mdy,
}

/// A file to be read.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// `None` is standard input.
    pub(crate) path: Option<PathBuf>,
    /// The path from the folder that was named, for files that are written beside it elsewhere.
    pub(crate) below: PathBuf,
    pub(crate) bytes: u64,
}

impl Input {
    pub(crate) fn options(&self) -> Options {
        Options {
            date: self.date,
            outlet: self.outlet.clone(),
            date_order: self.date_order.map(|order| match order {
                Order::Dmy => DateOrder::DayFirst,
                Order::Mdy => DateOrder::MonthFirst,
            }),
            columns: self.columns.clone(),
            max_text: self.max_text,
            ..Options::default()
        }
    }

    /// The files that the paths name, folders in order of name, and what of them can't be opened.
    ///
    /// # Errors
    /// A path names nothing: a slip in the command line, told before anything is done.
    pub(crate) fn sources(&self) -> anyhow::Result<(Vec<Source>, Vec<ReadError>)> {
        let (mut sources, mut faults) = (Vec::new(), Vec::new());
        for path in &self.paths {
            if path.as_os_str() == "-" {
                sources.push(Source { path: None, below: PathBuf::from("stdin"), bytes: 0 });
                continue;
            }
            let about = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
            if about.is_dir() {
                walk(path, Path::new(""), &mut sources, &mut faults);
            } else {
                let below = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
                sources.push(Source { path: Some(path.clone()), below, bytes: about.len() });
            }
        }
        Ok((sources, faults))
    }
}

impl Source {
    /// The name under which messages and the record speak of it.
    pub(crate) fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "standard input".to_owned(), |path| path.display().to_string())
    }

    /// Reads its reports one by one and hands each to `take`, until that says to stop.
    pub(crate) fn read(&self, options: &Options, mut take: impl FnMut(Result<Report, ReadError>) -> bool) {
        let name = self.name();
        let opened: io::Result<Box<dyn io::Read + Send>> = match &self.path {
            Some(path) => File::open(path).map(|file| Box::new(file) as _),
            None => Ok(Box::new(io::stdin())),
        };
        match opened {
            Ok(file) => {
                for report in chancery_reports::read(&name, file, options) {
                    if !take(report) {
                        break;
                    }
                }
            }
            Err(error) => {
                take(Err(unopened(&name, error)));
            }
        }
    }
}

/// The files below a folder, in order of name. Hidden files, READMEs and the gold beside annotated
/// reports are no reports.
fn walk(folder: &Path, below: &Path, sources: &mut Vec<Source>, faults: &mut Vec<ReadError>) {
    let fault = |error| unopened(&folder.display().to_string(), error);
    let mut entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => {
            faults.push(fault(error));
            return;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let (path, below) = (entry.path(), below.join(&name));
        if passed_over(&name.to_string_lossy()) {
            continue;
        }
        // A link to a folder is not followed: it may lead in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, &below, sources, faults);
            continue;
        }
        match fs::metadata(&path) {
            Ok(about) if about.is_file() => {
                sources.push(Source { path: Some(path), below, bytes: about.len() });
            }
            Ok(_) => {}
            Err(error) => faults.push(unopened(&path.display().to_string(), error)),
        }
    }
}

fn passed_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with(".gold.json") || name.starts_with("README")
}

fn unopened(name: &str, error: io::Error) -> ReadError {
    let origin = Origin { file: name.to_owned(), record: None };
    ReadError { origin, reason: Reason::Io(error) }
}

/// What a person can do about a report that could not be read.
pub(crate) fn advice(reason: &Reason) -> Option<&'static str> {
    match reason {
        Reason::Undated => Some("begin it with a line such as “date 2022-10-28”, or give --date"),
        Reason::NoSuchDay(_) | Reason::UnreadableDate(_) => {
            Some("mend the date; --date does not replace one that is told")
        }
        Reason::AmbiguousDate(_) => Some("settle it with --date-order dmy or mdy"),
        Reason::TooLong { .. } => Some("split it into its reports, or raise --max-text"),
        Reason::MissingColumn { .. } => Some("name the columns, as in --columns date=pub_dt,text=artikel"),
        Reason::Empty | Reason::Coding | Reason::Damaged(_) | Reason::Unsupported(_) => None,
        Reason::NotText => Some("convert it to text, or leave it out"),
        Reason::Bomb { .. } => Some("unpack it, and read the parts that are wanted"),
        Reason::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Some("give yourself leave to read it")
        }
        Reason::Io(_) => None,
    }
}

/// A fault as one line, with what to do about it.
pub(crate) fn complaint(error: &ReadError) -> String {
    match advice(&error.reason) {
        Some(advice) => format!("{error}: {advice}"),
        None => error.to_string(),
    }
}

fn column(setting: &str) -> Result<(Field, String), String> {
    let (field, name) = setting.split_once('=').ok_or("wanted FIELD=NAME")?;
    let field = Field::from_name(field.trim())
        .ok_or_else(|| format!("no field {field}; there are date, text, title, outlet, url, id"))?;
    Ok((field, name.trim().to_owned()))
}

/// Reads the data files below a folder into the knowledge, by their path within it.
pub(crate) fn lay_over(files: &mut Files, folder: &Path) -> anyhow::Result<()> {
    let (mut sources, mut faults) = (Vec::new(), Vec::new());
    walk(folder, Path::new(""), &mut sources, &mut faults);
    if let Some(fault) = faults.first() {
        bail!("{fault}");
    }
    for source in sources {
        let Some(path) = source.path else { continue };
        if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            let name = source.below.to_string_lossy().replace('\\', "/");
            files.insert(name, bytes);
        }
    }
    Ok(())
}
