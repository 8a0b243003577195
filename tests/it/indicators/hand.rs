//! Years made by hand: a town with markets, arcs and flows as the test says, no engine.

use crate::town::Town;
use circflow::funding::ledger::ProjectSchedule;
use circflow::id::{ArcId, Id, MarketId, MaterialId, PlaceId, ProcessId, Table};
use circflow::indicators::{Definition, IndicatorValue, appraise};
use circflow::input::indicators::read_sets;
use circflow::model::{
    Market, Places, Provenance, Quality, Series, Sink, Statistic, SurplusRule, TableKind, Target,
};
use circflow::network::{Arc, ArcKind, Network, Node};
use circflow::simulate::{MarketYear, Trajectory, YearResult};
use circflow::units::Dimension;

/// A row of some quality.
pub(crate) fn row(table: TableKind, quality: Quality) -> Provenance {
    Provenance { quality: Some(quality), ..Provenance::made(table) }
}

pub(crate) struct Hand {
    pub(crate) town: Town,
    pub(crate) network: Network,
    /// Flows by arc, the same in every year but for `changes`.
    flows: Vec<f64>,
    changes: Vec<(i32, ArcId, f64)>,
    pub(crate) stocks: Vec<(MarketId, f64, f64)>,
    pub(crate) schedules: Vec<ProjectSchedule>,
    /// Years that were solved.
    pub(crate) years: Vec<i32>,
}

impl Hand {
    pub(crate) fn new(town: Town) -> Self {
        let network = Network {
            markets: Table::new(),
            parent: Vec::new(),
            trades: Vec::new(),
            demands: Vec::new(),
            arcs: Table::new(),
            graph: Default::default(),
        };
        let years = town.model.settings.years().collect();
        Self {
            town,
            network,
            flows: Vec::new(),
            changes: Vec::new(),
            stocks: Vec::new(),
            schedules: Vec::new(),
            years,
        }
    }

    /// A market; those above it must stand already.
    pub(crate) fn market(&mut self, material: MaterialId, place: PlaceId) -> MarketId {
        let places = &self.town.model.places;
        let parent = places
            .upward(place)
            .skip(1)
            .find_map(|p| self.network.markets.find(|m| m.material == material && m.place == p))
            .map(|(id, _)| id);
        self.network.parent.push(parent);
        let surplus = SurplusRule { passes_up: parent.is_some(), has_exits: true, sink: Sink::Storage };
        self.network.markets.push(Market { material, place, rule: None, surplus })
    }

    fn arc(
        &mut self,
        kind: ArcKind,
        from: Node,
        to: Node,
        material: MaterialId,
        process: Option<ProcessId>,
        amount: f64,
    ) -> ArcId {
        let row = process.map(|p| {
            let rows = &self.town.model.processes[p].rows;
            (p, rows.iter().position(|r| r.material == material).expect("a row of the material"))
        });
        self.flows.push(amount);
        self.network.arcs.push(Arc { from, to, material, kind, row })
    }

    /// A process delivers to a market.
    pub(crate) fn delivery(&mut self, process: ProcessId, market: MarketId, amount: f64) -> ArcId {
        let material = self.network.markets[market].material;
        let (from, to) = (Node::Process(process), Node::Market(market));
        self.arc(ArcKind::Delivery, from, to, material, Some(process), amount)
    }

    /// A process gets from a market: take, draw, or the same of prior-year stock.
    pub(crate) fn get(&mut self, kind: ArcKind, market: MarketId, process: ProcessId, amount: f64) -> ArcId {
        let material = self.network.markets[market].material;
        let (from, to) = (Node::Market(market), Node::Process(process));
        self.arc(kind, from, to, material, Some(process), amount)
    }

    /// Water that goes round in a process, and the like.
    pub(crate) fn round(&mut self, process: ProcessId, material: MaterialId, amount: f64) -> ArcId {
        let node = Node::Process(process);
        self.arc(ArcKind::Recirculated, node, node, material, Some(process), amount)
    }

    /// A flow at a market without a process.
    pub(crate) fn at(&mut self, kind: ArcKind, market: MarketId, amount: f64) -> ArcId {
        let material = self.network.markets[market].material;
        let here = Node::Market(market);
        let parent = || Node::Market(self.network.parent[market.index()].expect("a market above"));
        let (from, to) = match kind {
            ArcKind::PassUp => (here, parent()),
            ArcKind::PassDown => (parent(), here),
            ArcKind::Import => (Node::Outside, here),
            ArcKind::Extraction => (Node::Nature, here),
            ArcKind::Export => (here, Node::Outside),
            ArcKind::Store => (here, Node::Stock(market)),
            ArcKind::Dispose => (here, Node::Disposal),
            ArcKind::Discharge => (here, Node::Nature),
            ArcKind::ReclaimForDraws | ArcKind::ReclaimForTakers => (Node::Stock(market), here),
            ArcKind::Final | ArcKind::FinalPrior => (here, Node::Demand(market)),
            ArcKind::FinalUnmet => (Node::Missing, Node::Demand(market)),
            other => panic!("{other:?} is no flow of a market alone"),
        };
        self.arc(kind, from, to, material, None, amount)
    }

    /// A draw that nobody serves.
    pub(crate) fn unmet(&mut self, process: ProcessId, material: MaterialId, amount: f64) -> ArcId {
        let to = Node::Process(process);
        self.arc(ArcKind::Unmet, Node::Missing, to, material, Some(process), amount)
    }

    /// Another amount from a year on.
    pub(crate) fn from(&mut self, year: i32, arc: ArcId, amount: f64) {
        self.changes.push((year, arc, amount));
    }

    /// A statistic of the city in the base year.
    pub(crate) fn statistic(&mut self, key: &str, value: f64) {
        self.statistic_of(key, Places::ROOT, &[(2015, value)], Quality::Official, None);
    }

    pub(crate) fn statistic_of(
        &mut self,
        key: &str,
        place: PlaceId,
        points: &[(i32, f64)],
        quality: Quality,
        growth: Option<f64>,
    ) {
        let unit = circflow::input::indicators::statistic_keys()
            .iter()
            .find(|k| k.key == key)
            .expect("a key of the vocabulary")
            .unit
            .clone();
        let dimension = *Dimension::ALL.iter().find(|d| d.symbol() == unit).expect("a base unit");
        let mut series = Series::default();
        for &(year, value) in points {
            let provenance = row(TableKind::Statistics, quality);
            series.points.extend(Series::constant(year, value, provenance).points);
        }
        series.growth = growth;
        self.town.model.statistics.push(Statistic {
            key: key.into(),
            place,
            dimension,
            series,
            interpolate: false,
            coverage: None,
        });
    }

    pub(crate) fn target(&mut self, indicator: &str, year: i32, value: f64, provenance: Provenance) {
        self.town.model.targets.push(Target {
            indicator: indicator.into(),
            place: Places::ROOT,
            year,
            value,
            basically_met: 0.9,
            provenance,
        });
    }

    pub(crate) fn trajectory(&self) -> Trajectory {
        let years = self.years.iter().map(|&year| self.year(year)).collect();
        Trajectory { years, findings: circflow::diagnostic::Findings::default() }
    }

    fn year(&self, year: i32) -> YearResult {
        let mut flows = self.flows.clone();
        for &(from, arc, amount) in &self.changes {
            if from <= year {
                flows[arc.index()] = amount;
            }
        }
        let mut markets: Table<MarketId, MarketYear> =
            self.network.markets.iter().map(|_| MarketYear::default()).collect();
        for &(market, opening, closing) in &self.stocks {
            markets[market].opening_stock = opening;
            markets[market].closing_stock = closing;
        }
        YearResult {
            year,
            activity: Vec::new(),
            capacity: Vec::new(),
            coefficients: Vec::new(),
            flows,
            markets,
            sweeps: 0,
            several_answers: Vec::new(),
            worst_residual: 0.0,
        }
    }

    pub(crate) fn appraise(&self) -> Appraised {
        self.appraise_with(shipped())
    }

    pub(crate) fn appraise_with(&self, definitions: Vec<Definition>) -> Appraised {
        let values =
            appraise(&definitions, &self.town.model, &self.network, &self.trajectory(), &self.schedules);
        Appraised { definitions, values }
    }
}

/// All shipped definitions.
pub(crate) fn shipped() -> Vec<Definition> {
    let (definitions, findings) = read_sets(&["ce-2017".to_owned(), "local".to_owned()], &[]);
    assert!(!findings.has_errors());
    definitions
}

pub(crate) struct Appraised {
    pub(crate) definitions: Vec<Definition>,
    pub(crate) values: Vec<IndicatorValue>,
}

impl Appraised {
    pub(crate) fn try_get(&self, key: &str, place: PlaceId, year: i32) -> Option<&IndicatorValue> {
        let definition = self.definitions.iter().position(|d| d.key == key).expect("a known indicator");
        self.values.iter().find(|v| (v.definition, v.place, v.year) == (definition, place, year))
    }

    pub(crate) fn get(&self, key: &str, place: PlaceId, year: i32) -> &IndicatorValue {
        self.try_get(key, place, year).unwrap_or_else(|| panic!("{key} was not evaluated"))
    }

    /// Value of the city in the base year.
    pub(crate) fn city(&self, key: &str) -> f64 {
        self.of(key, Places::ROOT, 2015)
    }

    pub(crate) fn of(&self, key: &str, place: PlaceId, year: i32) -> f64 {
        match &self.get(key, place, year).value {
            Ok(value) => *value,
            Err(reason) => panic!("{key} is not computable: {reason:?}"),
        }
    }

    pub(crate) fn term(&self, key: &str, place: PlaceId, year: i32, term: &str) -> f64 {
        let value = self.get(key, place, year);
        let term = value.terms.iter().find(|t| t.name == term).expect("a term of that name");
        term.value.expect("a value")
    }
}

/// Equal but for rounding of sums.
pub(crate) fn assert_close(found: f64, expected: f64) {
    let scale = expected.abs().max(1.0);
    assert!((found - expected).abs() <= 1e-12 * scale, "found {found}, expected {expected}");
}
