//! XML changed in place: where tags stand, and edits that leave all other bytes as they are.

use super::PackageError;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::ops::Range;

/// A tag and where it stands.
pub(in crate::report::workbook) enum Tag<'a> {
    /// `<name …>`.
    Start(BytesStart<'a>),
    /// `<name …/>`.
    Empty(BytesStart<'a>),
    /// `</name>`.
    End(String),
}

/// All tags of a text in order, each with its bytes.
pub(in crate::report::workbook) fn tags(text: &str) -> Result<Vec<(Range<usize>, Tag<'_>)>, PackageError> {
    let mut reader = Reader::from_str(text);
    let mut tags = Vec::new();
    loop {
        let begin = position(&reader);
        let event = reader.read_event()?;
        let range = begin..position(&reader);
        match event {
            Event::Start(tag) => tags.push((range, Tag::Start(tag))),
            Event::Empty(tag) => tags.push((range, Tag::Empty(tag))),
            Event::End(tag) => tags.push((range, Tag::End(tag.name().as_ref().to_owned()))),
            Event::Eof => return Ok(tags),
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    reader.buffer_position() as usize
}

/// The elements right below that of the sheet itself, with where each begins: rules and charts have such of the same
/// names within them.
pub(in crate::report::workbook) fn children(
    text: &str,
) -> Result<Vec<(usize, BytesStart<'_>)>, PackageError> {
    let mut depth = 0;
    let mut found = Vec::new();
    for (range, tag) in tags(text)? {
        match tag {
            Tag::Start(start) => {
                if depth == 1 {
                    found.push((range.start, start));
                }
                depth += 1;
            }
            Tag::Empty(start) if depth == 1 => found.push((range.start, start)),
            Tag::End(_) => depth -= 1,
            Tag::Empty(_) => {}
        }
    }
    Ok(found)
}

/// Where a first tag of a name begins, of whichever kind.
pub(in crate::report::workbook) fn find<'t, 'a>(
    tags: &'t [(Range<usize>, Tag<'a>)],
    wanted: impl Fn(&Tag<'a>) -> bool,
) -> Option<(usize, &'t (Range<usize>, Tag<'a>))> {
    tags.iter().enumerate().find(|(_, (_, tag))| wanted(tag))
}

/// Whether a tag opens an element of this name.
pub(in crate::report::workbook) fn opens(tag: &Tag<'_>, name: &str) -> bool {
    matches!(tag, Tag::Start(start) | Tag::Empty(start) if start.name().as_ref() == name)
}

/// Whether a tag closes an element of this name.
pub(in crate::report::workbook) fn closes(tag: &Tag<'_>, name: &str) -> bool {
    matches!(tag, Tag::End(end) if end == name)
}

/// The value of an attribute, as it stands (escaped).
pub(in crate::report::workbook) fn attribute(tag: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == key)?;
    Some(found.value.to_string())
}

/// A tag with some attributes set (values escaped already), the others as they are.
pub(in crate::report::workbook) fn with(tag: &BytesStart<'_>, empty: bool, set: &[(&str, String)]) -> String {
    let mut text = format!("<{}", tag.name().as_ref());
    for attribute in tag.attributes().flatten() {
        let key = attribute.key.as_ref();
        if !set.iter().any(|(other, _)| *other == key) {
            text.push_str(&format!(" {key}=\"{}\"", attribute.value.replace('"', "&quot;")));
        }
    }
    for (key, value) in set {
        text.push_str(&format!(" {key}=\"{value}\""));
    }
    text.push_str(if empty { "/>" } else { ">" });
    text
}

/// Text for XML; control characters that XML cannot hold are left out.
pub(in crate::report::workbook) fn escaped(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    quick_xml::escape::escape(&plain).into_owned()
}

/// Changes of a text: bytes and what stands for them; none overlap.
#[derive(Default)]
pub(in crate::report::workbook) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text before a byte.
    pub(in crate::report::workbook) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.0.push((at..at, text.into()));
    }

    /// Puts a text in the place of bytes.
    pub(in crate::report::workbook) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// The text with all changes; those at one byte stand in the order they were asked for.
    pub(in crate::report::workbook) fn applied(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| range.start);
        let mut changed =
            String::with_capacity(text.len() + self.0.iter().map(|(_, t)| t.len()).sum::<usize>());
        let mut at = 0;
        for (range, put) in self.0 {
            changed.push_str(&text[at..range.start]);
            changed.push_str(&put);
            at = range.end;
        }
        changed.push_str(&text[at..]);
        changed
    }
}
