//! `flows.csv`: every flow that is not zero.

use super::{ResultTable, Results, node_label};
use crate::id::Id;
use crate::network::{ArcKind, Node};
use crate::output::row::{Field, Kind, Rows, field};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "flows",
    zh: "物质流（为零的不列）",
    en: "Material flows (those of zero are left out)",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("year", Kind::Integer, "年份", "year"),
    field("from", Kind::Text, "来自", "from"),
    field("to", Kind::Text, "去往", "to"),
    field("material", Kind::Text, "物料", "material"),
    field("quantity", Kind::Number, "每年数量", "quantity per year"),
    field("unit", Kind::Text, "单位", "unit"),
    field(
        "origin",
        Kind::Text,
        "来源年份：current 当年，prior_stock 往年贮存，unmet 未满足",
        "current, prior_stock (of earlier years' stock) or unmet (asked for and not served)",
    ),
    field("kind", Kind::Text, "流的种类", "what the flow is"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        let (model, network) = (scenario.model, scenario.network);
        let labels: Vec<(String, String)> = network
            .arcs
            .iter()
            .map(|arc| (node_label(model, network, arc.from), node_label(model, network, arc.to)))
            .collect();
        for year in &scenario.run.trajectory.years {
            for (id, arc) in network.arcs.enumerate() {
                let quantity = year.flows[id.index()];
                if quantity == 0.0 {
                    continue;
                }
                let material = &model.materials[arc.material];
                let (from, to) = &labels[id.index()];
                rows.row(&[
                    scenario.key.into(),
                    year.year.into(),
                    from.as_str().into(),
                    to.as_str().into(),
                    material.key.as_str().into(),
                    quantity.into(),
                    material.dimension.symbol().into(),
                    origin(arc.kind, arc.from).into(),
                    kind_word(arc.kind).into(),
                ]);
            }
        }
    }
}

fn origin(kind: ArcKind, from: Node) -> &'static str {
    match (kind, from) {
        (_, Node::Missing) => "unmet",
        (_, Node::Stock(_)) => "prior_stock",
        (ArcKind::TakePrior | ArcKind::DrawPrior | ArcKind::FinalPrior, _) => "prior_stock",
        _ => "current",
    }
}

/// The word of what a flow is.
pub fn kind_word(kind: ArcKind) -> &'static str {
    match kind {
        ArcKind::Take => "take",
        ArcKind::TakePrior => "take_prior",
        ArcKind::Draw => "draw",
        ArcKind::DrawPrior => "draw_prior",
        ArcKind::Unmet => "unmet",
        ArcKind::Delivery => "delivery",
        ArcKind::Made => "made",
        ArcKind::Loss => "loss",
        ArcKind::Recirculated => "recirculated",
        ArcKind::StoredByProcess => "stored_by_process",
        ArcKind::Final => "final",
        ArcKind::FinalPrior => "final_prior",
        ArcKind::FinalUnmet => "final_unmet",
        ArcKind::PassUp => "pass_up",
        ArcKind::PassDown => "pass_down",
        ArcKind::Import => "import",
        ArcKind::Extraction => "extraction",
        ArcKind::Export => "export",
        ArcKind::Store => "store",
        ArcKind::Dispose => "dispose",
        ArcKind::Discharge => "discharge",
        ArcKind::ReclaimForDraws => "reclaim_for_draws",
        ArcKind::ReclaimForTakers => "reclaim_for_takers",
    }
}
