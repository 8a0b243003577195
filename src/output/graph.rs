//! The network of a model as data for other programs: Graphviz, floWeaver, spreadsheets.

pub mod dot;
pub mod edges;
pub mod sankey;

use super::tables::node_label;
use crate::diagnostic::Language;
use crate::id::{Id, MaterialId, PlaceId};
use crate::model::Model;
use crate::network::{ArcKind, Network, Node};
use crate::simulate::YearResult;

/// What of a network is wanted, and in which language it is named.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Model of the scenario.
    pub model: &'a Model,
    /// Its network.
    pub network: &'a Network,
    /// The year whose flows are given; `None` the structure alone.
    pub year: Option<&'a YearResult>,
    /// Only arcs with an end in this place or below.
    pub place: Option<PlaceId>,
    /// Only arcs of this material.
    pub material: Option<MaterialId>,
    /// Language of names.
    pub language: Language,
}

/// An arc that is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Where it comes from.
    pub from: Node,
    /// Where it goes.
    pub to: Node,
    /// Material.
    pub material: MaterialId,
    /// What it is.
    pub kind: ArcKind,
    /// Base units of the material in the year, > 0; `None` of a structure.
    pub quantity: Option<f64>,
}

impl Wanted<'_> {
    /// The arcs that are wanted, in the order of the network; those that carry nothing in the year are left out.
    /// Complexity O(arcs · depth of places).
    #[must_use]
    pub fn edges(&self) -> Vec<Edge> {
        let arcs = self.network.arcs.enumerate();
        let edge = |(id, arc): (crate::id::ArcId, &crate::network::Arc)| {
            let quantity = self.year.map(|year| year.flows[id.index()]);
            let of_material = self.material.is_none_or(|material| arc.material == material);
            let of_place =
                self.place.is_none_or(|place| self.lies(arc.from, place) || self.lies(arc.to, place));
            let flows = quantity.is_none_or(|quantity| quantity > 0.0);
            (of_material && of_place && flows).then_some(Edge {
                from: arc.from,
                to: arc.to,
                material: arc.material,
                kind: arc.kind,
                quantity,
            })
        };
        arcs.filter_map(edge).collect()
    }

    /// Whether a node lies in a place or below it; what lies outside the city lies nowhere.
    fn lies(&self, node: Node, place: PlaceId) -> bool {
        let at = match node {
            Node::Process(process) => self.model.processes[process].place,
            Node::Market(market) | Node::Stock(market) | Node::Demand(market) => {
                self.network.markets[market].place
            }
            _ => return false,
        };
        self.model.places.is_within(at, place)
    }

    /// The id of a node, as in `flows.csv`.
    fn label(&self, node: Node) -> String {
        node_label(self.model, self.network, node)
    }

    /// The name of a node for readers.
    fn title(&self, node: Node) -> String {
        let language = self.language;
        let named = |zh: &str, en: &str| name_in(language, zh, en).to_owned();
        let of_market = |word: &str, market: crate::id::MarketId| {
            let market = &self.network.markets[market];
            let (material, place) =
                (&self.model.materials[market.material], &self.model.places[market.place]);
            let (material, place) =
                (named(&material.name, &material.name_en), named(&place.name, &place.name_en));
            format!("{word}{material} · {place}")
        };
        match node {
            Node::Process(process) => {
                let process = &self.model.processes[process];
                named(&process.name, &process.name_en)
            }
            Node::Market(market) => of_market("", market),
            Node::Stock(market) => of_market(language.pick("库存 ", "stock of "), market),
            Node::Demand(market) => of_market(language.pick("最终需求 ", "final demand for "), market),
            Node::Nature => language.pick("自然", "nature").to_owned(),
            Node::Outside => language.pick("城外", "outside").to_owned(),
            Node::Disposal => language.pick("处置", "disposal").to_owned(),
            Node::Lost => language.pick("损失", "losses").to_owned(),
            Node::Missing => language.pick("缺口", "missing").to_owned(),
        }
    }

    /// The name of a material for readers.
    fn material(&self, material: MaterialId) -> &str {
        let material = &self.model.materials[material];
        name_in(self.language, &material.name, &material.name_en)
    }

    /// Name of the model, with scenario and year where flows are given.
    fn heading(&self) -> String {
        let named = |zh, en| name_in(self.language, zh, en);
        let settings = &self.model.settings;
        let name = named(&settings.name, &settings.name_en);
        let stamp = if settings.illustrative {
            let [zh, en] = super::STAMP;
            format!(" · {}", self.language.pick(zh, en))
        } else {
            String::new()
        };
        match self.year {
            None => format!("{name}{stamp}"),
            Some(year) => {
                let scenario = &self.model.scenarios[self.model.scenario];
                format!("{name} · {} · {}{stamp}", named(&scenario.name, &scenario.name_en), year.year)
            }
        }
    }
}

/// The word of what a node is.
fn sort(node: Node) -> &'static str {
    match node {
        Node::Process(_) => "process",
        Node::Market(_) => "market",
        Node::Stock(_) => "stock",
        Node::Demand(_) => "demand",
        Node::Nature => "nature",
        Node::Outside => "outside",
        Node::Disposal => "disposal",
        Node::Lost => "lost",
        Node::Missing => "missing",
    }
}

/// Nodes of edges, each once, in order.
fn nodes(edges: &[Edge]) -> Vec<Node> {
    let mut nodes: Vec<Node> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// A name in two languages, of which one is shown.
fn name_in<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    let chosen = language.pick(zh, en);
    if chosen.is_empty() { zh } else { chosen }
}
