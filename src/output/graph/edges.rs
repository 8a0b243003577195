//! A plain list of edges as CSV.

use super::Wanted;
use crate::output::row::{Cell, Field, Kind, Rows, field, head};
use crate::output::tables::kind_word;
use std::io;

const FIELDS: &[Field] = &[
    field("source", Kind::Text, "来自", "from"),
    field("target", Kind::Text, "去往", "to"),
    field("type", Kind::Text, "物质", "material"),
    field("kind", Kind::Text, "流的种类", "what the flow is"),
    field("value", Kind::Number, "每年数量；只有结构时为空", "quantity per year; empty of a structure"),
    field("unit", Kind::Text, "单位", "unit"),
    field("year", Kind::Integer, "年份", "year"),
    field("scenario", Kind::Text, "情景", "scenario"),
];

/// The edges as CSV with a byte order mark.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn edges(wanted: &Wanted<'_>) -> io::Result<String> {
    let mut bytes = head(FIELDS);
    let mut rows = Rows::new(FIELDS);
    let scenario = wanted.model.scenarios[wanted.model.scenario].key.as_str();
    for edge in wanted.edges() {
        let material = &wanted.model.materials[edge.material];
        rows.row(&[
            wanted.label(edge.from).into(),
            wanted.label(edge.to).into(),
            material.key.as_str().into(),
            kind_word(edge.kind).into(),
            Cell::from(edge.quantity),
            material.dimension.symbol().into(),
            Cell::from(wanted.year.map(|year| year.year)),
            Cell::from(wanted.year.map(|_| scenario)),
        ]);
    }
    bytes.extend(rows.end());
    String::from_utf8(bytes).map_err(io::Error::other)
}
