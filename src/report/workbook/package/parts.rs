//! How the parts of a workbook hang together: sheets, relationships, types of content.

use super::Package;
use super::PackageError;
use super::xml::{Edits, Tag, attribute, closes, escaped, find, opens, tags};

/// Beginning of the types of relationships.
pub(in crate::report::workbook) const RELATION: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// What stands between folders in the name of a part, on every system.
const BETWEEN: &str = "/";
/// The part that lists the sheets.
pub(in crate::report::workbook) const WORKBOOK: &str = "xl/workbook.xml";
const TYPES: &str = "[Content_Types].xml";

/// A relationship of a part.
pub(in crate::report::workbook) struct Relation {
    /// Its id.
    pub(in crate::report::workbook) id: String,
    /// The end of its type (`worksheet`, `comments`, `vmlDrawing`).
    pub(in crate::report::workbook) kind: String,
    /// The part it leads to.
    pub(in crate::report::workbook) target: String,
}

/// Name and part of every sheet.
pub(in crate::report::workbook) fn sheets(package: &Package) -> Result<Vec<(String, String)>, PackageError> {
    let relations = relations(package, WORKBOOK)?;
    let text = package.text(WORKBOOK)?;
    let mut sheets = Vec::new();
    for (_, tag) in tags(&text)? {
        let (Tag::Start(tag) | Tag::Empty(tag)) = tag else { continue };
        if tag.name().as_ref() != "sheet" {
            continue;
        }
        let id = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == "id");
        let relation =
            relations.iter().find(|relation| Some(&*relation.id) == id.as_ref().map(|a| &*a.value));
        if let (Some(name), Some(relation)) = (attribute(&tag, "name"), relation) {
            let name =
                quick_xml::escape::unescape(&name).map_or_else(|_| name.clone(), |name| name.into_owned());
            sheets.push((name, relation.target.clone()));
        }
    }
    if sheets.is_empty() { Err(PackageError::Unusual("no sheets".into())) } else { Ok(sheets) }
}

/// The relationships of a part; none where it has none.
pub(in crate::report::workbook) fn relations(
    package: &Package,
    part: &str,
) -> Result<Vec<Relation>, PackageError> {
    let file = file_of(part);
    if !package.has(&file) {
        return Ok(Vec::new());
    }
    let text = package.text(&file)?;
    let mut relations = Vec::new();
    for (_, tag) in tags(&text)? {
        let (Tag::Start(tag) | Tag::Empty(tag)) = tag else { continue };
        let (Some(id), Some(kind), Some(target)) =
            (attribute(&tag, "Id"), attribute(&tag, "Type"), attribute(&tag, "Target"))
        else {
            continue;
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        relations.push(Relation { id, kind, target: resolved(part, &target) });
    }
    Ok(relations)
}

/// The part that holds the relationships of a part.
fn file_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}{BETWEEN}_rels{BETWEEN}{name}.rels")
}

/// A target as the name of a part.
fn resolved(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                folders.pop();
            }
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join(BETWEEN)
}

/// Adds a relationship to a part and gives its id.
pub(in crate::report::workbook) fn relate(
    package: &mut Package,
    part: &str,
    kind: &str,
    target: &str,
) -> Result<String, PackageError> {
    let known = relations(package, part)?;
    let mut ids = (1..).map(|number| format!("rIdc{number}"));
    let id = ids.find(|id| known.iter().all(|relation| relation.id != *id)).unwrap_or_default();
    let added = format!("<Relationship Id=\"{id}\" Type=\"{RELATION}/{kind}\" Target=\"/{target}\"/>");
    let file = file_of(part);
    let text = if package.has(&file) {
        before_end(&package.text(&file)?, "Relationships", &added)?
    } else {
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{space}\">{added}</Relationships>"
        )
    };
    package.put(&file, text);
    Ok(id)
}

/// Says what kind of content a part is.
pub(in crate::report::workbook) fn declare(
    package: &mut Package,
    part: &str,
    content: &str,
) -> Result<(), PackageError> {
    let added = format!("<Override PartName=\"/{part}\" ContentType=\"{content}\"/>");
    let text = before_end(&package.text(TYPES)?, "Types", &added)?;
    package.put(TYPES, text);
    Ok(())
}

/// Says what kind of content an ending stands for, where that is not said yet.
pub(in crate::report::workbook) fn declare_ending(
    package: &mut Package,
    ending: &str,
    content: &str,
) -> Result<(), PackageError> {
    let text = package.text(TYPES)?;
    let known = tags(&text)?.iter().any(|(_, tag)| match tag {
        Tag::Start(tag) | Tag::Empty(tag) => {
            attribute(tag, "Extension").is_some_and(|known| known.eq_ignore_ascii_case(ending))
        }
        Tag::End(_) => false,
    });
    if !known {
        let added = format!("<Default Extension=\"{ending}\" ContentType=\"{content}\"/>");
        // Defaults stand before overrides.
        let tags = tags(&text)?;
        let (_, (range, _)) =
            find(&tags, |tag| opens(tag, "Types")).ok_or_else(|| PackageError::Unusual("no types".into()))?;
        let mut edits = Edits::default();
        edits.insert(range.end, added);
        let text = edits.applied(&text);
        package.put(TYPES, text);
    }
    Ok(())
}

/// Adds a sheet at the end; the name it bears, which no other sheet has.
pub(in crate::report::workbook) fn add_sheet(
    package: &mut Package,
    name: &str,
    text: String,
) -> Result<String, PackageError> {
    let known = sheets(package)?;
    let mut names = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}{number}")));
    let name = names.find(|name| known.iter().all(|(other, _)| other != name)).unwrap_or_default();
    let part = package.unused("xl/worksheets/sheet", ".xml");
    let book = package.text(WORKBOOK)?;
    let all = tags(&book)?;
    let ids = all.iter().filter_map(|(_, tag)| match tag {
        Tag::Start(tag) | Tag::Empty(tag) => attribute(tag, "sheetId")?.parse::<u32>().ok(),
        Tag::End(_) => None,
    });
    let number = ids.max().unwrap_or(0) + 1;
    let id = relate(package, WORKBOOK, "worksheet", &part)?;
    let added = format!(
        "<sheet xmlns:r=\"{RELATION}\" name=\"{}\" sheetId=\"{number}\" r:id=\"{id}\"/>",
        escaped(&name)
    );
    package.put(WORKBOOK, before_end(&book, "sheets", &added)?);
    package.put(&part, text);
    declare(package, &part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")?;
    Ok(name)
}

/// A text with something added before the end of its element of this name.
pub(in crate::report::workbook) fn before_end(
    text: &str,
    name: &str,
    added: &str,
) -> Result<String, PackageError> {
    let tags = tags(text)?;
    let (_, (range, _)) =
        find(&tags, |tag| closes(tag, name)).ok_or_else(|| PackageError::Unusual(format!("no </{name}>")))?;
    let mut edits = Edits::default();
    edits.insert(range.start, added);
    Ok(edits.applied(text))
}
