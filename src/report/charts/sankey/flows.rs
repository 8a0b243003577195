//! Which flows of a year a diagram shows, as amounts between nodes.

use super::graph::Class;
use super::key::{Key, Purpose, is_waste};
use crate::id::{Id, MaterialId, PlaceId, ProcessId};
use crate::model::{MaterialKind, Model, Treatment};
use crate::network::{Arc, ArcKind, Network, Node};
use crate::simulate::YearResult;
use std::collections::BTreeMap;

/// Class of gases taken from and given to the air that only close balances.
const BALANCING: &str = "balancing_gas";

/// What a diagram is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All solids of the city, processes by technology.
    City,
    /// Wastes of the city only.
    Wastes,
    /// One place, each process by its name.
    Place(PlaceId),
}

/// Amounts in t by the nodes they flow between and the class they are of.
pub type Tonnes = BTreeMap<(Key, Key, Class), f64>;

/// Flows of a year.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    /// What is shown.
    pub tonnes: Tonnes,
    /// What processes give off of water, emissions and balancing gases, t: not shown.
    pub left_out: f64,
    /// What goes from one process back into itself without being traded, t: not shown.
    pub recirculated: f64,
}

/// Flows of a year that a diagram is about. Water, emissions and gases that only close balances are left out, as is what
/// has no mass; surplus passed between markets of one material is no flow of its own.
#[must_use]
pub fn of_year(model: &Model, network: &Network, year: &YearResult, scope: Scope) -> Flows {
    let mut flows = Flows::default();
    for (id, arc) in network.arcs.enumerate() {
        let quantity = year.flows[id.index()];
        let material = &model.materials[arc.material];
        let Some(mass) = material.mass_per_unit.filter(|_| quantity > 0.0) else { continue };
        let Some((from, to)) = ends(model, network, arc, scope) else { continue };
        let tonnes = quantity * mass;
        if !is_shown(model, arc.material) {
            if matches!(arc.kind, ArcKind::Delivery | ArcKind::Loss) {
                flows.left_out += tonnes;
            }
        } else if scope == Scope::Wastes && !is_waste(model, arc.material) {
            // Another diagram's.
        } else if arc.kind == ArcKind::Recirculated {
            flows.recirculated += tonnes;
        } else if from != to || from.sort() != super::graph::Sort::Material {
            let class = if scope == Scope::Wastes { Class::of_waste(material) } else { Class::of(material) };
            if scope == Scope::Wastes
                && let Node::Process(process) = arc.to
                && model.processes[process].treatment != Treatment::Storage
            {
                // What a process takes ends as what it is taken for; what it gives off begins anew.
                let used = Key::Used(model.processes[process].treatment);
                *flows.tonnes.entry((to.clone(), used, class)).or_default() += tonnes;
            }
            *flows.tonnes.entry((from, to, class)).or_default() += tonnes;
        }
    }
    flows
}

/// Whether flows of a material are drawn at all.
#[must_use]
pub fn is_shown(model: &Model, material: MaterialId) -> bool {
    let material = &model.materials[material];
    !matches!(material.kind, MaterialKind::Water | MaterialKind::Emission) && !material.is_of(BALANCING)
}

/// The nodes an arc joins in a diagram; `None` when it is no part of it.
fn ends(model: &Model, network: &Network, arc: &Arc, scope: Scope) -> Option<(Key, Key)> {
    let place = match scope {
        Scope::City | Scope::Wastes => {
            let key = |node, enters| city_key(model, node, arc.material, enters);
            return Some((key(arc.from, false), key(arc.to, true)));
        }
        Scope::Place(place) => place,
    };
    let inside = |node: Node| match node {
        Node::Process(id) => model.places.is_within(model.processes[id].place, place),
        Node::Market(id) | Node::Stock(id) | Node::Demand(id) => {
            model.places.is_within(network.markets[id].place, place)
        }
        _ => false,
    };
    if !inside(arc.from) && !inside(arc.to) {
        return None;
    }
    let key = |node: Node, enters: bool| match node {
        Node::Process(id) => in_use(model, id).unwrap_or(Key::Own(id)),
        Node::Market(_) if inside(node) => Key::Material(arc.material),
        Node::Market(_) if enters => Key::Outgoing(arc.material),
        Node::Market(_) => Key::Incoming(arc.material),
        _ => city_key(model, node, arc.material, enters),
    };
    Some((key(arc.from, false), key(arc.to, true)))
}

/// The node of the two processes of an in-use stock, which stands between them.
fn in_use(model: &Model, process: ProcessId) -> Option<Key> {
    let stock = &model.stocks[model.stock_of(process)?];
    Some(if stock.enters == process { Key::IntoUse } else { Key::OutOfUse })
}

fn city_key(model: &Model, node: Node, material: MaterialId, enters: bool) -> Key {
    match node {
        Node::Process(id) => in_use(model, id).unwrap_or_else(|| {
            let process = &model.processes[id];
            let purpose = Purpose::of(process);
            process.technology.map_or(Key::Own(id), |technology| Key::Technology(technology, purpose))
        }),
        Node::Market(_) => Key::Material(material),
        Node::Stock(_) if enters => Key::Storage,
        Node::Stock(_) => Key::OldStock,
        Node::Demand(_) => Key::Final,
        Node::Nature if enters => Key::Discharge,
        Node::Nature => Key::Extraction,
        Node::Outside if enters => Key::Export,
        Node::Outside => Key::Import,
        Node::Disposal => Key::Disposal,
        Node::Lost => Key::Lost,
        Node::Missing => Key::Missing,
    }
}
