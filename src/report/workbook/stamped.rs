//! A stamp in the print header of every sheet of a file that is not ours: its cells stay as they are.

use super::package::xml::{Edits, Tag, attribute, children, closes, escaped, opens, tags};
use super::package::{Package, PackageError, parts};

/// Elements of a sheet that come after its headers.
const AFTER: [&str; 17] = [
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
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

/// Headers and footers of a sheet in their order, with the attribute by which a header other than the first counts.
const KINDS: [(&str, Option<&str>); 6] = [
    ("oddHeader", None),
    ("oddFooter", None),
    ("evenHeader", Some("differentOddEven")),
    ("evenFooter", Some("differentOddEven")),
    ("firstHeader", Some("differentFirst")),
    ("firstFooter", Some("differentFirst")),
];

/// The file with the stamp in the middle of every header of every worksheet, before what stands there.
///
/// # Errors
/// When the file is no workbook, or is written in a way that cannot be changed safely.
pub fn stamped(bytes: &[u8], stamp: &str) -> Result<Vec<u8>, PackageError> {
    let mut package = Package::read(bytes)?;
    let mut sheets: Vec<String> = parts::sheets(&package)?.into_iter().map(|(_, part)| part).collect();
    sheets.dedup();
    for part in sheets {
        let text = package.text(&part)?;
        let all = tags(&text)?;
        let root = all.iter().find_map(|(_, tag)| match tag {
            Tag::Start(start) => Some(start.name().as_ref().to_owned()),
            _ => None,
        });
        if root.as_deref() == Some("worksheet") {
            let text = sheet(&text, stamp)?;
            package.put(&part, text);
        }
    }
    package.bytes()
}

fn sheet(text: &str, stamp: &str) -> Result<String, PackageError> {
    let all = tags(text)?;
    let below = children(text)?;
    // The views that somebody saved in a sheet have headers of their own.
    let own = below.iter().find(|(_, start)| start.name().as_ref() == "headerFooter");
    let begin = own.and_then(|(at, _)| all.iter().position(|(range, _)| range.start == *at));
    let mut edits = Edits::default();
    let Some(begin) = begin else {
        let header = format!("<headerFooter><oddHeader>&amp;C{}</oddHeader></headerFooter>", escaped(stamp));
        let next = below.into_iter().find(|(_, start)| AFTER.contains(&start.name().as_ref()));
        return match next {
            Some((at, _)) => {
                edits.insert(at, header);
                Ok(edits.applied(text))
            }
            None => parts::before_end(text, "worksheet", &header),
        };
    };
    let (range, tag) = &all[begin];
    let (Tag::Start(start) | Tag::Empty(start)) = tag else {
        return Err(PackageError::Unusual("headerFooter".into()));
    };
    let end = match tag {
        Tag::Empty(_) => begin,
        _ => (begin..all.len())
            .find(|&at| closes(&all[at].1, "headerFooter"))
            .ok_or_else(|| PackageError::Unusual("headerFooter".into()))?,
    };
    let said = |kind: &str| {
        let at = (begin..end).find(|&at| opens(&all[at].1, kind))?;
        matches!(all[at].1, Tag::Start(_)).then(|| text[all[at].0.end..all[at + 1].0.start].to_owned())
    };
    let mut inside = String::new();
    for (kind, counts) in KINDS {
        let own = said(kind);
        let shown = counts
            .is_none_or(|key| attribute(start, key).is_some_and(|value| value == "1" || value == "true"));
        let words = match own {
            own if kind.ends_with("Header") && shown => Some(with_stamp(&own.unwrap_or_default(), stamp)),
            own => own,
        };
        if let Some(words) = words {
            inside.push_str(&format!("<{kind}>{words}</{kind}>"));
        }
    }
    let opening = super::package::xml::with(start, false, &[]);
    edits.replace(range.start..all[end].0.end, format!("{opening}{inside}</headerFooter>"));
    Ok(edits.applied(text))
}

/// A header (escaped) with the stamp first in its middle. A header without a code of its part is all middle.
fn with_stamp(header: &str, stamp: &str) -> String {
    let stamp = escaped(stamp);
    match header.split_once("&amp;C") {
        Some((before, middle)) => format!("{before}&amp;C{stamp} {middle}"),
        None if header.starts_with("&amp;L") || header.starts_with("&amp;R") || header.is_empty() => {
            format!("&amp;C{stamp}{header}")
        }
        None => format!("&amp;C{stamp} {header}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: &str = "示意";

    fn stamped_sheet(inside: &str) -> String {
        sheet(&format!("<worksheet><sheetData/>{inside}</worksheet>"), STAMP).unwrap()
    }

    #[test]
    fn a_sheet_without_a_header_gets_one_in_its_place() {
        let header = "<headerFooter><oddHeader>&amp;C示意</oddHeader></headerFooter>";
        assert_eq!(stamped_sheet(""), format!("<worksheet><sheetData/>{header}</worksheet>"));
        assert_eq!(
            stamped_sheet("<pageSetup/><drawing r:id=\"a\"/>"),
            format!("<worksheet><sheetData/><pageSetup/>{header}<drawing r:id=\"a\"/></worksheet>")
        );
        assert!(stamped_sheet("<headerFooter/>").contains(header));
    }

    #[test]
    fn what_a_header_says_stays_behind_the_stamp() {
        let of = |inside: &str| stamped_sheet(&format!("<headerFooter>{inside}</headerFooter>"));
        assert!(
            of("<oddHeader>&amp;L甲&amp;C乙&amp;R丙</oddHeader>").contains("&amp;L甲&amp;C示意 乙&amp;R丙")
        );
        assert!(of("<oddHeader>&amp;L甲</oddHeader>").contains("&amp;C示意&amp;L甲"));
        assert!(of("<oddHeader>甲</oddHeader>").contains("<oddHeader>&amp;C示意 甲"));
        let footer = of("<oddFooter>第&amp;P页</oddFooter>");
        assert!(footer.contains("<oddHeader>&amp;C示意</oddHeader><oddFooter>第&amp;P页</oddFooter>"));
        let first = stamped_sheet(
            "<headerFooter differentFirst=\"1\"><oddHeader>甲</oddHeader><firstFooter>乙</firstFooter></headerFooter>",
        );
        assert!(
            first.contains("<firstHeader>&amp;C示意</firstHeader><firstFooter>乙</firstFooter>"),
            "{first}"
        );
    }
}
