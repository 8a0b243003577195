//! Sources and named numbers: what the provenance and `=name` of all other rows refer to.

use crate::input::build::Build;
use crate::input::reading::{CommonColumns, NamedNumber, Wanted};
use crate::model::{Parameter, Shelf, Source, TableKind};
use crate::units::Dimension;

/// Reads `sources` and `parameters`. Sources of the catalogue enter the model when a row cites them.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    for table in build.tables.both(TableKind::Sources) {
        let columns = ["id", "title", "address", "read", "verified"].map(|key| table.column(key));
        for row in table.rows() {
            let [id, title, address, read, verified] = columns;
            let optional = |column| row.text(column).map(str::to_owned);
            let Some(key) = row.text(id) else { continue };
            let source = Source {
                key: key.to_owned(),
                title: build.reading.text(row, title).unwrap_or(key).to_owned(),
                address: optional(address),
                read: optional(read),
                verified: optional(verified),
            };
            if table.shelf == Shelf::Catalogue {
                build.reading.shelved_sources.entry(key.to_owned()).or_insert(source);
            } else if !build.reading.source_ids.contains_key(key) {
                let of_title = source.title.clone();
                let number = build.reading.sources.push(source);
                build.reading.source_ids.insert(key.to_owned(), number);
                build.reading.source_ids.entry(of_title).or_insert(number);
            }
        }
    }
    for table in build.tables.both(TableKind::Parameters) {
        let columns = ["id", "value", "unit"].map(|key| table.column(key));
        let common = CommonColumns::of(table);
        for row in table.rows() {
            let [id, value, unit] = columns;
            let unit = row.text(unit).and_then(|text| build.reading.unit(row, unit, text));
            // The value is kept in the unit in which it is written.
            let number = build.reading.quantity(row, value, &Wanted::plain(Dimension::Number));
            let provenance = build.reading.provenance(row, &common);
            let parameter = Parameter {
                key: row.text(id).unwrap_or_default().to_owned(),
                value: number.unwrap_or_else(|| crate::quantity::Quantity::exact(1.0)),
                provenance,
            };
            build.model.parameters.push(parameter.clone());
            build.reading.parameters.push(NamedNumber { parameter, unit });
        }
    }
}
