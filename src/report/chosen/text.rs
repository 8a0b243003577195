//! The answer for a terminal.

use super::View;
use super::section::{Part, Section};
use super::sections::short;
use crate::diagnostic::Language;
use crate::report::grid::wrapped;

/// Rows of a list that are shown; all of them stand in the files.
const MOST: usize = 8;

/// The view as lines.
#[must_use]
pub fn text(view: &View, language: Language) -> String {
    let mut parts = vec![head(view, language)];
    parts.extend(short(view, language, MOST).iter().map(|section| lines(section, language)));
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
    parts.join("\n\n") + "\n"
}

fn head(view: &View, language: Language) -> String {
    let mut head = match language {
        Language::Zh => format!("{}，情景“{}”：选哪些项目", view.name, view.scenario),
        Language::En => format!("{}, scenario “{}”: which mix", view.name, view.scenario),
    };
    if let Some(stamp) = view.stamp {
        head.push('\n');
        head.push_str(stamp);
    }
    head
}

fn lines(section: &Section, language: Language) -> String {
    let mut text = String::new();
    let mut after_table = false;
    for part in &section.parts {
        let (part, is_table) = match part {
            Part::Says(words) => (wrapped(words, ""), false),
            Part::Table(table) => {
                let caption = table
                    .caption
                    .map(|caption| format!("{caption}{}\n", language.pick("：", ":")))
                    .unwrap_or_default();
                (caption + &table.listed.text(), true)
            }
            Part::Notes(notes) => {
                let lines: Vec<String> =
                    notes.iter().map(|note| wrapped(&format!("  · {note}"), "    ")).collect();
                (lines.join("\n"), false)
            }
            Part::Picture(_) => continue,
        };
        if !text.is_empty() {
            text.push_str(if after_table && is_table { "\n\n" } else { "\n" });
        }
        text.push_str(part.trim_end());
        after_table = is_table;
    }
    text
}
