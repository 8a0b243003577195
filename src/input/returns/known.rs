//! A model's tables read so far that rows can be told apart and compared: headers, units and references understood.

use crate::calendar::Month;
use crate::diagnostic::Findings;
use crate::input::attributes::{Attribute, DefaultUnit, Kind};
use crate::input::changes::{AllNames, as_id};
use crate::input::collected::Collected;
use crate::input::files::{self, Meaning, meaning};
use crate::input::names::folded;
use crate::input::read::{Column, RawTable, Row, delimited, encoding};
use crate::input::reading::truth_of;
use crate::input::{InputFile, ModelText, identity, sheets, tables, texts};
use crate::model::{Shelf, TableKind};
use crate::quantity::number;
use crate::units::Unit;
use std::collections::BTreeMap;
use std::path::Path;

/// Codes of tables that are not there: a return holds a part of a model.
const MISSING: [&str; 2] = ["E002", "E029"];

/// A model's tables, as text and as raw tables.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its text.
    pub text: ModelText,
    /// What is wrong with its files, sheets, headers and cells; what rows mean is not looked at.
    pub findings: Findings,
    /// Its tables with every row, those of other sources among them.
    pub(super) raw: BTreeMap<TableKind, RawTable>,
    /// Ids and names, the catalogue's too.
    pub(super) names: AllNames,
}

impl Known {
    /// The tables of a folder or workbook on disk.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let mut found = Collected::default();
        let files = files::read(path, &mut found);
        Self::gathered(&files, found)
    }

    /// The tables of a model's files, a folder's or a workbook's. Complexity O(cells).
    #[must_use]
    pub fn of(files: &[InputFile]) -> Self {
        Self::gathered(files, Collected::default())
    }

    fn gathered(files: &[InputFile], mut found: Collected) -> Self {
        let opened = sheets(files, &mut found);
        let files_read = opened.as_deref().unwrap_or(files);
        let read = tables::read(files_read, &mut found);
        let mut raw = BTreeMap::new();
        for file in files_read {
            let (Meaning::Table(attributes), Ok(text)) = (meaning(&file.name), encoding::decode(&file.bytes))
            else {
                continue;
            };
            // What is wrong with the text was told just now.
            let mut told = Findings::default();
            let mut table = delimited::table(&text, attributes, Shelf::Model, &file.name, &mut told);
            tables::name_statistics(&mut table);
            raw.entry(attributes.table).or_insert(table);
        }
        let mut findings = found.finish();
        findings.0.retain(|finding| !MISSING.contains(&finding.code.0));
        let names = identity::names(&read).into_iter().map(|(kind, (names, _))| (kind, names));
        Self { text: texts(files), findings, raw, names: names.collect() }
    }

    /// Whether there is no table at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// Whether there can be but one row of what tells rows of a table apart.
    pub(super) fn has_one_row_of_an_identity(&self, kind: TableKind) -> bool {
        let attributes = crate::input::attributes::of(kind);
        attributes.is_some_and(|table| {
            !table.unique.is_empty() || table.columns.iter().any(|column| column.kind == Kind::Id)
        })
    }

    /// The id that a reference stands for, or the word of a choice, else the text itself.
    pub(super) fn id(&self, attribute: &Attribute, text: &str) -> String {
        as_id(&self.names, attribute, text)
    }

    /// A cell in a form in which the same is written the same: ids for names, words of choices, plain numbers and
    /// months; without its unit. Empty for an empty cell.
    pub(super) fn plain(&self, row: Row<'_>, column: Column) -> String {
        let text = row.text(column).unwrap_or_default();
        let parts = |separator: [char; 4]| {
            let parts = text.split(separator).map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        match column.attribute.kind {
            Kind::Reference(_) | Kind::Choice(_) => self.id(column.attribute, text),
            Kind::References(table) => {
                let single = Attribute { kind: Kind::Reference(table), ..*column.attribute };
                let ids = parts([';', '；', '、', '|']).into_iter().map(|part| self.id(&single, &part));
                ids.collect::<Vec<_>>().join(";")
            }
            Kind::Flag => truth_of(text)
                .map_or_else(|| text.to_owned(), |truth| (if truth { "yes" } else { "no" }).to_owned()),
            Kind::Month => Month::parse(text).map_or_else(|| text.to_owned(), |month| month.to_string()),
            kind if kind.is_number() => match number(text) {
                Ok(number) => number.to_string(),
                Err(_) => folded(text),
            },
            // `007` is not `7` where it is a name.
            _ => text.to_owned(),
        }
    }
}

/// The unit of a measured cell as it is said: in the row, the header, the units row, or by default; `None` where the
/// material says it. The error is a text that names no unit.
pub(super) fn unit_of(row: Row<'_>, column: Column) -> Result<Option<Unit>, String> {
    let parsed = |text: &str| Unit::parse(text).map(Some).map_err(|_| text.to_owned());
    let of_row = column.attribute.unit.column.map(|key| row.table.column(key));
    if let Some(text) = of_row.and_then(|of_row| row.text(of_row)) {
        return parsed(text);
    }
    match (column.unit, column.attribute.unit.default) {
        (Some(unit), _) => Ok(Some(unit)),
        (None, DefaultUnit::Text(text)) if !text.is_empty() => parsed(text),
        _ => Ok(None),
    }
}

/// All columns of a table, those that its file has.
pub(super) fn columns(table: &RawTable) -> Vec<Column> {
    let all = table.attributes.all_columns().enumerate();
    all.map(|(number, attribute)| table.numbered(number, attribute))
        .filter(|column| table.has(*column))
        .collect()
}
