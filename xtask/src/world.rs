//! Makes the generated tables of `knowledge/world/` from a folder of raw facts: states, office-holders,
//! members of organisations, cities, forenames. What the raw facts lack stands in tables kept by hand
//! beside them (`*_added.tsv`, `state_words.tsv`, `offices.tsv`, …).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chancery_coder::knowledge::Files;
use chancery_coder::knowledge::world::fold::{fold, words};
use chancery_coder::knowledge::world::offices::Offices;

use crate::Outcome;

/// Offices that are left to the hand-kept table: too many holders, of too little use to events.
const LEFT_OUT: &[&str] = &[
    "minister",
    "judge",
    "citizen",
    "expert",
    "first_lady",
    "soldier",
    "lawmaker",
    "royal",
    "union_leader",
    "cleric",
    "chief_executive",
    "police_chief",
    "labour_minister",
    "culture_minister",
    "education_minister",
    "information_minister",
    "chairperson",
    "mayor",
    "ambassador",
    "commissioner",
    "party_leader",
    "rebel_leader",
    "opposition_leader",
];

/// Reports reach back to 1990; who left office before that is left out.
const FIRST_DAY: &str = "1990";

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let [raw] = arguments else { return Err("give the folder of raw facts".into()) };
    let raw = Path::new(raw);
    let out = crate::root().join("knowledge/world");
    let mut files = Files::default();
    files.insert("world/offices.tsv", fs::read(out.join("offices.tsv"))?);
    let offices = Offices::load(&files)?;
    let codes = states(raw, &out)?;
    let added = Tsv::read(&out.join("holders_added.tsv"))?;
    holders(raw, &out, &offices, &codes, &added)?;
    members(raw, &out)?;
    cities(raw, &out, &codes)
}

/// A tab-separated table with named columns.
struct Tsv {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Tsv {
    fn read(path: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let text = fs::read_to_string(path).map_err(|e| format!("reading {}: {e}", path.display()))?;
        let mut lines = text.lines().map(|l| l.split('\t').map(str::to_owned).collect::<Vec<_>>());
        let columns = lines.next().unwrap_or_default();
        Ok(Self { columns, rows: lines.collect() })
    }

    fn csv(path: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
        let columns = reader.headers()?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record?.iter().map(str::to_owned).collect());
        }
        Ok(Self { columns, rows })
    }

    fn get<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        self.columns.iter().position(|c| c == column).and_then(|i| row.get(i)).map_or("", |s| s.trim())
    }
}

fn write(path: &Path, head: &str, rows: impl IntoIterator<Item = String>) -> Outcome {
    let mut text = format!("{head}\n");
    let mut count = 0;
    for row in rows {
        text.push_str(&row);
        text.push('\n');
        count += 1;
    }
    fs::write(path, text)?;
    crate::say(&format!("{count:>6} rows in {}", path.display()));
    Ok(())
}

/// Writes `states.tsv`; gives the ISO alpha-3 code of each alpha-2 code.
fn states(raw: &Path, out: &Path) -> Result<BTreeMap<String, String>, Box<dyn std::error::Error>> {
    let table = Tsv::csv(&raw.join("country-codes.csv"))?;
    let capitals = Tsv::read(&raw.join("capitals.tsv"))?;
    let demonyms = Tsv::read(&raw.join("demonyms.tsv"))?;
    let mut codes = BTreeMap::new();
    let mut rows = Vec::new();
    for row in &table.rows {
        let code = table.get(row, "ISO3166-1-Alpha-3");
        let iso2 = table.get(row, "ISO3166-1-Alpha-2");
        codes.insert(iso2.to_owned(), code.to_owned());
        let display = table.get(row, "CLDR display name").replace("St. ", "Saint ").replace(" & ", " and ");
        let name = match code {
            "USA" => "United States",
            "GBR" => "United Kingdom",
            "COD" => "Democratic Republic of the Congo",
            "COG" => "Republic of the Congo",
            "TUR" => "Turkey",
            "BIH" => "Bosnia and Herzegovina",
            "VAT" => "Vatican",
            _ => &display,
        };
        let mut aliases = BTreeSet::new();
        for column in ["UNTERM English Short", "UNTERM English Formal", "official_name_en"] {
            let alias = table
                .get(row, column)
                .trim_end_matches([' ', '*'])
                .trim_end_matches("(the)")
                .trim()
                .trim_start_matches("the ")
                .to_owned();
            if !alias.is_empty()
                && alias != name
                && !alias.contains('(')
                && !matches!(alias.as_str(), "Congo" | "United Republic of")
            {
                aliases.insert(alias);
            }
        }
        let place = capitals.rows.iter().find(|r| capitals.get(r, "iso3") == code);
        let capital = match code {
            "KAZ" => "Astana",
            "LKA" => "Colombo",
            "MMR" => "Naypyidaw",
            "GNQ" => "Malabo",
            "BDI" => "Bujumbura",
            "BOL" => "La Paz",
            "NLD" => "The Hague",
            "PSE" => "Ramallah",
            _ => table.get(row, "Capital"),
        };
        let point = |c| place.map_or("", |r| capitals.get(r, c));
        let adjective = demonyms
            .rows
            .iter()
            .find(|r| demonyms.get(r, "iso3") == code)
            .map_or("", |r| demonyms.get(r, "demonym"));
        let adjective =
            if adjective.ends_with('s') && !adjective.ends_with("ss") && !adjective.ends_with("is") {
                ""
            } else {
                adjective
            };
        let wikidata = table.get(row, "wikidata_id").rsplit('/').next().unwrap_or_default();
        rows.push(format!(
            "{code}\t{iso2}\t{name}\t{}\t{adjective}\t{capital}\t{}\t{}\t{wikidata}\tcountry-codes",
            aliases.into_iter().collect::<Vec<_>>().join("|"),
            point("lat"),
            point("lon"),
        ));
    }
    rows.push(
        "XKX\tXK\tKosovo\tRepublic of Kosovo\tKosovan\tPristina\t42.6727\t21.1669\tQ1246\tgeonamescache"
            .to_owned(),
    );
    for (code, iso2, name, capital, id) in [
        ("SUN", "SU", "Soviet Union", "", "Q15180"),
        ("YUG", "YU", "Yugoslavia", "", "Q36704"),
        ("SCG", "CS", "Serbia and Montenegro", "", "Q37024"),
        ("CSK", "C1", "Czechoslovakia", "", "Q33946"),
        ("DDR", "DD", "East Germany", "", "Q16957"),
    ] {
        rows.push(format!("{code}\t{iso2}\t{name}\t\t\t{capital}\t\t\t{id}\tISO 3166-3"));
    }
    rows.sort();
    write(
        &out.join("states.tsv"),
        "code\tiso2\tname\taliases\tadjective\tcapital\tlat\tlon\twikidata\tsource",
        rows,
    )?;
    Ok(codes)
}

/// One spell of one person in one office.
#[derive(Clone, Debug)]
struct Spell {
    side: String,
    office: String,
    person: String,
    id: String,
    gender: &'static str,
    from: String,
    to: String,
    source: &'static str,
}

/// A raw date made whole: a bare year or month becomes its first day, or its last where it ends a spell.
fn whole(date: &str, end: bool) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |p: &str, n: usize| p.len() == n && p.bytes().all(|b| b.is_ascii_digit());
    match parts[..] {
        [y] if digits(y, 4) => format!("{y}-{}", if end { "12-31" } else { "01-01" }),
        [y, m] if digits(y, 4) && digits(m, 2) => format!("{y}-{m}-{}", if end { "28" } else { "01" }),
        [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2) && m != "00" && d != "00" => {
            date.to_owned()
        }
        _ => String::new(),
    }
}

/// Writes `holders.tsv` and `forenames.tsv`.
fn holders(
    raw: &Path,
    out: &Path,
    offices: &Offices,
    codes: &BTreeMap<String, String>,
    added: &Tsv,
) -> Outcome {
    let mut spells = Vec::new();
    let mut forenames: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    let mut paths: Vec<_> =
        fs::read_dir(raw.join("holders"))?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "csv")) {
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let table = Tsv::csv(path)?;
        for row in &table.rows {
            let (person, position) = (table.get(row, "person"), table.get(row, "position"));
            let gender = match table.get(row, "gender") {
                "male" => "m",
                "female" => "f",
                _ => "",
            };
            let given = fold(person);
            if let (Some(first), true) = (given.split(' ').next(), gender.len() == 1 && given.contains(' ')) {
                forenames.entry(first.to_owned()).or_default()[usize::from(gender == "f")] += 1;
            }
            if stem.len() != 3 {
                continue;
            }
            let side = if stem == "WORLD" { "UN" } else { stem.as_str() };
            let Some(office) = office_of(offices, position, side) else { continue };
            let (from, to) = (whole(table.get(row, "start"), false), whole(table.get(row, "end"), true));
            if from.is_empty() && to.is_empty() || !to.is_empty() && (to.as_str() < FIRST_DAY || to < from) {
                continue;
            }
            spells.push(Spell {
                side: side.to_owned(),
                office,
                person: person.to_owned(),
                id: table.get(row, "personID").to_owned(),
                gender,
                from,
                to,
                source: "wikidata",
            });
        }
    }
    foreign_ministers(raw, codes, &mut spells)?;
    factbook(raw, &mut spells, &dependencies(raw)?)?;
    let mut ids: BTreeMap<(String, String), (String, &str)> = BTreeMap::new();
    for s in &spells {
        if !s.id.is_empty() {
            ids.entry((s.side.clone(), fold(&s.person))).or_insert((s.id.clone(), s.gender));
        }
    }
    for s in &mut spells {
        if let Some((id, gender)) = ids.get(&(s.side.clone(), fold(&s.person))) {
            if s.id.is_empty() {
                s.id.clone_from(id);
            }
            if s.gender.is_empty() {
                s.gender = gender;
            }
        }
    }
    close_open_ends(&mut spells);
    let by_hand: Vec<(String, String, String, String, String)> = added
        .rows
        .iter()
        .map(|r| {
            (
                added.get(r, "side").to_owned(),
                added.get(r, "office").to_owned(),
                fold(added.get(r, "person")),
                added.get(r, "from").to_owned(),
                added.get(r, "to").to_owned(),
            )
        })
        .collect();
    // Where the hand-kept table speaks of the same person in the same office, it stands alone.
    spells.retain(|s| {
        let name = fold(&s.person);
        !by_hand.iter().any(|(side, office, person, from, to)| {
            *side == s.side
                && *office == s.office
                && last(person) == last(&name)
                && (s.to.is_empty() || *from < s.to)
                && (to.is_empty() || s.from < *to)
        })
    });
    spells.sort_by(|a, b| {
        (&a.side, &a.office, &a.from, &a.person).cmp(&(&b.side, &b.office, &b.from, &b.person))
    });
    spells.dedup_by(|a, b| {
        a.side == b.side && a.office == b.office && a.person == b.person && a.from == b.from
    });
    write(
        &out.join("holders.tsv"),
        "side\toffice\tperson\tid\tgender\tfrom\tto\taliases\tsource",
        spells.iter().map(|s| {
            format!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t\t{}",
                s.side, s.office, s.person, s.id, s.gender, s.from, s.to, s.source
            )
        }),
    )?;
    write(
        &out.join("forenames.tsv"),
        "forename\tgender\tsource",
        forenames
            .iter()
            .filter(|(name, [m, f])| name.len() > 1 && (*m >= 1 && *m >= f * 12 || *f >= 1 && *f >= m * 12))
            .map(|(name, [m, f])| format!("{name}\t{}\twikidata", if m > f { "m" } else { "f" })),
    )
}

fn last(folded: &str) -> &str {
    words(folded).last().copied().unwrap_or_default()
}

/// The office of a raw position, if it is one that the table keeps.
fn office_of(offices: &Offices, position: &str, side: &str) -> Option<String> {
    let whole = fold(position);
    let mut tries = vec![whole.clone()];
    for cut in [" and ", ", ", " of the united nations"] {
        tries.extend(position.to_lowercase().split_once(cut).map(|(a, _)| fold(a)));
    }
    let office = tries.iter().find_map(|t| offices.read(t, Some(side)))?;
    // The Indian civil servant stands under the minister's title in the source.
    let id = if side == "IND" && whole == "minister of foreign affairs" {
        "foreign_secretary"
    } else {
        &office.id
    };
    if side == "UN" && !matches!(id, "secretary_general" | "deputy_secretary_general" | "assembly_president")
    {
        return None;
    }
    (!LEFT_OUT.contains(&id)).then(|| id.to_owned())
}

fn foreign_ministers(raw: &Path, codes: &BTreeMap<String, String>, spells: &mut Vec<Spell>) -> Outcome {
    let states = Tsv::csv(&raw.join("country-codes.csv"))?;
    let by_id: BTreeMap<&str, &str> = states
        .rows
        .iter()
        .filter_map(|r| {
            Some((states.get(r, "wikidata_id").rsplit('/').next()?, states.get(r, "ISO3166-1-Alpha-3")))
        })
        .collect();
    debug_assert!(!codes.is_empty());
    let table = Tsv::csv(&raw.join("foreign_ministers_2022.csv"))?;
    for row in &table.rows {
        let (Some(side), start) =
            (by_id.get(table.get(row, "country")), whole(table.get(row, "start"), false))
        else {
            continue;
        };
        let person = table.get(row, "name");
        let known = spells.iter().any(|s| {
            s.side == *side
                && s.office == "foreign_minister"
                && last(&fold(&s.person)) == last(&fold(person))
                && s.to.is_empty()
        });
        if !person.is_empty() && !known && !start.is_empty() {
            spells.push(Spell {
                side: (*side).to_owned(),
                office: "foreign_minister".to_owned(),
                person: person.to_owned(),
                id: table.get(row, "person").to_owned(),
                gender: "",
                from: start,
                to: String::new(),
                source: "wikidata 2022",
            });
        }
    }
    Ok(())
}

/// Heads of state and government of the years that the other source lacks.
fn factbook(raw: &Path, spells: &mut Vec<Spell>, dependencies: &BTreeSet<String>) -> Outcome {
    let table = Tsv::read(&raw.join("leaders_factbook.tsv"))?;
    let end = table.rows.iter().map(|r| table.get(r, "last_seen").to_owned()).max().unwrap_or_default();
    for row in &table.rows {
        let (side, kind, title) = (table.get(row, "iso3"), table.get(row, "kind"), table.get(row, "title"));
        // A dependency's head of state is that of the state it belongs to, a realm's monarch Britain's.
        let monarch = ["ELIZABETH II", "CHARLES III"].iter().any(|m| table.get(row, "name").contains(m));
        let borrowed = side != "GBR" && monarch;
        if borrowed || kind == "head of state" && dependencies.contains(side) {
            continue;
        }
        let title = fold(title);
        let office = match title.as_str() {
            "president" | "interim president" | "federal president" | "transitional president" => "president",
            "prime minister"
            | "chancellor"
            | "premier"
            | "interim prime minister"
            | "president of the government"
            | "taoiseach"
            | "minister of state" => "prime_minister",
            "king" | "queen" | "amir" | "sultan" | "emperor" | "grand duke" | "prince" => "monarch",
            "vice president" | "first vice president" => "vice_president",
            "deputy prime minister" | "first deputy prime minister" => "deputy_prime_minister",
            "supreme leader" => "supreme_leader",
            t if t.contains("chair") || t.contains("transition") || t.contains("leader") => "leader",
            _ => continue,
        };
        if kind == "head of state" && office == "prime_minister" {
            continue;
        }
        let person = cased(table.get(row, "name"));
        let from = whole(table.get(row, "since"), false);
        let seen = table.get(row, "last_seen");
        let to = if seen == end { String::new() } else { seen.to_owned() };
        let (mine, folded) = (last(&fold(&person)).to_owned(), fold(&person));
        // The same person in the same office: the two sources tell one spell.
        let twin = spells.iter_mut().find(|s| {
            s.side == side
                && s.office == office
                && (fold(&s.person).split(' ').any(|w| w == mine) || folded.contains(last(&fold(&s.person))))
                && (s.to.is_empty() || s.to > from)
        });
        match twin {
            Some(twin)
                if twin.to.is_empty() || (twin.source == "factbook" && !to.is_empty() && to > twin.to) =>
            {
                twin.to = to;
            }
            Some(_) => {}
            None if !from.is_empty() => spells.push(Spell {
                side: side.to_owned(),
                office: office.to_owned(),
                person,
                id: String::new(),
                gender: "",
                from,
                to,
                source: "factbook",
            }),
            None => {}
        }
    }
    Ok(())
}

/// The codes of territories that are no states of their own.
fn dependencies(raw: &Path) -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
    let table = Tsv::csv(&raw.join("country-codes.csv"))?;
    let own = |row: &&Vec<String>| {
        table.get(row, "is_independent") != "Yes"
            && !matches!(table.get(row, "ISO3166-1-Alpha-3"), "TWN" | "PSE" | "HKG" | "MAC" | "ESH")
    };
    Ok(table.rows.iter().filter(own).map(|row| table.get(row, "ISO3166-1-Alpha-3").to_owned()).collect())
}

/// "Evelyn WEVER-CROES" as a name is written; nicknames in quotes are left out.
fn cased(name: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for word in name.split_whitespace().filter(|w| !w.starts_with(['"', '(', '“'])) {
        if word.chars().filter(|c| c.is_alphabetic()).count() > 1 && word.chars().all(|c| !c.is_lowercase()) {
            let mut start = true;
            out.push(word.chars().fold(String::new(), |mut s, c| {
                if start {
                    s.push(c);
                } else {
                    s.extend(c.to_lowercase());
                }
                start = matches!(c, '-' | '\'' | '’');
                s
            }));
        } else {
            out.push(word.to_owned());
        }
    }
    out.join(" ")
}

/// An open end is closed by the next holder's start; the last one of each seat stays open only if it
/// began within eight years of the source's last day.
fn close_open_ends(spells: &mut [Spell]) {
    spells.sort_by(|a, b| (&a.side, &a.office, &a.from).cmp(&(&b.side, &b.office, &b.from)));
    for i in 0..spells.len() {
        if !spells[i].to.is_empty() || spells[i].office.starts_with("deputy") {
            continue;
        }
        let next = spells[i + 1..]
            .iter()
            .find(|s| s.side == spells[i].side && s.office == spells[i].office && s.from > spells[i].from)
            .map(|s| s.from.clone());
        if let Some(next) = next {
            spells[i].to = next;
        } else if spells[i].source == "wikidata"
            && spells[i].from.as_str() < "2014"
            && spells[i].office != "monarch"
            && spells[i].office != "president"
        {
            let year: i32 = spells[i].from.get(..4).and_then(|y| y.parse().ok()).unwrap_or(1990);
            spells[i].to = format!("{}-12-31", year + 8);
        }
    }
}

/// Writes `members.tsv`: who belonged to what on the two days that the source has, but for the
/// groupings that the hand-kept table tells in full.
fn members(raw: &Path, out: &Path) -> Outcome {
    let table = Tsv::read(&raw.join("igo_members.tsv"))?;
    let added = Tsv::read(&out.join("members_added.tsv"))?;
    let told: BTreeSet<&str> = added.rows.iter().map(|r| added.get(r, "organisation")).collect();
    const KEPT: &[&str] = &[
        "APEC",
        "Arctic Council",
        "AU",
        "CARICOM",
        "Caricom",
        "CIS",
        "ECOWAS",
        "OAS",
        "OECD",
        "OIC",
        "OSCE",
        "SAARC",
        "SADC",
        "LAS",
        "PIF",
        "Pacific Alliance",
        "COMESA",
        "IGAD",
        "CELAC",
        "ALBA",
        "OPEC+",
        "CPTPP",
        "EFTA",
        "Commonwealth of Nations",
        "NAM",
        "BIMSTEC",
        "D-8",
        "IEA",
        "ICCt",
        "UNASUR",
    ];
    let mut spans: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in &table.rows {
        let org = table.get(row, "org");
        if table.get(row, "status") == "member" && KEPT.contains(&org) && !told.contains(org) {
            let code = match org {
                "LAS" => "Arab League",
                "Caricom" => "CARICOM",
                "ICCt" => "ICC",
                "Commonwealth of Nations" => "Commonwealth",
                other => other,
            };
            spans
                .entry((code.to_owned(), table.get(row, "iso3").to_owned()))
                .or_default()
                .push(table.get(row, "as_of").to_owned());
        }
    }
    let newest = table.rows.iter().map(|r| table.get(r, "as_of")).max().unwrap_or_default().to_owned();
    let oldest = table.rows.iter().map(|r| table.get(r, "as_of")).min().unwrap_or_default().to_owned();
    write(
        &out.join("members.tsv"),
        "organisation\tmember\tfrom\tto\tsource",
        spans.iter().map(|((org, state), days)| {
            let from = if days.contains(&oldest) { "" } else { newest.as_str() };
            let to = if days.contains(&newest) { "" } else { oldest.as_str() };
            format!("{org}\t{state}\t{from}\t{to}\tfactbook")
        }),
    )
}

/// Writes `cities.tsv`, sorted by folded name and then by population, so that it is searched where it lies.
fn cities(raw: &Path, out: &Path, codes: &BTreeMap<String, String>) -> Outcome {
    let table = Tsv::read(&raw.join("cities.tsv"))?;
    let mut rows = BTreeSet::new();
    for row in &table.rows {
        let name = table.get(row, "name");
        let country = codes
            .get(table.get(row, "country"))
            .map_or(if table.get(row, "country") == "XK" { "XKX" } else { "" }, String::as_str);
        let key = fold(name);
        let population: u64 = table.get(row, "population").parse().unwrap_or(0);
        if key.len() < 3 || country.is_empty() {
            continue;
        }
        let admin = if country == "USA" { table.get(row, "admin1") } else { "" };
        rows.insert((
            key.clone(),
            u64::MAX - population,
            format!(
                "{key}\t{name}\t{country}\t{admin}\t{}\t{}\t{population}\t{}\tgeonames",
                table.get(row, "lat"),
                table.get(row, "lon"),
                table.get(row, "geonameid"),
            ),
        ));
    }
    write(
        &out.join("cities.tsv"),
        "key\tname\tcountry\tadmin\tlat\tlon\tpopulation\tid\tsource",
        rows.into_iter().map(|(_, _, row)| row),
    )
}
