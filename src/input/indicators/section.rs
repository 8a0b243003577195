//! A table of a TOML file, read key by key, with every fault kept together with its line.

use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Line of a byte, counted from 1.
pub(super) fn line_of(text: &str, byte: usize) -> u32 {
    let before = &text.as_bytes()[..byte.min(text.len())];
    u32::try_from(before.iter().filter(|b| **b == b'\n').count() + 1).unwrap_or(u32::MAX)
}

/// The known name most like another, or `—` when none is like it.
pub(super) fn nearest(found: &str, known: &[&str]) -> String {
    known
        .iter()
        .map(|name| (strsim::jaro_winkler(found, name), *name))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or_else(|| "—".to_owned(), |(_, name)| name.to_owned())
}

/// A table being read.
pub(super) struct Section<'a> {
    file: &'a str,
    text: &'a str,
    table: &'a DeTable<'a>,
    /// Byte at which the table begins.
    start: usize,
    asked: Vec<&'static str>,
    found: Vec<Diagnostic>,
    faulty: bool,
}

impl<'a> Section<'a> {
    pub(super) fn new(file: &'a str, text: &'a str, table: &'a DeTable<'a>, start: usize) -> Self {
        Self { file, text, table, start, asked: Vec::new(), found: Vec::new(), faulty: false }
    }

    /// The place of a key, or of the table.
    pub(super) fn spot(&self, key: Option<&str>) -> Spot {
        let byte = key.and_then(|key| self.entry(key)).map_or(self.start, |(span, _)| span.start);
        Spot {
            file: self.file.to_owned(),
            row: Some(line_of(self.text, byte)),
            column: key.map(str::to_owned),
        }
    }

    fn entry(&self, key: &str) -> Option<(Range<usize>, &'a Spanned<DeValue<'a>>)> {
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        Some((name.span(), value))
    }

    fn ask(&mut self, key: &'static str) -> Option<&'a DeValue<'a>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.entry(key).map(|(_, value)| value.get_ref())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Notes a fault at a key.
    pub(super) fn fault(&mut self, diagnostic: Diagnostic, key: &str) {
        self.faulty = true;
        self.remark(diagnostic, key);
    }

    /// Notes something that is no fault.
    pub(super) fn remark(&mut self, diagnostic: Diagnostic, key: &str) {
        let spot = self.spot(Some(key));
        self.found.push(diagnostic.at(spot));
    }

    fn wrong(&mut self, key: &'static str, found: &DeValue<'_>, expected: &str) {
        let found = found.as_str().map_or_else(|| found.type_str().to_owned(), |text| format!("“{text}”"));
        self.fault(Diagnostic::new(Code("E505")).with("found", found).with("expected", expected), key);
    }

    fn missing(&mut self, key: &'static str) {
        self.faulty = true;
        let spot = self.spot(None);
        self.found.push(Diagnostic::new(Code("E504")).at(spot).with("key", key));
    }

    /// A text that must be there and not be empty.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        if !self.has(key) {
            self.ask(key);
            self.missing(key);
            return None;
        }
        self.optional_text(key)
    }

    pub(super) fn optional_text(&mut self, key: &'static str) -> Option<String> {
        let value = self.ask(key)?;
        match value.as_str().filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(text.trim().to_owned()),
            None => {
                self.wrong(key, value, "“…”");
                None
            }
        }
    }

    pub(super) fn truth(&mut self, key: &'static str) -> Option<bool> {
        let value = self.ask(key)?;
        if value.as_bool().is_none() {
            self.wrong(key, value, "true, false");
        }
        value.as_bool()
    }

    pub(super) fn number(&mut self, key: &'static str) -> Option<f64> {
        let value = self.ask(key)?;
        let number = match value {
            DeValue::Integer(n) => n.to_string().parse::<f64>().ok(),
            DeValue::Float(n) => n.as_str().parse::<f64>().ok(),
            _ => None,
        };
        let number = number.filter(|n| n.is_finite());
        if number.is_none() {
            self.wrong(key, value, "1.0");
        }
        number
    }

    pub(super) fn positive(&mut self, key: &'static str) -> Option<f64> {
        let number = self.number(key)?;
        if number > 0.0 {
            return Some(number);
        }
        let diagnostic = Diagnostic::new(Code("E505")).with("found", number.to_string());
        self.fault(diagnostic.with("expected", "> 0"), key);
        None
    }

    /// One of several words; must be there.
    pub(super) fn word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        self.one_of(key, &text, words)
    }

    fn one_of<T: Copy>(&mut self, key: &'static str, text: &str, words: &[(&str, T)]) -> Option<T> {
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let expected = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let diagnostic = Diagnostic::new(Code("E505")).with("found", format!("“{text}”"));
        self.fault(diagnostic.with("expected", expected), key);
        None
    }

    /// A list of texts; empty when the key is not there.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.ask(key) else { return Vec::new() };
        let texts: Option<Vec<String>> = value.as_array().and_then(|array| {
            array.iter().map(|item| item.get_ref().as_str().map(|t| t.trim().to_owned())).collect()
        });
        texts.unwrap_or_else(|| {
            self.wrong(key, value, "[\"…\"]");
            Vec::new()
        })
    }

    /// A list of words of a vocabulary; empty when the key is not there.
    pub(super) fn words<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Vec<T> {
        self.texts(key).iter().filter_map(|text| self.one_of(key, text, words)).collect()
    }

    /// A table of switches: names with true or false, in the order of the file.
    pub(super) fn truths(&mut self, key: &'static str) -> Vec<(String, bool)> {
        let mut truths = Vec::new();
        for (name, value) in self.entries(key) {
            match value.get_ref().as_bool() {
                Some(truth) => truths.push((name, truth)),
                None => self.wrong(key, value.get_ref(), "true, false"),
            }
        }
        truths
    }

    /// A table of lists of words, in the order of the file.
    pub(super) fn word_lists<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Vec<(String, Vec<T>)> {
        let mut lists = Vec::new();
        for (name, value) in self.entries(key) {
            let texts: Option<Vec<&str>> =
                value.get_ref().as_array().and_then(|a| a.iter().map(|i| i.get_ref().as_str()).collect());
            match texts {
                Some(texts) => {
                    let list = texts.iter().filter_map(|text| self.one_of(key, text, words)).collect();
                    lists.push((name, list));
                }
                None => self.wrong(key, value.get_ref(), "[\"…\"]"),
            }
        }
        lists
    }

    /// Tables inside a table, by name, in the order of the file.
    pub(super) fn named_tables(&mut self, key: &'static str) -> Vec<(String, Section<'a>)> {
        let mut sections = Vec::new();
        for (name, value) in self.entries(key) {
            match value.get_ref().as_table() {
                Some(table) => {
                    let start = value.span().start;
                    sections.push((name, Section::new(self.file, self.text, table, start)));
                }
                None => self.wrong(key, value.get_ref(), "[…]"),
            }
        }
        sections
    }

    /// An array of tables.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<Section<'a>> {
        let Some(value) = self.ask(key) else {
            self.missing(key);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in value.as_array().into_iter().flat_map(|array| array.iter()) {
            match item.get_ref().as_table() {
                Some(table) => {
                    sections.push(Section::new(self.file, self.text, table, item.span().start));
                }
                None => self.wrong(key, item.get_ref(), "[[…]]"),
            }
        }
        if value.as_array().is_none() {
            self.wrong(key, value, "[[…]]");
        }
        sections
    }

    fn entries(&mut self, key: &'static str) -> Vec<(String, &'a Spanned<DeValue<'a>>)> {
        let Some(value) = self.ask(key) else { return Vec::new() };
        let Some(table) = value.as_table() else {
            self.wrong(key, value, "[…]");
            return Vec::new();
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        entries.into_iter().map(|(name, value)| (name.get_ref().to_string(), value)).collect()
    }

    /// Takes over what an inner table found.
    pub(super) fn adopt(&mut self, mut inner: Section<'_>) {
        inner.remark_unknown();
        self.faulty |= inner.faulty;
        self.found.append(&mut inner.found);
    }

    fn remark_unknown(&mut self) {
        let unknown: Vec<String> = self
            .table
            .iter()
            .map(|(name, _)| name.get_ref().to_string())
            .filter(|name| !self.asked.contains(&name.as_str()))
            .collect();
        for name in unknown {
            let diagnostic = Diagnostic::new(Code("E503"))
                .with("found", name.clone())
                .with("nearest", nearest(&name, &self.asked));
            self.fault(diagnostic, &name);
        }
    }

    /// Hands over all that was found, unknown keys included; whether the table was without fault.
    pub(super) fn close(mut self, findings: &mut Findings) -> bool {
        self.remark_unknown();
        self.found.sort_by_key(|d| d.spot.row);
        for diagnostic in self.found {
            findings.push(diagnostic);
        }
        !self.faulty
    }
}
