//! Notes on cells: added to those the sheet has, or as the sheet's first.

use crate::input::workbook::{address, position};
use crate::report::workbook::package::Package;
use crate::report::workbook::package::PackageError;
use crate::report::workbook::package::parts::{
    RELATION, Relation, before_end, declare, declare_ending, relate, relations,
};
use crate::report::workbook::package::xml::{
    Edits, Tag, attribute, children, closes, escaped, find, opens, tags,
};
use std::collections::BTreeMap;

/// Elements of a sheet that come after the one that leads to the boxes of notes.
const AFTER: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "mc:AlternateContent",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];
const BOXES: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const NOTES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Adds notes to the cells of a sheet.
pub(super) fn add(
    package: &mut Package,
    sheet: &str,
    notes: &BTreeMap<(u32, u32), String>,
) -> Result<(), PackageError> {
    let known = relations(package, sheet)?;
    let of = |kind: &str| {
        known.iter().find(|relation: &&Relation| relation.kind == kind).map(|r| r.target.clone())
    };
    let mut boxed: Vec<(u32, u32)> = notes.keys().copied().collect();
    match of("comments") {
        Some(part) => {
            let (text, had) = with_more(&package.text(&part)?, notes)?;
            package.put(&part, text);
            boxed.retain(|cell| !had.contains(cell));
        }
        None => {
            let part = package.unused("xl/comments", ".xml");
            let list: String = notes.iter().map(|(cell, words)| note(*cell, 0, words)).collect();
            package.put(&part, format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{MAIN}\"><authors><author>circflow</author></authors><commentList>{list}</commentList></comments>"
            ));
            declare(package, &part, NOTES)?;
            relate(package, sheet, "comments", &part)?;
        }
    }
    let boxes: String = boxed.iter().enumerate().map(|(number, cell)| a_box(number, *cell)).collect();
    if let Some(part) = boxes_of(&package.text(sheet)?, &known)? {
        let text = package.text(&part)?;
        let end = text.rfind("</xml>").ok_or_else(|| PackageError::Unusual("no boxes".into()))?;
        package.put(&part, format!("{}{boxes}{}", &text[..end], &text[end..]));
        return Ok(());
    }
    let part = package.unused("xl/drawings/vmlDrawing", ".vml");
    package.put(&part, format!("{HEAD}{boxes}</xml>"));
    declare_ending(package, "vml", BOXES)?;
    let id = relate(package, sheet, "vmlDrawing", &part)?;
    let text = package.text(sheet)?;
    let text = led_to(&text, &id)?;
    package.put(sheet, text);
    Ok(())
}

/// A list of notes with more of them; cells that had one have it longer.
fn with_more(
    text: &str,
    notes: &BTreeMap<(u32, u32), String>,
) -> Result<(String, Vec<(u32, u32)>), PackageError> {
    let all = tags(text)?;
    let authors = all.iter().filter(|(_, tag)| opens(tag, "author")).count();
    let mut edits = Edits::default();
    let mut had = Vec::new();
    let mut inside = None;
    for (range, tag) in &all {
        match tag {
            Tag::Start(start) if start.name().as_ref() == "comment" => {
                inside = attribute(start, "ref").and_then(|r| position(&r));
            }
            Tag::End(end) if end == "text" => {
                if let Some(cell) = inside
                    && let Some(words) = notes.get(&cell)
                {
                    edits.insert(range.start, run(&format!("\n\n{words}")));
                    had.push(cell);
                }
            }
            Tag::End(end) if end == "comment" => inside = None,
            _ => {}
        }
    }
    let new: String = notes
        .iter()
        .filter(|(cell, _)| !had.contains(cell))
        .map(|(cell, words)| note(*cell, authors, words))
        .collect();
    for (name, added) in [("authors", "<author>circflow</author>"), ("commentList", &*new)] {
        let (_, (range, _)) = find(&all, |tag| closes(tag, name))
            .ok_or_else(|| PackageError::Unusual(format!("no </{name}>")))?;
        edits.insert(range.start, added);
    }
    Ok((edits.applied(text), had))
}

fn note(cell: (u32, u32), author: usize, words: &str) -> String {
    format!("<comment ref=\"{}\" authorId=\"{author}\"><text>{}</text></comment>", address(cell), run(words))
}

fn run(words: &str) -> String {
    let style =
        "<rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"宋体\"/><charset val=\"134\"/></rPr>";
    format!("<r>{style}<t xml:space=\"preserve\">{}</t></r>", escaped(words))
}

const HEAD: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout>\
    <v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
    <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// The box in which a note is shown, two columns wide beside its cell.
fn a_box(number: usize, (row, column): (u32, u32)) -> String {
    let (row, column) = (row - 1, column - 1);
    let top = row.saturating_sub(1);
    format!(
        "<v:shape id=\"_x0000_s{}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:110pt;z-index:{};visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
         <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}, 15, {top}, 4, {}, 20, {}, 4</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        5001 + number,
        number + 1,
        column + 1,
        column + 5,
        top + 7,
    )
}

/// The part with the boxes of the notes that a sheet has: what its own element leads to, and not the pictures of headers
/// and footers, which are of the same kind.
pub(super) fn boxes_of(text: &str, known: &[Relation]) -> Result<Option<String>, PackageError> {
    let children = children(text)?;
    let element = children.iter().find(|(_, start)| start.name().as_ref() == "legacyDrawing");
    let id = element.and_then(|(_, start)| {
        let id =
            start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "id")?;
        Some(id.value.into_owned())
    });
    let relation = known.iter().find(|relation| id.as_deref() == Some(&*relation.id));
    Ok(relation.map(|relation| relation.target.clone()))
}

/// The text of a sheet with the element that leads to the boxes, in its place among the others.
fn led_to(text: &str, id: &str) -> Result<String, PackageError> {
    let element = format!("<legacyDrawing xmlns:r=\"{RELATION}\" r:id=\"{id}\"/>");
    let after = children(text)?.into_iter().find(|(_, start)| AFTER.contains(&start.name().as_ref()));
    match after {
        Some((at, _)) => {
            let mut edits = Edits::default();
            edits.insert(at, element);
            Ok(edits.applied(text))
        }
        None => before_end(text, "worksheet", &element),
    }
}
