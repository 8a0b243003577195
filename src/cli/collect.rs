//! `workbook split` and `workbook merge`: a workbook for each county unit or enterprise, and what comes back.

mod answers;
mod merge;
pub(super) mod record;

pub(super) use merge::merge;

use super::exit::Exit;
use super::first_words::typed;
use super::model;
use super::run::cannot_write;
use super::terminal::Terminal;
use super::workbook::new_folder;
use crate::input::returns::{self, By, Known, Unit};
use crate::output::portable;
use crate::report::workbook::tables::{self, Wording};
use crate::report::workbook::xlsx;
use clap::ValueEnum;
use serde_json::json;
use std::io;
use std::path::Path;

/// By what a model is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Whom {
    /// 县区 / county units
    Place,
    /// 企业 / enterprises
    Enterprise,
}

impl From<Whom> for By {
    fn from(whom: Whom) -> Self {
        match whom {
            Whom::Place => Self::Place,
            Whom::Enterprise => Self::Enterprise,
        }
    }
}

/// What `merge` is asked for besides its folders.
pub(super) struct Asked<'a> {
    /// The model that was split.
    pub(super) model: Option<&'a Path>,
    /// By what.
    pub(super) by: Whom,
    /// Last day.
    pub(super) due: Option<&'a str>,
}

/// The tables of a model that has no error.
fn known(model: Option<&Path>, terminal: &mut Terminal) -> Result<Known, Exit> {
    Ok(Known::of(&model::load_sound(model, terminal)?.inputs))
}

/// The name of a unit's workbook.
fn file_of(unit: &Unit) -> String {
    format!("{}.xlsx", portable::portable(&format!("{}-{}", unit.key, unit.name)))
}

pub(super) fn split(
    model: Option<&Path>,
    folder: &Path,
    by: Whom,
    terminal: &mut Terminal,
) -> io::Result<Exit> {
    let base = match known(model, terminal) {
        Ok(base) => base,
        Err(exit) => return Ok(exit),
    };
    let units = returns::units(&base, by.into());
    let mut files = Vec::with_capacity(units.len());
    for unit in &units {
        let book = tables::book(&unit.model, Wording::Translated, terminal.language());
        files.push((file_of(unit), xlsx::bytes(&book).map_err(io::Error::other)?));
    }
    if let Err(refused) = new_folder(folder, &files) {
        return Ok(cannot_write(&refused, terminal));
    }
    let count = |unit: &Unit| unit.rows.values().map(Vec::len).sum::<usize>();
    if terminal.is_json() {
        let of = |unit: &Unit| json!({ "unit": unit.key, "name": unit.name, "file": file_of(unit), "rows": count(unit) });
        terminal.print_json(&units.iter().map(of).collect::<Vec<_>>())?;
    } else {
        for unit in &units {
            let word = terminal.pick("行", "rows");
            terminal.print(&format!("{}  {} {word}", folder.join(file_of(unit)).display(), count(unit)))?;
        }
    }
    let next = terminal.pick("下一步：发给各单位，收齐后", "Next: send them out, and when they are back");
    let of = model.map_or_else(String::new, |model| format!(" -m {}", typed(model)));
    let by = if by == Whom::Enterprise { " --by enterprise" } else { "" };
    terminal.talk(&format!("{next} circflow workbook merge {} NEW{of}{by}", typed(folder)));
    Ok(Exit::Done)
}
