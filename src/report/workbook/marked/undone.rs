//! Marks of an earlier copy taken off before a workbook is marked again: colours, notes, and the old list.
//!
//! A clerk mends the faults in the marked copy and has that checked. What was marked then must not stay where nothing is
//! wrong any more. Programs number styles anew when they save, so a colour is taken off by the style that is the same but
//! for its fill, the one that is most used in the column.

use super::comments::boxes_of;
use super::{LISTING, PackageError, parts, styles};
use crate::input::workbook::position;
use crate::report::workbook::package::Package;
use crate::report::workbook::package::parts::relations;
use crate::report::workbook::package::xml::{Edits, Tag, attribute, opens, tags, with};
use std::collections::{BTreeMap, BTreeSet};

/// Takes off the marks of an earlier copy; gives the part of its list, where there is one. A workbook without such a list
/// was not marked and stays as it is.
pub(super) fn undo(package: &mut Package) -> Result<Option<String>, PackageError> {
    let sheets = parts::sheets(package)?;
    let Some((_, listing)) = sheets.iter().find(|(name, _)| LISTING.contains(&name.as_str())) else {
        return Ok(None);
    };
    let fills = styles::Fills::read(package)?;
    for (_, part) in sheets.iter().filter(|(_, part)| part != listing) {
        let text = package.text(part)?;
        if let Some(text) = bleached(&text, &fills)? {
            package.put(part, text);
        }
        unnoted(package, part)?;
    }
    Ok(Some(listing.clone()))
}

/// The text of a sheet whose cells have their styles from before; `None` where none is marked.
fn bleached(text: &str, fills: &styles::Fills) -> Result<Option<String>, PackageError> {
    let all = tags(text)?;
    let cells = || {
        all.iter().filter_map(|(range, tag)| {
            let (Tag::Start(start) | Tag::Empty(start)) = tag else { return None };
            let style: usize =
                attribute(start, "s").filter(|_| start.name().as_ref() == "c")?.parse().ok()?;
            let (_, column) = position(&attribute(start, "r")?)?;
            Some((range, start, matches!(tag, Tag::Empty(_)), column, style))
        })
    };
    let mut used: BTreeMap<(u32, usize), usize> = BTreeMap::new();
    cells().for_each(|(.., column, style)| *used.entry((column, style)).or_default() += 1);
    let mut edits = Edits::default();
    let mut any = false;
    for (range, start, empty, column, style) in cells() {
        let alike = fills.unmarked(style);
        let best = alike.iter().max_by_key(|&&other| {
            (used.get(&(column, other)).copied().unwrap_or(0), std::cmp::Reverse(other))
        });
        if let Some(before) = best {
            edits.replace(range.clone(), with(start, empty, &[("s", before.to_string())]));
            any = true;
        }
    }
    Ok(any.then(|| edits.applied(text)))
}

/// Takes our notes, and what we added to the notes of others, off a sheet.
fn unnoted(package: &mut Package, sheet: &str) -> Result<(), PackageError> {
    let known = relations(package, sheet)?;
    let Some(part) = known.iter().find(|relation| relation.kind == "comments").map(|r| r.target.clone())
    else {
        return Ok(());
    };
    let text = package.text(&part)?;
    let (text, gone) = without_ours(&text)?;
    package.put(&part, text);
    if let Some(boxes) = boxes_of(&package.text(sheet)?, &known)? {
        let text = package.text(&boxes)?;
        package.put(&boxes, without_boxes(&text, &gone));
    }
    Ok(())
}

/// A list of notes without those of the author that we are, and the cells of these.
fn without_ours(text: &str) -> Result<(String, BTreeSet<(u32, u32)>), PackageError> {
    let all = tags(text)?;
    let mut authors: Vec<&str> = Vec::new();
    for (at, (range, tag)) in all.iter().enumerate() {
        if opens(tag, "author") {
            let end = all.get(at + 1).map_or(range.end, |(next, _)| next.start);
            authors.push(if matches!(tag, Tag::Empty(_)) { "" } else { &text[range.end..end] });
        }
    }
    let mut edits = Edits::default();
    let mut gone = BTreeSet::new();
    // Where the note of ours, or the run of words in one of another, begins.
    let (mut ours, mut run, mut words) = (None, None, "");
    for (at, (range, tag)) in all.iter().enumerate() {
        match tag {
            Tag::Start(start) => match start.name().as_ref() {
                "comment" => {
                    let author = attribute(start, "authorId").and_then(|id| id.parse::<usize>().ok());
                    let is_ours =
                        author.and_then(|id| authors.get(id)).is_some_and(|name| *name == "circflow");
                    ours = is_ours.then_some(range.start);
                    gone.extend(attribute(start, "ref").and_then(|r| position(&r)).filter(|_| is_ours));
                }
                "r" => (run, words) = (Some(range.start), ""),
                "t" => words = &text[range.end..all.get(at + 1).map_or(range.end, |(next, _)| next.start)],
                _ => {}
            },
            Tag::End(name) if name == "comment" => {
                if let Some(begin) = ours.take() {
                    edits.replace(begin..range.end, "");
                }
            }
            Tag::End(name) if name == "r" => {
                if let Some(begin) = run.take().filter(|_| ours.is_none() && is_told(words)) {
                    edits.replace(begin..range.end, "");
                }
            }
            _ => {}
        }
    }
    Ok((edits.applied(text), gone))
}

/// Whether words that were added to a note of another begin as a finding does: a blank line and a code.
fn is_told(words: &str) -> bool {
    let code = words.trim_start();
    let digits = code.as_bytes().get(1..4).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit));
    words.starts_with(['\n', '\r']) && code.starts_with(['E', 'W', 'N']) && digits
}

/// The boxes of notes without those of some cells.
fn without_boxes(text: &str, cells: &BTreeSet<(u32, u32)>) -> String {
    const END: &str = "</v:shape>";
    let number = |block: &str, name: &str| -> Option<u32> {
        let (_, rest) = block.split_once(&format!("<x:{name}>"))?;
        rest.split_once('<')?.0.trim().parse().ok()
    };
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find("<v:shape ") {
        let end = rest[begin..].find(END).map_or(rest.len(), |end| begin + end + END.len());
        let block = &rest[begin..end];
        let cell =
            number(block, "Row").zip(number(block, "Column")).map(|(row, column)| (row + 1, column + 1));
        let is_gone = block.contains("ObjectType=\"Note\"") && cell.is_some_and(|cell| cells.contains(&cell));
        kept.push_str(&rest[..begin]);
        if !is_gone {
            kept.push_str(block);
        }
        rest = &rest[end..];
    }
    kept + rest
}
