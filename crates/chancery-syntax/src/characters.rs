//! Classes of characters as the model's tokenizer and features know them (Unicode 14), looked up
//! through one table.

use crate::model::ModelError;
use crate::pack::Pack;

/// A class is a bit.
pub(crate) type Class = u32;

pub(crate) const LETTER: Class = 1 << 0;
pub(crate) const UPPERCASE: Class = 1 << 1;
pub(crate) const DIGIT: Class = 1 << 2;
pub(crate) const DECIMAL: Class = 1 << 3;
pub(crate) const WORD: Class = 1 << 4;
pub(crate) const SPACE: Class = 1 << 5;
pub(crate) const PREFIX: Class = 1 << 6;
pub(crate) const SUFFIX: Class = 1 << 7;
pub(crate) const BEFORE_FINAL_PERIOD: Class = 1 << 8;
pub(crate) const CAPITAL: Class = 1 << 9;
pub(crate) const ICON: Class = 1 << 10;
pub(crate) const BEFORE_PERIOD: Class = 1 << 11;
pub(crate) const AFTER_PERIOD: Class = 1 << 12;
pub(crate) const BEFORE_COMMA: Class = 1 << 13;
pub(crate) const AFTER_COMMA: Class = 1 << 14;
pub(crate) const BEFORE_HYPHEN: Class = 1 << 15;
pub(crate) const AFTER_HYPHEN: Class = 1 << 16;
pub(crate) const BEFORE_SIGN: Class = 1 << 17;
pub(crate) const AFTER_SIGN: Class = 1 << 18;
pub(crate) const TOP_DOMAIN: Class = 1 << 19;

const SECTIONS: [(&str, Class); 20] = [
    ("characters.letter", LETTER),
    ("characters.uppercase", UPPERCASE),
    ("characters.digit", DIGIT),
    ("characters.decimal", DECIMAL),
    ("characters.word", WORD),
    ("characters.space", SPACE),
    ("tokenizer.prefix", PREFIX),
    ("tokenizer.suffix", SUFFIX),
    ("tokenizer.suffix.before-period", BEFORE_FINAL_PERIOD),
    ("tokenizer.suffix.capital", CAPITAL),
    ("tokenizer.infix.icon", ICON),
    ("tokenizer.infix.before-period", BEFORE_PERIOD),
    ("tokenizer.infix.after-period", AFTER_PERIOD),
    ("tokenizer.infix.before-comma", BEFORE_COMMA),
    ("tokenizer.infix.after-comma", AFTER_COMMA),
    ("tokenizer.infix.before-hyphen", BEFORE_HYPHEN),
    ("tokenizer.infix.after-hyphen", AFTER_HYPHEN),
    ("tokenizer.infix.before-sign", BEFORE_SIGN),
    ("tokenizer.infix.after-sign", AFTER_SIGN),
    ("tokenizer.url.top", TOP_DOMAIN),
];

/// Characters share pages of this many.
const PAGE: usize = 128;
const CODE_POINTS: usize = 0x11_0000;

pub(crate) struct Characters {
    /// For each page of the code space, which of the distinct pages it is.
    pages: Vec<u16>,
    classes: Vec<[Class; PAGE]>,
}

impl Characters {
    pub(crate) fn load(pack: &Pack<'_>) -> Result<Self, ModelError> {
        let mut pages = vec![0_u16; CODE_POINTS / PAGE];
        let mut classes = vec![[0; PAGE]];
        // Most of the code space is one class throughout a page: planes of ideographs share pages.
        let mut uniform: Vec<(Class, u16)> = vec![(0, 0)];
        let mut all = vec![0 as Class; CODE_POINTS];
        for (name, class) in SECTIONS {
            let ranges = pack.numbers(name)?;
            for range in ranges.as_chunks::<2>().0 {
                let range = range[0] as usize..=range[1] as usize;
                let characters = all.get_mut(range).ok_or_else(|| ModelError::Wrong(name.to_owned()))?;
                characters.iter_mut().for_each(|c| *c |= class);
            }
        }
        for (page, found) in pages.iter_mut().zip(all.as_chunks::<PAGE>().0) {
            let same = found.iter().all(|&c| c == found[0]);
            if same && let Some((_, known)) = uniform.iter().find(|(class, _)| *class == found[0]) {
                *page = *known;
                continue;
            }
            *page = u16::try_from(classes.len()).unwrap_or(0);
            if same {
                uniform.push((found[0], *page));
            }
            classes.push(*found);
        }
        Ok(Self { pages, classes })
    }

    /// All the classes of a character.
    pub(crate) fn of(&self, c: char) -> Class {
        let code = c as usize;
        self.classes[usize::from(self.pages[code / PAGE])][code % PAGE]
    }

    pub(crate) fn is(&self, c: char, class: Class) -> bool {
        self.of(c) & class != 0
    }

    /// Lower case as Unicode 14 has it: a letter that got its case later stays.
    pub(crate) fn lower(&self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_ascii_lowercase();
        }
        let newer = |c: char| c.is_uppercase() && !self.is(c, UPPERCASE);
        if !text.contains(newer) {
            return text.to_lowercase();
        }
        let mut lower = String::with_capacity(text.len());
        for c in text.chars() {
            if newer(c) {
                lower.push(c);
            } else {
                lower.extend(c.to_lowercase());
            }
        }
        lower
    }
}
