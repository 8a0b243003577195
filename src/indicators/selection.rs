//! Flow selections compiled to sparse rows over the flow array.

use super::booking::{Composition, Origin};
use super::definition::{
    Booking, Boundary, Definition, FlowSelection, MaterialSelection, Measure, OriginFilter,
};
use crate::id::{ArcId, Id, MaterialId, PlaceId, ProcessId};
use crate::model::{Material, MaterialKind, Model, Treatment};
use crate::network::{Arc, ArcKind, Network, Node};
use crate::units::Dimension;

/// One entry of a sparse row: an arc and what turns its flow into the term's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pick {
    /// Arc.
    pub arc: ArcId,
    /// Term's units per base unit of the material; before a price, if any.
    pub factor: f64,
    /// Position in the model's prices that the factor is multiplied by.
    pub price: Option<usize>,
}

/// A selection compiled for a network.
#[derive(Clone, Debug, Default)]
pub struct Picks {
    /// The arcs that count.
    pub rows: Vec<Pick>,
    /// The arcs of the same draws and demands that nobody served.
    pub unmet: Vec<Pick>,
    /// Whether each place delivers or stores a selected material (what producer booking needs).
    pub sources: Vec<bool>,
    /// A conversion that a selected material lacks: `material: what`.
    pub lacks: Option<String>,
}

/// Term's units per base unit of a material and the position of a price it is multiplied by, or what
/// the material lacks.
type Conversion = Result<(f64, Option<usize>), String>;

/// Whether a material is selected.
#[must_use]
pub fn selects(selection: &MaterialSelection, material: &Material) -> bool {
    selection.materials.contains(&material.key) || selection.classes.iter().any(|c| material.is_of(c))
}

/// Compiles a selection. O(arcs).
#[must_use]
pub fn compile(
    definition: &Definition,
    selection: &FlowSelection,
    dimension: Dimension,
    model: &Model,
    network: &Network,
) -> Picks {
    let mut picks = Picks { sources: vec![false; model.places.len()], ..Picks::default() };
    let factors: Vec<Option<Conversion>> = model
        .materials
        .enumerate()
        .map(|(id, m)| {
            selects(&selection.materials, m).then(|| conversion(model, id, selection.measure, dimension))
        })
        .collect();
    let draws = selection.kinds.iter().any(|k| matches!(k, ArcKind::Draw | ArcKind::DrawPrior));
    let finals = selection.kinds.iter().any(|k| matches!(k, ArcKind::Final | ArcKind::FinalPrior));
    for (id, arc) in network.arcs.enumerate() {
        let Some(factor) = &factors[arc.material.index()] else { continue };
        mark_source(&mut picks.sources, model, network, arc);
        let counts = selection.kinds.contains(&arc.kind);
        let missing = (draws && arc.kind == ArcKind::Unmet) || (finals && arc.kind == ArcKind::FinalUnmet);
        let exported = export_counts(definition, selection, model, network, arc);
        if !exported && (!(counts || missing) || !treatment_counts(definition, selection, model, arc)) {
            continue;
        }
        match factor {
            Ok((factor, price)) => {
                let pick = Pick { arc: id, factor: *factor, price: *price };
                if counts || exported { picks.rows.push(pick) } else { picks.unmet.push(pick) }
            }
            Err(lacks) => picks.lacks = picks.lacks.or_else(|| Some(lacks.clone())),
        }
    }
    picks
}

/// A place is a source of a material when a process of it delivers the material or a heap of it can.
fn mark_source(sources: &mut [bool], model: &Model, network: &Network, arc: &Arc) {
    let place = match arc.kind {
        ArcKind::Delivery | ArcKind::Made | ArcKind::Recirculated | ArcKind::Loss => {
            process_of(arc).map(|p| model.processes[p].place)
        }
        ArcKind::ReclaimForDraws | ArcKind::ReclaimForTakers | ArcKind::Extraction => {
            acting_place(model, network, arc)
        }
        _ => None,
    };
    if let Some(place) = place {
        for above in model.places.upward(place) {
            sources[above.index()] = true;
        }
    }
}

fn treatment_counts(definition: &Definition, s: &FlowSelection, model: &Model, arc: &Arc) -> bool {
    let process = process_of(arc).map(|p| &model.processes[p]);
    let scale = !s.above_scale
        || process.and_then(|p| p.enterprise).is_some_and(|e| model.enterprises[e].above_scale);
    let treatment = s.treatments.is_empty()
        || process.is_none_or(|p| {
            s.treatments.iter().any(|rule| {
                rule.treatment == p.treatment && rule.switch.as_ref().is_none_or(|sw| definition.is_on(sw))
            })
        });
    scale && treatment
}

/// Whether an export counts as if a taker in the city had treated it so: only where its market says as what.
fn export_counts(
    definition: &Definition,
    selection: &FlowSelection,
    model: &Model,
    network: &Network,
    arc: &Arc,
) -> bool {
    let (ArcKind::Export, Node::Market(market)) = (arc.kind, arc.from) else { return false };
    let rule = network.markets[market].rule.map(|rule| &model.market_rules[rule]);
    let Some(treatment) = rule.and_then(|rule| rule.export_as) else { return false };
    if treatment == Treatment::Storage {
        return selection.kinds.contains(&ArcKind::Store);
    }
    let named = selection.treatments.iter().any(|rule| {
        rule.treatment == treatment && rule.switch.as_ref().is_none_or(|switch| definition.is_on(switch))
    });
    named && selection.kinds.contains(&ArcKind::Take) && !selection.above_scale
}

/// Term's units per base unit of a material, or what the material lacks for it.
///
/// # Errors
/// Names the material and the conversion it does not carry.
pub fn conversion(model: &Model, id: MaterialId, measure: Measure, dimension: Dimension) -> Conversion {
    let material = &model.materials[id];
    let lacks = |what: &str| format!("{}: {what}", material.key);
    match measure {
        Measure::Amount if material.dimension == dimension => Ok((1.0, None)),
        Measure::Amount if dimension == Dimension::Mass => {
            material.mass_per_unit.map(|f| (f, None)).ok_or_else(|| lacks("t"))
        }
        // Water booked by weight: 1 t is 1 m³.
        Measure::Amount
            if dimension == Dimension::Volume
                && (material.kind, material.dimension) == (MaterialKind::Water, Dimension::Mass) =>
        {
            Ok((1.0, None))
        }
        Measure::Amount => Err(lacks(dimension.symbol())),
        Measure::CoalEquivalent => material.tce_per_unit.map(|f| (f, None)).ok_or_else(|| lacks("tce")),
        Measure::Co2 => material.co2_per_unit.map(|f| (f, None)).ok_or_else(|| lacks("t CO2")),
        Measure::Value => {
            let price = model.prices.iter().position(|p| p.material == id);
            price.map(|p| (1.0, Some(p))).ok_or_else(|| lacks("price"))
        }
    }
}

/// The process at an arc, if there is one.
#[must_use]
pub fn process_of(arc: &Arc) -> Option<ProcessId> {
    match (arc.from, arc.to) {
        (Node::Process(p), _) | (_, Node::Process(p)) => Some(p),
        _ => None,
    }
}

/// Where a node lies; `None` for nature, outside and the like.
fn place_of(model: &Model, network: &Network, node: Node) -> Option<PlaceId> {
    match node {
        Node::Process(p) => Some(model.processes[p].place),
        Node::Market(m) | Node::Stock(m) | Node::Demand(m) => Some(network.markets[m].place),
        Node::Nature | Node::Outside | Node::Disposal | Node::Lost | Node::Missing => None,
    }
}

/// Where a flow happens: at its process, or at its market (of two markets the lower one).
fn acting_place(model: &Model, network: &Network, arc: &Arc) -> Option<PlaceId> {
    let lower = if arc.kind == ArcKind::PassDown { arc.to } else { arc.from };
    process_of(arc)
        .map(|p| model.processes[p].place)
        .or_else(|| place_of(model, network, lower))
        .or_else(|| place_of(model, network, arc.to))
}

/// What a place's weight of a flow depends on.
#[derive(Clone, Copy, Debug)]
pub struct Viewpoint<'a> {
    /// Facts.
    pub model: &'a Model,
    /// Network.
    pub network: &'a Network,
    /// For every place whether it lies in the place that is looked at.
    pub within: &'a [bool],
    /// Compositions of the year's pools; empty pools for materials that no term follows.
    pub composition: &'a Composition,
}

impl Viewpoint<'_> {
    fn holds(&self, node: Node) -> Option<bool> {
        place_of(self.model, self.network, node).map(|p| self.within[p.index()])
    }

    /// Whether a flow that is booked where it happens belongs to the place at all.
    #[must_use]
    pub fn contains(&self, selection: &FlowSelection, arc: &Arc) -> bool {
        let (from, to) = (self.holds(arc.from), self.holds(arc.to));
        // Outside is elsewhere; nature, disposal and losses have no side of the border.
        let elsewhere = |node: Node, side: Option<bool>| side == Some(false) || node == Node::Outside;
        match selection.boundary {
            Boundary::At => {
                acting_place(self.model, self.network, arc).is_some_and(|p| self.within[p.index()])
            }
            Boundary::Inside => from == Some(true) && to == Some(true),
            Boundary::In => to == Some(true) && elsewhere(arc.from, from),
            Boundary::Out => from == Some(true) && elsewhere(arc.to, to),
        }
    }

    /// Share of a flow that is booked to the place, 0–1.
    #[must_use]
    pub fn weight(&self, selection: &FlowSelection, arc: &Arc) -> f64 {
        if selection.booking == Booking::Place {
            if !self.contains(selection, arc) {
                return 0.0;
            }
            if selection.origin == OriginFilter::Any {
                return 1.0;
            }
        }
        let booked = |place: PlaceId| selection.booking == Booking::Place || self.within[place.index()];
        self.origin_share(arc, &|origin| match (origin, selection.origin) {
            (Origin::Current(place), OriginFilter::Any | OriginFilter::Current)
            | (Origin::Prior(place), OriginFilter::Any | OriginFilter::Prior) => booked(place),
            (Origin::Outside, OriginFilter::Current) => selection.booking == Booking::Place,
            _ => false,
        })
    }

    /// Share of a flow whose origin passes a test.
    fn origin_share(&self, arc: &Arc, counts: &dyn Fn(Origin) -> bool) -> f64 {
        let whole = |origin: Origin| if counts(origin) { 1.0 } else { 0.0 };
        match (arc.kind, arc.from, arc.to) {
            (
                ArcKind::TakePrior | ArcKind::ReclaimForDraws | ArcKind::ReclaimForTakers,
                Node::Market(m) | Node::Stock(m),
                _,
            ) => whole(Origin::Prior(self.network.markets[m].place)),
            (ArcKind::DrawPrior | ArcKind::FinalPrior, Node::Market(m), _) => {
                self.composition.prior_share(m, counts)
            }
            (ArcKind::Import, ..) => whole(Origin::Outside),
            (ArcKind::StoredByProcess, _, Node::Stock(m)) | (_, Node::Market(m), _) => {
                self.composition.share(m, counts)
            }
            (_, Node::Process(p), _) => whole(Origin::Current(self.model.processes[p].place)),
            (ArcKind::Extraction, _, Node::Market(m)) => {
                whole(Origin::Current(self.network.markets[m].place))
            }
            _ => 0.0,
        }
    }
}
