//! Names as references: ids, unique names, near-duplicates, the nearest known name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

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

/// The names of the rows of one table; rows are numbered from 0. The maps are only looked into, never gone
/// through: what is listed is listed in the order of the rows.
#[derive(Clone, Debug, Default)]
pub struct Names {
    ids: HashMap<String, u32>,
    names: HashMap<String, Option<u32>>,
    bare: HashMap<String, u32>,
    order: Vec<String>,
    names_in_order: Vec<String>,
}

impl Names {
    /// Adds the id of a row; `false` when it is there already (then the first keeps it).
    pub fn add_id(&mut self, id: &str, row: u32) -> bool {
        self.order.push(id.to_owned());
        if self.ids.contains_key(id) {
            return false;
        }
        self.ids.insert(id.to_owned(), row);
        true
    }

    /// Adds a row without an id.
    pub fn add_nameless(&mut self) {
        self.order.push(String::new());
    }

    /// The id of a row.
    #[must_use]
    pub fn id_of(&self, row: u32) -> &str {
        self.order.get(row as usize).map_or("", String::as_str)
    }

    /// Adds a name of a row; returns another row whose name is the same but for width, spaces or endings.
    pub fn add_name(&mut self, name: &str, row: u32) -> Option<u32> {
        match self.names.get_mut(name) {
            Some(known) if *known != Some(row) => *known = None,
            Some(_) => {}
            None => {
                self.names.insert(name.to_owned(), Some(row));
                self.names_in_order.push(name.to_owned());
            }
        }
        match self.bare.entry(bare(name)) {
            Entry::Occupied(other) => Some(*other.get()).filter(|other| *other != row),
            Entry::Vacant(place) => {
                place.insert(row);
                None
            }
        }
    }

    /// The row of an id.
    #[must_use]
    pub fn get_id(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    /// The row that a text refers to: by id, else by a unique name.
    #[must_use]
    pub fn find(&self, text: &str) -> Found {
        if let Some(row) = self.ids.get(text) {
            return Found::Row(*row);
        }
        match self.names.get(text) {
            Some(Some(row)) => Found::Row(*row),
            Some(None) => Found::Ambiguous,
            None => Found::Nothing,
        }
    }

    /// The nearest id or name to a text that refers to nothing: first one that is the same but for width,
    /// spaces or endings, else the most alike.
    #[must_use]
    pub fn nearest(&self, text: &str) -> String {
        if let Some(row) = self.bare.get(&bare(text)) {
            return self.order[*row as usize].clone();
        }
        let mut known: Vec<&str> =
            self.order.iter().chain(&self.names_in_order).map(String::as_str).collect();
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
