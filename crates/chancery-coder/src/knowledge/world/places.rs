//! Cities, found in the table's own bytes, and regions.

use std::sync::Arc;

use crate::knowledge::KnowledgeError;

/// A place with a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub name: String,
    /// ISO alpha-3; `None` for seas, continents and what is disputed.
    pub country: Option<String>,
    /// `city`, `region`, `state`, `province`, `sea`, `continent`, `disputed`, `country`.
    pub kind: String,
    /// The first-order division, where the table has it.
    pub admin: String,
    /// Latitude and longitude in degrees.
    pub point: (f64, f64),
    pub population: u64,
    pub id: Option<String>,
    /// The row that says so.
    pub row: String,
}

/// The table of cities: its text, sorted by key, searched by halving.
#[derive(Clone, Debug, Default)]
pub(super) struct Cities {
    text: Arc<str>,
}

pub(super) const CITIES: &str = "world/cities.tsv";

impl Cities {
    /// Takes the table's text; the head is checked, the order is not (a test sees to it).
    pub(super) fn new(text: &str) -> Result<Self, KnowledgeError> {
        let (head, body) = text.split_once('\n').unwrap_or((text, ""));
        if head != "key\tname\tcountry\tadmin\tlat\tlon\tpopulation\tid\tsource" {
            return Err(super::table::fault(
                CITIES,
                1,
                "the columns should be: key, name, country, admin, lat, lon, population, id, source"
                    .to_owned(),
            ));
        }
        Ok(Self { text: body.into() })
    }

    /// The cities with this key, largest first.
    pub(super) fn find(&self, key: &str) -> Vec<Place> {
        let bytes = self.text.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = line_start(bytes, low + (high - low) / 2).max(low);
            let end = line_end(bytes, middle);
            if key_at(bytes, middle) < key.as_bytes() {
                low = (end + 1).min(high);
            } else if middle == low {
                high = low;
            } else {
                high = middle;
            }
        }
        let mut out = Vec::new();
        let mut at = low;
        while at < bytes.len() && key_at(bytes, at) == key.as_bytes() {
            let end = line_end(bytes, at);
            if let Some(place) = self.text.get(at..end).and_then(city) {
                out.push(place);
            }
            at = end + 1;
        }
        out
    }

    /// The keys in the table's order.
    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.text.lines().map(|l| l.split('\t').next().unwrap_or_default())
    }
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |p| p + 1)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |p| at + p)
}

fn key_at(bytes: &[u8], at: usize) -> &[u8] {
    let line = &bytes[at..];
    let end = line.iter().position(|&b| b == b'\t' || b == b'\n').unwrap_or(line.len());
    &line[..end]
}

fn city(line: &str) -> Option<Place> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [_, name, country, admin, lat, lon, population, id, _] = cells[..] else { return None };
    Some(Place {
        name: name.to_owned(),
        country: Some(country.to_owned()),
        kind: "city".to_owned(),
        admin: admin.to_owned(),
        point: (lat.parse().ok()?, lon.parse().ok()?),
        population: population.parse().unwrap_or(0),
        id: Some(format!("geonames:{id}")),
        row: format!("{CITIES} geonames {id}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "key\tname\tcountry\tadmin\tlat\tlon\tpopulation\tid\tsource";

    #[track_caller]
    fn check(rows: &[&str], key: &str, expected: &[&str]) {
        let body: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(i, r)| format!("{}\t{r}\tUSA\t\t1\t2\t3\t{i}\tx", r.to_lowercase()))
            .collect();
        let cities = Cities::new(&format!("{HEAD}\n{}\n", body.join("\n"))).unwrap();
        assert_eq!(cities.find(key).iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn finds_by_halving() {
        let rows = ["Aa", "Bb", "Bb", "Cc", "Dd", "Ddd"];
        check(&rows, "aa", &["Aa"]);
        check(&rows, "bb", &["Bb", "Bb"]);
        check(&rows, "cc", &["Cc"]);
        check(&rows, "dd", &["Dd"]);
        check(&rows, "ddd", &["Ddd"]);
        check(&rows, "d", &[]);
        check(&rows, "zz", &[]);
        check(&rows, "", &[]);
        check(&["Aa"], "aa", &["Aa"]);
    }
}
