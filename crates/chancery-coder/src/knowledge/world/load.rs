//! Reads the tables of `world/` and checks them: known codes, sane dates, one holder of a single seat.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::fold::fold;
use super::offices::Offices;
use super::people::{Gender, Spell};
use super::places::{CITIES, Cities, Place};
use super::table::{Row, Table, fault};
use super::{ActorKind, Member, Named, Sense, State, World, capitals};
use crate::knowledge::{Files, KnowledgeError, utf8};

impl World {
    /// Reads and checks the tables of `world/`.
    ///
    /// # Errors
    /// A table is missing or malformed, a row names an unknown state or office, or a spell ends before it begins.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let mut world = Self { offices: Offices::load(files)?, ..Self::default() };
        world.load_states(files)?;
        world.load_organisations(files)?;
        world.load_actors(files)?;
        world.load_holders(files, "world/holders_added.tsv")?;
        world.load_holders(files, "world/holders.tsv")?;
        world.load_forenames(files)?;
        world.load_members(files, "world/members_added.tsv")?;
        world.load_members(files, "world/members.tsv")?;
        world.load_regions(files)?;
        let bytes = files
            .get(CITIES)
            .ok_or_else(|| fault(CITIES, 0, "the knowledge folder has no such file".to_owned()))?;
        world.cities = Cities::new(utf8(CITIES, bytes)?)?;
        world.people.finish();
        world.warn_of_overlaps();
        Ok(world)
    }

    /// Adds a name; its readings stand in the order in which they come.
    fn name(&mut self, words: &str, named: Named) {
        let key = fold(words);
        if key.is_empty() {
            return;
        }
        let first = key.split(' ').next().unwrap_or_default();
        let length = key.split(' ').count();
        match self.first_words.get_mut(first) {
            Some(most) => *most = (*most).max(length),
            None => {
                self.first_words.insert(first.to_owned(), length);
            }
        }
        let acronym = words.len() <= 6 && words.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let exact = acronym.then(|| capitals(words));
        let list = self.names.entry(key).or_default();
        if !list.iter().any(|n| {
            n.sense == named.sense && n.side == named.side && n.exact == exact && n.name == named.name
        }) {
            list.push(Named { exact, ..named });
        }
    }

    fn load_states(&mut self, files: &Files) -> Result<(), KnowledgeError> {
        let head =
            ["code", "iso2", "name", "aliases", "adjective", "capital", "lat", "lon", "wikidata", "source"];
        for row in Table::open(files, "world/states.tsv", &head)?.rows() {
            let row = row?;
            let code = row.cell(0);
            if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
                return Err(row.fault("a code is three capital letters"));
            }
            let state = State {
                code: code.to_owned(),
                name: row.cell(2).to_owned(),
                capital: row.cell(5).to_owned(),
                leads: String::new(),
                id: row.cell(8).to_owned(),
            };
            if self.states.insert(code.to_owned(), state).is_some() {
                return Err(row.fault("the code stands twice; drop one row"));
            }
            let named = |sense| of_state(code, row.cell(2), sense, row.place());
            self.name(row.cell(2), named(Sense::State));
            for alias in row.list(3) {
                self.name(alias, named(Sense::State));
            }
            self.name(row.cell(4), named(Sense::Adjective));
            let capital = row.cell(5);
            if !capital.is_empty() && capital != row.cell(2) {
                self.name(capital, Named { name: capital.to_owned(), ..named(Sense::Capital) });
            }
            if let (Ok(lat), Ok(lon)) = (row.cell(6).parse(), row.cell(7).parse()) {
                let place = Place {
                    name: row.cell(2).to_owned(),
                    country: Some(code.to_owned()),
                    kind: "country".to_owned(),
                    admin: String::new(),
                    point: (lat, lon),
                    population: 0,
                    id: row.optional(8),
                    row: row.place(),
                };
                self.regions.entry(fold(row.cell(2))).or_default().push(place);
            }
        }
        for row in Table::open(
            files,
            "world/state_words.tsv",
            &["code", "aliases", "adjectives", "people", "leads", "source"],
        )?
        .rows()
        {
            let row = row?;
            let code = row.cell(0);
            let name = self.known_state(&row, code)?.name.clone();
            let named = |sense| of_state(code, &name, sense, row.place());
            for (column, sense) in [(1, Sense::State), (2, Sense::Adjective), (3, Sense::People)] {
                for alias in row.list(column) {
                    self.name(alias, named(sense));
                }
            }
            let leads = row.cell(4);
            if !leads.is_empty() && self.offices.named(leads).is_none() {
                return Err(row.fault(format!("no office is called `{leads}`")));
            }
            if let Some(state) = self.states.get_mut(code) {
                state.leads = leads.to_owned();
            }
        }
        for row in Table::open(files, "world/metonyms.tsv", &["words", "side", "kind", "source"])?.rows() {
            let row = row?;
            let (words, side) = (row.cell(0), row.cell(1));
            let (kind, sector) = match row.cell(2) {
                "ministry" => (ActorKind::Ministry, "GOV"),
                "body" => (ActorKind::Ministry, "GOV"),
                "army" => (ActorKind::Ministry, "MIL"),
                "state" => (ActorKind::State, "GOV"),
                "company" => (ActorKind::Company, "BUS"),
                "media" => (ActorKind::Media, "MED"),
                other => return Err(row.fault(format!("`{other}` is no kind of metonym"))),
            };
            let country = self.states.contains_key(side).then(|| side.to_owned());
            let named = Named {
                name: words.to_owned(),
                sense: if kind == ActorKind::State { Sense::Capital } else { Sense::Body },
                kind,
                country,
                side: Some(side.to_owned()),
                sector: Some(sector.to_owned()),
                exact: None,
                row: row.place(),
            };
            self.name(words, named);
        }
        for (words, code) in SEATS {
            let named = of_state(code, words, Sense::Capital, "seats of government".to_owned());
            self.name(words, Named { name: (*words).to_owned(), ..named });
        }
        Ok(())
    }

    fn known_state(&self, row: &Row<'_>, code: &str) -> Result<&State, KnowledgeError> {
        self.states
            .get(code)
            .ok_or_else(|| row.fault(format!("no state has the code `{code}`; see states.tsv")))
    }

    fn load_organisations(&mut self, files: &Files) -> Result<(), KnowledgeError> {
        for row in Table::open(
            files,
            "world/organisations.tsv",
            &["side", "name", "aliases", "kind", "country", "source"],
        )?
        .rows()
        {
            let row = row?;
            let country = row.optional(4);
            if let Some(code) = &country {
                self.known_state(&row, code)?;
            }
            let sector = match row.cell(3) {
                "ngo" => "NGO",
                "court" => "JUD",
                _ => "IGO",
            };
            let named = Named {
                name: row.cell(1).to_owned(),
                sense: Sense::Organisation,
                kind: ActorKind::Organisation,
                country,
                side: row.optional(0),
                sector: Some(sector.to_owned()),
                exact: None,
                row: row.place(),
            };
            self.name(row.cell(1), named.clone());
            for alias in row.list(2) {
                self.name(alias, named.clone());
            }
        }
        Ok(())
    }

    fn load_actors(&mut self, files: &Files) -> Result<(), KnowledgeError> {
        let head = ["name", "aliases", "kind", "country", "side", "sector", "source"];
        for row in Table::open(files, "world/actors.tsv", &head)?.rows() {
            let row = row?;
            let kind = match row.cell(2) {
                "armed" => ActorKind::ArmedGroup,
                "party" => ActorKind::Party,
                "company" => ActorKind::Company,
                "media" => ActorKind::Media,
                "ngo" => ActorKind::Organisation,
                "state" => ActorKind::Ministry,
                other => return Err(row.fault(format!("`{other}` is no kind of actor"))),
            };
            for code in [row.cell(3), row.cell(4)] {
                if !code.is_empty() {
                    self.known_state(&row, code)?;
                }
            }
            let named = Named {
                name: row.cell(0).to_owned(),
                sense: Sense::Actor,
                kind,
                country: row.optional(3),
                side: row.optional(4),
                sector: row.optional(5),
                exact: None,
                row: row.place(),
            };
            self.name(row.cell(0), named.clone());
            for alias in row.list(1) {
                self.name(alias, named.clone());
            }
        }
        Ok(())
    }

    fn load_holders(&mut self, files: &Files, file: &'static str) -> Result<(), KnowledgeError> {
        let head = ["side", "office", "person", "id", "gender", "from", "to", "aliases", "source"];
        for row in Table::open(files, file, &head)?.rows() {
            let row = row?;
            let (from, to) = (day(&row, 5)?, day(&row, 6)?);
            if let (Some(from), Some(to)) = (from, to)
                && to < from
            {
                return Err(row.fault("the spell ends before it begins"));
            }
            if self.offices.named(row.cell(1)).is_none() {
                return Err(row.fault(format!("no office is called `{}`; see offices.tsv", row.cell(1))));
            }
            let gender = match row.cell(4) {
                "m" => Some(Gender::Male),
                "f" => Some(Gender::Female),
                _ => None,
            };
            let spell = Spell {
                side: row.cell(0).to_owned(),
                office: row.cell(1).to_owned(),
                from,
                to,
                row: row.place(),
            };
            self.people.add(
                row.cell(2),
                row.list(7).map(str::to_owned).collect(),
                row.cell(3),
                gender,
                spell,
            );
        }
        Ok(())
    }

    fn load_forenames(&mut self, files: &Files) -> Result<(), KnowledgeError> {
        for row in Table::open(files, "world/forenames.tsv", &["forename", "gender", "source"])?.rows() {
            let row = row?;
            let gender = if row.cell(1) == "f" { Gender::Female } else { Gender::Male };
            self.people.add_forename(row.cell(0), gender);
        }
        Ok(())
    }

    fn load_members(&mut self, files: &Files, file: &'static str) -> Result<(), KnowledgeError> {
        for row in Table::open(files, file, &["organisation", "member", "from", "to", "source"])?.rows() {
            let row = row?;
            let (from, to) = (day(&row, 2)?, day(&row, 3)?);
            self.members.push(Member {
                organisation: row.cell(0).to_owned(),
                member: row.cell(1).to_owned(),
                from,
                to,
            });
        }
        Ok(())
    }

    fn load_regions(&mut self, files: &Files) -> Result<(), KnowledgeError> {
        for row in
            Table::open(files, "world/regions.tsv", &["name", "country", "kind", "lat", "lon", "source"])?
                .rows()
        {
            let row = row?;
            let country = row.optional(1);
            if let Some(code) = &country {
                self.known_state(&row, code)?;
            }
            let (Ok(lat), Ok(lon)) = (row.cell(3).parse::<f64>(), row.cell(4).parse::<f64>()) else {
                return Err(row.fault("latitude and longitude are decimal degrees"));
            };
            if lat.abs() > 90.0 || lon.abs() > 180.0 {
                return Err(row.fault("latitude or longitude is out of range"));
            }
            let place = Place {
                name: row.cell(0).to_owned(),
                country,
                kind: row.cell(2).to_owned(),
                admin: String::new(),
                point: (lat, lon),
                population: 0,
                id: Some(format!("region:{}", fold(row.cell(0)).replace(' ', "-"))),
                row: row.place(),
            };
            self.regions.entry(fold(row.cell(0))).or_default().push(place);
        }
        Ok(())
    }

    /// Two people in one single-seat office for more than a month are told as a warning.
    fn warn_of_overlaps(&mut self) {
        let mut out = BTreeSet::new();
        for ((side, office), spells) in self.people.offices() {
            if self.offices.named(office).is_none_or(|o| !o.single) || !self.states.contains_key(side) {
                continue;
            }
            for pair in spells.windows(2) {
                let [(a, i), (b, j)] = pair else { continue };
                let (first, second) = (&self.people.all()[*a].spells[*i], &self.people.all()[*b].spells[*j]);
                let (Some(end), Some(start)) = (first.to.or(Some(Date::MAX)), second.from) else { continue };
                if a != b && (start < end) && (end == Date::MAX || (end - start).get_days() > 31) {
                    out.insert(format!(
                        "{side} {office}: {} ({}) and {} ({})",
                        self.people.all()[*a].name,
                        first.row,
                        self.people.all()[*b].name,
                        second.row
                    ));
                }
            }
        }
        self.warnings.extend(out);
    }
}

/// Seats of government that are no capital, and other spellings of capitals.
const SEATS: &[(&str, &str)] = &[
    ("Washington", "USA"),
    ("Washington DC", "USA"),
    ("Kiev", "UKR"),
    ("Kyiv", "UKR"),
    ("Peking", "CHN"),
    ("Tel Aviv", "ISR"),
    ("Nur-Sultan", "KAZ"),
    ("Almaty", "KAZ"),
    ("Delhi", "IND"),
    ("Bonn", "DEU"),
    ("Rangoon", "MMR"),
    ("Nay Pyi Taw", "MMR"),
    ("Brasília", "BRA"),
    ("Brasilia", "BRA"),
    ("Gaza City", "PSE"),
    ("Lhasa", "CHN"),
    ("Cape Town", "ZAF"),
    ("Abidjan", "CIV"),
    ("Jerusalem", "ISR"),
    ("Sana'a", "YEM"),
    ("Ulan Bator", "MNG"),
    ("Lagos", "NGA"),
    ("Riyadh", "SAU"),
    ("Pristina", "XKX"),
    ("Amsterdam", "NLD"),
    ("Holy See", "VAT"),
    ("Colombo", "LKA"),
    ("Dar es Salaam", "TZA"),
    ("Sucre", "BOL"),
    ("Male", "MDV"),
    ("Phnom-Penh", "KHM"),
    ("Teheran", "IRN"),
    ("Bucarest", "ROU"),
    ("Asuncion", "PRY"),
    ("Bogota", "COL"),
    ("Taipeh", "TWN"),
    ("Berne", "CHE"),
    ("Astana", "KAZ"),
    ("Naypyitaw", "MMR"),
    ("Nuku'alofa", "TON"),
    ("Yaren", "NRU"),
    ("Kishinev", "MDA"),
    ("N'Djamena", "TCD"),
    ("Gitega", "BDI"),
    ("Valletta", "MLT"),
];

fn of_state(code: &str, name: &str, sense: Sense, row: String) -> Named {
    Named {
        name: name.to_owned(),
        sense,
        kind: if sense == Sense::People { ActorKind::Group } else { ActorKind::State },
        country: Some(code.to_owned()),
        side: Some(code.to_owned()),
        sector: Some(if sense == Sense::People { "CVL" } else { "GOV" }.to_owned()),
        exact: None,
        row,
    }
}

fn day(row: &Row<'_>, cell: usize) -> Result<Option<Date>, KnowledgeError> {
    let text = row.cell(cell);
    if text.is_empty() {
        return Ok(None);
    }
    let date: Date = text.parse().map_err(|_| row.fault(format!("`{text}` is no date; write YYYY-MM-DD")))?;
    if !(1800..=2100).contains(&date.year()) {
        return Err(row.fault(format!("`{text}` is out of range")));
    }
    Ok(Some(date))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn world() -> World {
        World::load(&Files::embedded()).unwrap()
    }

    #[test]
    fn tables_load_and_cities_are_in_order() {
        let world = world();
        assert!(world.cities.keys().is_sorted());
        assert!(world.states().count() > 240);
    }

    #[test]
    fn an_office_has_its_holder_of_the_day() {
        let world = world();
        let table = [
            ("IND", "foreign_minister", date(2022, 10, 28), "Jaishankar"),
            ("RUS", "foreign_minister", date(2022, 10, 28), "Lavrov"),
            ("USA", "president", date(1999, 3, 1), "Clinton"),
            ("DEU", "foreign_minister", date(1996, 5, 5), "Kinkel"),
            ("TUR", "foreign_minister", date(2023, 7, 1), "Fidan"),
            ("CHN", "foreign_minister", date(2023, 3, 1), "Qin Gang"),
            ("NATO", "secretary_general", date(2024, 11, 1), "Rutte"),
            ("GBR", "prime_minister", date(2022, 10, 1), "Truss"),
        ];
        for (side, office, on, name) in table {
            let holder = world.holder(side, office, on).unwrap_or_else(|| panic!("{side} {office} {on}"));
            assert!(holder.person.name.contains(name), "{side} {office} {on}: {}", holder.person.name);
        }
    }

    #[test]
    fn people_are_known_by_full_name() {
        let world = world();
        for (name, on, side) in [
            ("S Jaishankar", date(2022, 10, 28), "IND"),
            ("Volodymyr Zelenskiy", date(2023, 1, 1), "UKR"),
            ("Joseph R. Biden, Jr.", date(2022, 1, 1), "USA"),
            ("Mevlut Cavusoglu", date(2021, 9, 7), "TUR"),
            ("Javier Solana", date(1998, 1, 1), "NATO"),
            ("Javier Solana", date(2005, 1, 1), "EU"),
        ] {
            let found = world.people_named(name, on);
            assert_eq!(found.first().map(|m| m.spell.side.as_str()), Some(side), "{name}");
        }
    }

    #[test]
    fn members_are_those_of_the_day() {
        let world = world();
        assert!(world.members("EU", date(2015, 1, 1)).contains(&"GBR"));
        assert!(!world.members("EU", date(2021, 1, 1)).contains(&"GBR"));
        assert_eq!(world.members("NATO", date(2023, 6, 1)).len(), 31);
    }

    #[test]
    fn capitals_tell_acronyms_from_words() {
        let world = world();
        assert!(world.named("who").is_empty());
        assert_eq!(world.named("WHO").len(), 1);
        assert_eq!(world.named("U.S.")[0].side.as_deref(), Some("USA"));
        assert!(world.named("us").is_empty());
    }
}
