//! Names as references: ids, unique names, near-duplicates, the nearest known name.

use hashbrown::{DefaultHashBuilder, HashTable, hash_table};
use std::hash::BuildHasher;
use std::ops::Range;

/// Words that firms' names carry and clerks leave out.
const ENDINGS: [&str; 5] = ["股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "公司"];

/// A name without what does not tell names apart: case, full width, spaces, brackets, `有限公司`.
#[must_use]
pub fn bare(name: &str) -> String {
    let plain = crate::units::written::half_width(name).to_lowercase();
    let mut bare: String =
        plain.chars().filter(|c| !c.is_whitespace() && !"()[]（）【】“”\"'·".contains(*c)).collect();
    for ending in ENDINGS {
        if let Some(rest) = bare.strip_suffix(ending).filter(|rest| !rest.is_empty()) {
            bare.truncate(rest.len());
            break;
        }
    }
    bare
}

/// A header or word with full width and case folded and inner spaces kept single.
#[must_use]
pub fn folded(text: &str) -> String {
    crate::units::written::half_width(text).to_lowercase()
}

/// The nearest of the known words, empty when none is near enough to be meant.
#[must_use]
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let wanted = bare(found);
    let mut best: Option<(f64, &str)> = None;
    for word in known {
        let likeness = strsim::normalized_damerau_levenshtein(&wanted, &bare(word))
            .max(0.9 * strsim::jaro_winkler(&wanted, &bare(word)));
        if likeness >= 0.5 && best.is_none_or(|(b, _)| likeness > b) {
            best = Some((likeness, word));
        }
    }
    best.map(|(_, word)| word.to_owned()).unwrap_or_default()
}

/// What a text refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This row.
    Row(u32),
    /// Several rows bear the name.
    Ambiguous,
    /// None.
    Nothing,
}

/// The names of the rows of one table; rows are numbered from 0. All text stands in one string, and the hash tables
/// are only looked into, never gone through: what is listed is listed in the order of the rows.
#[derive(Clone, Debug, Default)]
pub struct Names {
    text: String,
    hasher: DefaultHashBuilder,
    ids: HashTable<Entry>,
    names: HashTable<Entry>,
    bare: HashTable<Entry>,
    /// The id of every row.
    order: Vec<Span>,
    names_in_order: Vec<Span>,
}

/// Where a word stands in the text of all.
type Span = Range<u32>;

/// A word with its row; of a name that several rows bear, none.
#[derive(Clone, Debug)]
struct Entry {
    word: Span,
    row: Option<u32>,
}

fn word<'a>(text: &'a str, span: &Span) -> &'a str {
    &text[span.start as usize..span.end as usize]
}

fn looked_up<'a>(
    table: &'a HashTable<Entry>,
    text: &str,
    hasher: &DefaultHashBuilder,
    wanted: &str,
) -> Option<&'a Entry> {
    table.find(hasher.hash_one(wanted), |entry| word(text, &entry.word) == wanted)
}

impl Names {
    /// Adds a word to the text.
    fn written(&mut self, word: &str) -> Span {
        let begin = self.text.len();
        self.text.push_str(word);
        // Tables above 64 MB are refused before they are read, so that every position fits.
        let place = |position| u32::try_from(position).expect("the names of a table are smaller than 4 GB");
        place(begin)..place(self.text.len())
    }

    /// Adds the id of a row; `false` when it is there already (then the first keeps it).
    pub fn add_id(&mut self, id: &str, row: u32) -> bool {
        let span = self.written(id);
        self.order.push(span.clone());
        let (text, hasher) = (&self.text, &self.hasher);
        let rehash = |entry: &Entry| hasher.hash_one(word(text, &entry.word));
        match self.ids.entry(hasher.hash_one(id), |entry| word(text, &entry.word) == id, rehash) {
            hash_table::Entry::Occupied(_) => false,
            hash_table::Entry::Vacant(place) => {
                place.insert(Entry { word: span, row: Some(row) });
                true
            }
        }
    }

    /// Adds a row without an id.
    pub fn add_nameless(&mut self) {
        self.order.push(0..0);
    }

    /// The id of a row.
    #[must_use]
    pub fn id_of(&self, row: u32) -> &str {
        self.order.get(row as usize).map_or("", |span| word(&self.text, span))
    }

    /// Adds a name of a row; returns another row whose name is the same but for width, spaces or endings.
    pub fn add_name(&mut self, name: &str, row: u32) -> Option<u32> {
        let bare = bare(name);
        let span = self.written(name);
        // A name that is bare already is written once.
        let bare_span = if bare == name { span.clone() } else { self.written(&bare) };
        let (text, hasher) = (&self.text, &self.hasher);
        let rehash = |entry: &Entry| hasher.hash_one(word(text, &entry.word));
        match self.names.entry(hasher.hash_one(name), |entry| word(text, &entry.word) == name, rehash) {
            hash_table::Entry::Occupied(mut known) if known.get().row != Some(row) => {
                known.get_mut().row = None
            }
            hash_table::Entry::Occupied(_) => {}
            hash_table::Entry::Vacant(place) => {
                place.insert(Entry { word: span.clone(), row: Some(row) });
                self.names_in_order.push(span);
            }
        }
        let same = |entry: &Entry| word(text, &entry.word) == bare;
        match self.bare.entry(hasher.hash_one(bare.as_str()), same, rehash) {
            hash_table::Entry::Occupied(other) => other.get().row.filter(|other| *other != row),
            hash_table::Entry::Vacant(place) => {
                place.insert(Entry { word: bare_span, row: Some(row) });
                None
            }
        }
    }

    /// The row of an id.
    #[must_use]
    pub fn get_id(&self, id: &str) -> Option<u32> {
        looked_up(&self.ids, &self.text, &self.hasher, id)?.row
    }

    /// The row that a text refers to: by id, else by a unique name.
    #[must_use]
    pub fn find(&self, text: &str) -> Found {
        if let Some(row) = self.get_id(text) {
            return Found::Row(row);
        }
        match looked_up(&self.names, &self.text, &self.hasher, text) {
            Some(Entry { row: Some(row), .. }) => Found::Row(*row),
            Some(_) => Found::Ambiguous,
            None => Found::Nothing,
        }
    }

    /// The nearest id or name to a text that refers to nothing: first one that is the same but for width,
    /// spaces or endings, else the most alike.
    #[must_use]
    pub fn nearest(&self, text: &str) -> String {
        let same = looked_up(&self.bare, &self.text, &self.hasher, &bare(text));
        if let Some(row) = same.and_then(|entry| entry.row) {
            return self.id_of(row).to_owned();
        }
        let words = self.order.iter().chain(&self.names_in_order);
        let mut known: Vec<&str> = words.map(|span| word(&self.text, span)).collect();
        known.sort_unstable();
        nearest(text, known.into_iter().filter(|word| !word.is_empty()))
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_near_ones_named() {
        let mut names = Names::default();
        assert!(names.add_id("brick-a", 0));
        assert!(names.add_id("brick-b", 1));
        assert!(!names.add_id("brick-a", 2));
        assert_eq!(names.add_name("示例砖厂", 0), None);
        assert_eq!(names.add_name("示例 砖厂有限公司", 1), Some(0));
        assert_eq!(names.find("brick-a"), Found::Row(0));
        assert_eq!(names.find("示例砖厂"), Found::Row(0));
        assert_eq!(names.find("brick"), Found::Nothing);
        names.add_name("示例砖厂", 1);
        assert_eq!(names.find("示例砖厂"), Found::Ambiguous);
        assert_eq!(names.nearest("示例砖厂（有限公司）"), "brick-a");
        assert_eq!(names.nearest("brick-c"), "brick-a");
        assert_eq!(names.nearest("完全不同"), "");
    }
}
