//! The audit's own reading of the model: who trades in which market and on which side, what a market may do.
//!
//! The engine has readings of its own in the network and the plan; none of them is used here.

use crate::id::{MarketId, MaterialId, PlaceId, Table};
use crate::model::{Driver, Market, MarketRule, MaterialKind, Model, Process, Role, Sink, Treatment};
use crate::quantity::Quantity;
use std::collections::BTreeMap;

/// Where a material is traded.
pub(super) struct MarketPlaces {
    at: BTreeMap<(MaterialId, PlaceId), MarketId>,
}

impl MarketPlaces {
    /// Where these markets are.
    pub(super) fn of(markets: &Table<MarketId, Market>) -> Self {
        Self { at: markets.enumerate().map(|(id, market)| ((market.material, market.place), id)).collect() }
    }

    /// The nearest market of a material at or above a place.
    pub(super) fn nearest(&self, model: &Model, material: MaterialId, place: PlaceId) -> MarketId {
        let found = model.places.upward(place).find_map(|place| self.at.get(&(material, place)));
        *found.expect("what is traded has a market at the root")
    }

    /// The market to which another passes up; none at the root.
    pub(super) fn above(&self, model: &Model, market: &Market) -> Option<MarketId> {
        let parent = model.places[market.place].parent?;
        Some(self.nearest(model, market.material, parent))
    }

    /// All markets, those of deeper places first.
    pub(super) fn deepest_first(&self, model: &Model) -> Vec<MarketId> {
        let depth = |place: PlaceId| model.places.upward(place).count();
        let mut all: Vec<(usize, MarketId)> =
            self.at.iter().map(|(&(_, place), &id)| (depth(place), id)).collect();
        all.sort_unstable_by_key(|&(depth, id)| (std::cmp::Reverse(depth), id));
        all.into_iter().map(|(_, id)| id).collect()
    }
}

/// On which side of its market a recipe row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Taken as feed.
    Take,
    /// Taken into the market's stock.
    Store,
    /// Drawn, whatever there is.
    Draw,
    /// Made on call.
    Make,
    /// Delivered as it comes.
    Deliver,
    /// Not traded.
    None,
}

impl Side {
    /// The side of a row of a process's recipe.
    pub(super) fn of(process: &Process, row: usize) -> Self {
        let takes = matches!(process.driver, Driver::Feed | Driver::Both) && row == process.reference;
        let makes = match process.driver {
            Driver::Demand => row == process.called.unwrap_or(process.reference),
            Driver::Both => process.called == Some(row),
            Driver::Level | Driver::Feed => false,
        };
        let stores = process.driver == Driver::Feed && process.treatment == Treatment::Storage;
        match process.rows[row].role {
            Role::Loss | Role::Recirculated => Self::None,
            Role::Feed | Role::Input if takes && stores => Self::Store,
            Role::Feed | Role::Input if takes => Self::Take,
            Role::Feed | Role::Input => Self::Draw,
            Role::Product | Role::Byproduct | Role::Emission if makes => Self::Make,
            Role::Product | Role::Byproduct | Role::Emission => Self::Deliver,
        }
    }
}

/// The rows of market rules by material and place.
pub(super) struct Rules<'a> {
    at: BTreeMap<(MaterialId, PlaceId), &'a MarketRule>,
}

impl<'a> Rules<'a> {
    /// Those of a model.
    pub(super) fn of(model: &'a Model) -> Self {
        Self { at: model.market_rules.iter().map(|rule| ((rule.material, rule.place), rule)).collect() }
    }
}

/// What a market may do; base units a year, infinite where there is no limit.
pub(super) struct MarketReading {
    pub(super) import: f64,
    pub(super) export: f64,
    pub(super) pass_up: f64,
    pub(super) sink: Sink,
    reclaim_limit: Option<f64>,
    reclaim_share: f64,
}

impl MarketReading {
    /// What the tables say of a market, and the defaults of its material's kind where they say nothing.
    pub(super) fn of(model: &Model, rules: &Rules<'_>, market: &Market) -> Self {
        let rule = rules.at.get(&(market.material, market.place)).copied();
        let given = |pick: fn(&MarketRule) -> Option<Quantity>| Some(rule.and_then(pick)?.central);
        let material = &model.materials[market.material];
        let (trades, default_sink) = match material.kind {
            MaterialKind::Resource | MaterialKind::Product | MaterialKind::Energy => (true, Sink::Storage),
            MaterialKind::Waste => (false, Sink::Storage),
            MaterialKind::Water | MaterialKind::Emission => (false, Sink::Discharge),
        };
        let without_limit = |freely: bool| if freely { f64::INFINITY } else { 0.0 };
        let is_root = model.places[market.place].parent.is_none();
        let keeps = rule.is_some_and(|rule| rule.keep_local);
        let pass_up = given(|rule| rule.pass_up_limit);
        let import = match is_root {
            true => {
                given(|rule| rule.import_limit).unwrap_or(without_limit(trades || material.is_from_nature()))
            }
            false => 0.0,
        };
        let export = match is_root || keeps || pass_up.is_some() {
            true => given(|rule| rule.export_limit).unwrap_or(without_limit(trades)),
            false => 0.0,
        };
        Self {
            import,
            export,
            pass_up: if is_root || keeps { 0.0 } else { pass_up.unwrap_or(f64::INFINITY) },
            sink: rule.and_then(|rule| rule.sink).unwrap_or(default_sink),
            reclaim_limit: given(|rule| rule.reclaim_limit),
            reclaim_share: given(|rule| rule.reclaim_share).unwrap_or(0.0),
        }
    }

    /// Greatest use of prior-year stock, of what lies there at the begin of the year.
    pub(super) fn reclaim(&self, opening: f64) -> f64 {
        self.reclaim_limit.unwrap_or(self.reclaim_share * opening).min(opening)
    }
}
