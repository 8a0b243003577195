//! Which technologies, recipes and materials a model uses: only those of the catalogue enter it.

use super::names::{Found, Names};
use super::tables::Tables;
use crate::model::{Shelf, TableKind};
use std::collections::{BTreeMap, BTreeSet};

/// What is used, by raw row.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Rows of `technologies`.
    pub(super) technologies: BTreeSet<u32>,
    /// Rows of `materials`.
    pub(super) materials: BTreeSet<u32>,
    /// Rows of `recipes` by row of `technologies`.
    pub(super) of_technology: BTreeMap<u32, Vec<u32>>,
    /// Row of `processes` with row of `recipes`, ascending: of a large model there are many.
    of_process: Vec<(u32, u32)>,
}

/// Columns that use materials outside recipes.
const MATERIAL_COLUMNS: [(TableKind, &str); 6] = [
    (TableKind::Demand, "material"),
    (TableKind::Markets, "material"),
    (TableKind::Prices, "material"),
    (TableKind::Effects, "material"),
    (TableKind::Stocks, "material_in"),
    (TableKind::Stocks, "material_out"),
];

impl Usage {
    /// Follows references from processes, projects, demand, markets and prices. Unknown names are passed over;
    /// they are told where they are read.
    pub(super) fn of(tables: &Tables, names: &BTreeMap<TableKind, Names>) -> Self {
        let mut usage = Self::default();
        let find = |kind: TableKind, text: Option<&str>| match names.get(&kind)?.find(text?) {
            Found::Row(row) => Some(row),
            Found::Ambiguous | Found::Nothing => None,
        };
        for kind in [TableKind::Processes, TableKind::Projects] {
            let Some(table) = tables.own(kind) else { continue };
            let technology = table.column("technology");
            usage
                .technologies
                .extend(table.rows().filter_map(|row| find(TableKind::Technologies, row.text(technology))));
        }
        let mut number = 0;
        let mut own_recipes = BTreeSet::new();
        for table in tables.both(TableKind::Recipes) {
            let columns = ["technology", "process", "material"].map(|key| table.column(key));
            let [technology, process, material] = columns;
            for row in table.rows() {
                let of = find(TableKind::Technologies, row.text(technology));
                let replaced =
                    table.shelf == Shelf::Catalogue && of.is_some_and(|of| own_recipes.contains(&of));
                if let Some(of) = of.filter(|_| !replaced) {
                    usage.of_technology.entry(of).or_default().push(number);
                    if table.shelf == Shelf::Model {
                        own_recipes.insert(of);
                    }
                }
                let process = find(TableKind::Processes, row.text(process));
                if let Some(process) = process {
                    usage.of_process.push((process, number));
                }
                let used = process.is_some() || of.is_some_and(|of| usage.technologies.contains(&of));
                if used && !replaced {
                    usage.materials.extend(find(TableKind::Materials, row.text(material)));
                }
                number += 1;
            }
        }
        usage.of_process.sort_unstable();
        for (kind, key) in MATERIAL_COLUMNS {
            let Some(table) = tables.own(kind) else { continue };
            let material = table.column(key);
            usage
                .materials
                .extend(table.rows().filter_map(|row| find(TableKind::Materials, row.text(material))));
        }
        usage
    }

    /// Of a row of `processes`: that row with each row of `recipes` of it.
    pub(super) fn of_process(&self, process: u32) -> &[(u32, u32)] {
        let begin = self.of_process.partition_point(|(of, _)| *of < process);
        let count = self.of_process[begin..].partition_point(|(of, _)| *of == process);
        &self.of_process[begin..begin + count]
    }
}
