//! The list of styles: for every style in use at a faulty cell, the same one with the fault's colour.

use crate::report::workbook::package::Package;
use crate::report::workbook::package::PackageError;
use crate::report::workbook::package::xml::{Edits, Tag, attribute, closes, find, opens, tags, with};
use std::collections::BTreeMap;

const PART: &str = "xl/styles.xml";
/// Colour behind a faulty cell, with its transparency.
const COLOUR: &str = "FFFFD6C8";

/// Which styles of a workbook differ from which in their fill alone.
pub(super) struct Fills {
    /// Of every style of a cell: its text without the fill, and whether the fill is the mark's.
    styles: Vec<(String, bool)>,
}

impl Fills {
    pub(super) fn read(package: &Package) -> Result<Self, PackageError> {
        let styles = Styles::read(package)?;
        let all = tags(&styles.text)?;
        // Fills by number, whether they are the mark's.
        let mut ours: Vec<bool> = Vec::new();
        let mut inside = false;
        for (_, tag) in &all {
            match tag {
                Tag::Start(start) if start.name().as_ref() == "fills" => inside = true,
                Tag::End(name) if name == "fills" => inside = false,
                tag if inside && opens(tag, "fill") => ours.push(false),
                tag if inside && opens(tag, "fgColor") => {
                    let (Tag::Start(start) | Tag::Empty(start)) = tag else { continue };
                    if let (Some(last), Some(colour)) = (ours.last_mut(), attribute(start, "rgb")) {
                        *last = colour.eq_ignore_ascii_case(COLOUR);
                    }
                }
                _ => {}
            }
        }
        let style = |text: &String| -> Result<(String, bool), PackageError> {
            let all = tags(text)?;
            let Some((range, Tag::Start(tag) | Tag::Empty(tag))) = all.first() else {
                return Err(PackageError::Unusual("a style without tag".into()));
            };
            let fill = attribute(tag, "fillId").and_then(|fill| fill.parse::<usize>().ok()).unwrap_or(0);
            let mut others: Vec<String> = tag
                .attributes()
                .flatten()
                .filter(|a| !["fillId", "applyFill"].contains(&a.key.as_ref()))
                .map(|a| format!("{}={}", a.key.as_ref(), a.value))
                .collect();
            others.sort();
            let is_ours = ours.get(fill).copied().unwrap_or(false);
            Ok((others.join(" ") + &text[range.end..], is_ours))
        };
        Ok(Self { styles: styles.of_cells.iter().map(style).collect::<Result<_, _>>()? })
    }

    /// For a style with the mark's fill: those that are the same but for the fill; none for others.
    pub(super) fn unmarked(&self, style: usize) -> Vec<usize> {
        let Some((own, true)) = self.styles.get(style) else { return Vec::new() };
        let alike = self.styles.iter().enumerate().filter(|(_, (other, marked))| other == own && !marked);
        alike.map(|(number, _)| number).collect()
    }
}

/// The styles of a workbook, read, and those to be added.
pub(super) struct Styles {
    text: String,
    /// The text of every style of a cell.
    of_cells: Vec<String>,
    /// Number of the fill that is added.
    fill: usize,
    added: Vec<String>,
    marked: BTreeMap<usize, usize>,
}

impl Styles {
    pub(super) fn read(package: &Package) -> Result<Self, PackageError> {
        let text = package.text(PART)?;
        let tags = tags(&text)?;
        let section = |name: &str| {
            let begin = find(&tags, |tag| opens(tag, name)).map(|(at, _)| at);
            let end = find(&tags, |tag| closes(tag, name)).map(|(at, _)| at);
            begin.zip(end).ok_or_else(|| PackageError::Unusual(format!("no <{name}>")))
        };
        let (begin, end) = section("cellXfs")?;
        let mut of_cells = Vec::new();
        let mut opened = 0;
        for (range, tag) in &tags[begin + 1..end] {
            match tag {
                Tag::Empty(start) if start.name().as_ref() == "xf" => {
                    of_cells.push(text[range.clone()].to_owned())
                }
                Tag::Start(start) if start.name().as_ref() == "xf" => opened = range.start,
                Tag::End(name) if name == "xf" => of_cells.push(text[opened..range.end].to_owned()),
                _ => {}
            }
        }
        let (begin, end) = section("fills")?;
        let fills = tags[begin + 1..end].iter().filter(|(_, tag)| opens(tag, "fill"));
        let fill = fills.count();
        if of_cells.is_empty() {
            return Err(PackageError::Unusual("no styles of cells".into()));
        }
        drop(tags);
        Ok(Self { text, of_cells, fill, added: Vec::new(), marked: BTreeMap::new() })
    }

    /// The number of the style that marks cells of this one.
    pub(super) fn marked(&mut self, base: usize) -> Result<usize, PackageError> {
        if let Some(known) = self.marked.get(&base) {
            return Ok(*known);
        }
        let set = [("fillId", self.fill.to_string()), ("applyFill", "1".to_owned())];
        let number = self.like(base, &set, None)?;
        self.marked.insert(base, number);
        Ok(number)
    }

    /// A style like another with some attributes set and, if given, another alignment; its number.
    pub(super) fn like(
        &mut self,
        base: usize,
        set: &[(&str, String)],
        alignment: Option<&str>,
    ) -> Result<usize, PackageError> {
        // Cells of a style that is not there look like those of the first.
        let base = self.of_cells.get(base).or(self.of_cells.first()).cloned().unwrap_or_default();
        let tags = tags(&base)?;
        let Some((range, Tag::Start(tag) | Tag::Empty(tag))) = tags.first() else {
            return Err(PackageError::Unusual("a style without tag".into()));
        };
        let text = match alignment {
            Some(alignment) => with(tag, false, set) + alignment + "</xf>",
            None => with(tag, matches!(tags[0].1, Tag::Empty(_)), set) + &base[range.end..],
        };
        self.added.push(text);
        Ok(self.of_cells.len() + self.added.len() - 1)
    }

    /// Writes the list with what was added.
    pub(super) fn write(self, package: &mut Package) -> Result<(), PackageError> {
        let tags = tags(&self.text)?;
        let fill = format!(
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{COLOUR}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
        );
        let mut edits = Edits::default();
        let sections = [
            ("fills", fill, self.fill + 1),
            ("cellXfs", self.added.concat(), self.of_cells.len() + self.added.len()),
        ];
        for (name, added, count) in sections {
            for (range, tag) in &tags {
                match tag {
                    Tag::Start(start) if start.name().as_ref() == name => {
                        let counted = attribute(start, "count").is_some();
                        let set = [("count", count.to_string())];
                        edits.replace(range.clone(), with(start, false, if counted { &set } else { &[] }));
                    }
                    Tag::End(end) if end == name => edits.insert(range.start, added.clone()),
                    _ => {}
                }
            }
        }
        let text = edits.applied(&self.text);
        package.put(PART, text);
        Ok(())
    }
}
