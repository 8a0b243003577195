//! Accounts of a year by place and enterprise: what came in, what became of it, what went out.
//!
//! They restate the flows for readers. That the engine balances is not proved by them but by the audit,
//! which trusts no booked flow.

use crate::id::{Id, MaterialId, PlaceId, Table};
use crate::model::{MaterialKind, Model, Treatment};
use crate::network::{Arc, ArcKind, Network, Node};
use crate::simulate::YearResult;

/// The year of one material in one place or enterprise, in base units of the material.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Account {
    /// Crossed the border inwards.
    pub entering: f64,
    /// Asked for and not served; counted as consumed as well.
    pub unmet: f64,
    /// Given by processes.
    pub produced: f64,
    /// Taken and drawn by processes.
    pub consumed: f64,
    /// Final use.
    pub final_use: f64,
    /// Crossed the border outwards: to other places, outside, nature, disposal, losses.
    pub leaving: f64,
    /// Stock at the end less stock at the begin.
    pub stock_change: f64,
    /// Of what was consumed: waste used (reuse, utilisation, energy recovery, backfill, drawn).
    pub used: f64,
    /// Of what was produced: waste and emissions.
    pub residue: f64,
}

impl Account {
    /// What does not balance: entering + unmet + produced − consumed − final use − leaving − stock change.
    #[must_use]
    pub fn residual(&self) -> f64 {
        (self.entering + self.unmet + self.produced)
            - (self.consumed + self.final_use + self.leaving + self.stock_change)
    }

    /// What does not balance over a border that hides what processes do: entering + unmet − final use −
    /// leaving − stock change. Only of a sum over all materials in mass.
    #[must_use]
    pub fn border_residual(&self) -> f64 {
        (self.entering + self.unmet) - (self.final_use + self.leaving + self.stock_change)
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn add_scaled(&mut self, other: &Self, factor: f64) {
        self.entering += factor * other.entering;
        self.unmet += factor * other.unmet;
        self.produced += factor * other.produced;
        self.consumed += factor * other.consumed;
        self.final_use += factor * other.final_use;
        self.leaving += factor * other.leaving;
        self.stock_change += factor * other.stock_change;
        self.used += factor * other.used;
        self.residue += factor * other.residue;
    }
}

/// All accounts of a year.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// By place, then material: the place with all that lies in it.
    pub places: Vec<Vec<Account>>,
    /// By enterprise, then material; its border is the gate, so that entering = consumed − unmet. Empty of an
    /// enterprise whose processes all stand still, or that has none: a register of firms may be long.
    pub enterprises: Vec<Vec<Account>>,
}

impl Accounts {
    /// The accounts of a solved year. Complexity O(arcs · depth of the tree of places).
    #[must_use]
    pub fn of_year(model: &Model, network: &Network, year: &YearResult) -> Self {
        let blank = vec![Account::default(); model.materials.len()];
        let mut accounts = Self {
            places: vec![blank; model.places.len()],
            enterprises: vec![Vec::new(); model.enterprises.len()],
        };
        for (id, arc) in network.arcs.enumerate() {
            let quantity = year.flows[id.index()];
            if quantity != 0.0 && arc.kind != ArcKind::Recirculated {
                accounts.book_at_places(model, network, arc, quantity);
                accounts.book_at_enterprises(model, arc, quantity);
            }
        }
        for (market, happened) in year.markets.enumerate() {
            let change = happened.closing_stock - happened.opening_stock;
            if change != 0.0 {
                let market = &network.markets[market];
                for place in model.places.upward(market.place) {
                    accounts.places[place.index()][market.material.index()].stock_change += change;
                }
            }
        }
        accounts
    }

    fn book_at_places(&mut self, model: &Model, network: &Network, arc: &Arc, quantity: f64) {
        let (from, to) = (place_of(model, network, arc.from), place_of(model, network, arc.to));
        let material = arc.material.index();
        let holds =
            |ancestor, place: Option<PlaceId>| place.is_some_and(|p| model.places.is_within(p, ancestor));
        if let Some(from) = from {
            for place in model.places.upward(from) {
                let account = &mut self.places[place.index()][material];
                if !holds(place, to) {
                    account.leaving += quantity;
                }
                if let Node::Process(_) = arc.from {
                    account.produced += quantity;
                    account.residue += if is_residue(model, arc) { quantity } else { 0.0 };
                }
            }
        }
        if let Some(to) = to {
            for place in model.places.upward(to) {
                let account = &mut self.places[place.index()][material];
                match arc.from {
                    Node::Missing => account.unmet += quantity,
                    _ if !holds(place, from) => account.entering += quantity,
                    _ => {}
                }
                match arc.to {
                    Node::Process(_) => {
                        account.consumed += quantity;
                        account.used += if is_use(model, arc) { quantity } else { 0.0 };
                    }
                    Node::Demand(_) => account.final_use += quantity,
                    _ => {}
                }
            }
        }
    }

    fn book_at_enterprises(&mut self, model: &Model, arc: &Arc, quantity: f64) {
        let mut outward = Account { produced: quantity, leaving: quantity, ..Account::default() };
        outward.residue = if is_residue(model, arc) { quantity } else { 0.0 };
        let unmet = arc.from == Node::Missing;
        let mut inward = Account { consumed: quantity, ..Account::default() };
        *(if unmet { &mut inward.unmet } else { &mut inward.entering }) = quantity;
        inward.used = if is_use(model, arc) { quantity } else { 0.0 };
        for (node, account) in [(arc.from, outward), (arc.to, inward)] {
            let Node::Process(process) = node else { continue };
            if let Some(enterprise) = model.processes[process].enterprise {
                let accounts = &mut self.enterprises[enterprise.index()];
                accounts.resize(model.materials.len(), Account::default());
                accounts[arc.material.index()].add_scaled(&account, 1.0);
            }
        }
    }
}

/// The sum over all materials that have a mass, in tonnes.
#[must_use]
pub(super) fn in_mass(model: &Model, accounts: &[Account]) -> Account {
    let materials: &Table<MaterialId, _> = &model.materials;
    materials.iter().zip(accounts).fold(Account::default(), |mut sum, (material, account)| {
        if let Some(mass) = material.mass_per_unit {
            sum.add_scaled(account, mass);
        }
        sum
    })
}

/// Where a node lies; `None` for what lies outside the city.
fn place_of(model: &Model, network: &Network, node: Node) -> Option<PlaceId> {
    match node {
        Node::Process(process) => Some(model.processes[process].place),
        Node::Market(market) | Node::Stock(market) | Node::Demand(market) => {
            Some(network.markets[market].place)
        }
        Node::Nature | Node::Outside | Node::Disposal | Node::Lost | Node::Missing => None,
    }
}

fn is_use(model: &Model, arc: &Arc) -> bool {
    let Node::Process(process) = arc.to else { return false };
    model.materials[arc.material].kind == MaterialKind::Waste
        && matches!(
            model.processes[process].treatment,
            Treatment::Reuse
                | Treatment::Utilisation
                | Treatment::EnergyRecovery
                | Treatment::Backfill
                | Treatment::None
        )
}

fn is_residue(model: &Model, arc: &Arc) -> bool {
    matches!(arc.kind, ArcKind::Delivery | ArcKind::Loss)
        && matches!(model.materials[arc.material].kind, MaterialKind::Waste | MaterialKind::Emission)
}
