//! How the user wrote the names of tables and columns.

use super::tables::Tables;
use crate::diagnostic::Findings;
use crate::model::TableKind;
use std::collections::BTreeMap;

/// File names and headers of the model's own tables, so that findings of the engine and the money name what the
/// user sees.
#[derive(Clone, Debug, Default)]
pub struct Written(BTreeMap<String, (String, BTreeMap<&'static str, String>)>);

impl Written {
    /// Those of a set of tables.
    pub(super) fn of(tables: &Tables) -> Self {
        let own = TableKind::ALL.into_iter().filter_map(|kind| Some((kind, tables.own(kind)?)));
        let named = own.map(|(kind, table)| {
            let columns = table.attributes.all_columns().enumerate();
            let headers = columns
                .map(|(number, a)| (a.key, table.header(table.numbered(number, a)).to_owned()))
                .collect();
            (format!("{}.csv", kind.stem()), (table.file.clone(), headers))
        });
        Self(named.collect())
    }

    /// Findings that name a table and a key, with the file and the header as the user wrote them.
    #[must_use]
    pub fn named(&self, mut findings: Findings) -> Findings {
        for finding in &mut findings.0 {
            let Some((file, headers)) = self.0.get(&finding.spot.file) else { continue };
            finding.spot.file.clone_from(file);
            if let Some(header) = finding.spot.column.as_deref().and_then(|key| headers.get(key)) {
                finding.spot.column = Some(header.clone());
            }
        }
        findings
    }
}
