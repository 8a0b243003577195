//! What can be switched from one scenario to another by itself: the parts in which their models differ.

use crate::id::{FundId, Id, MaterialId, ProcessId, ProjectId, StockId, TechnologyId};
use crate::model::{Model, Project};

/// A part of a scenario that may be taken from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lever {
    /// Whether matching rules are applied.
    Matching,
    /// Whether, and with which delay, a project is built.
    Decision(ProjectId),
    /// In which order projects are paid: the priorities of all.
    Order,
    /// How much owners bridge: the bridge shares of all projects.
    Bridge,
    /// All else that the tables say of a project.
    Project(ProjectId),
    /// A fund: its row, duties, appropriations and financing.
    Fund(FundId),
    /// Final demand for a material, everywhere.
    Demand(MaterialId),
    /// The given activity of the processes of a technology, or of one process with a recipe of its own.
    Activity(Option<TechnologyId>, ProcessId),
    /// All else that the tables say of a process.
    Process(ProcessId),
    /// The rules of the markets of a material.
    Market(MaterialId),
    /// An in-use stock: its row, years and cohorts.
    Stock(StockId),
    /// A statistic, everywhere.
    Statistic(String),
    /// The prices of a material.
    Price(MaterialId),
    /// When a project comes on stream, whatever moves it.
    OnStream(ProjectId),
}

impl Lever {
    /// Whether it acts on money: only through it do materials change.
    #[must_use]
    pub fn is_money(&self) -> bool {
        use Lever::{Bridge, Decision, Fund, Matching, Order, Project};
        matches!(self, Matching | Decision(_) | Order | Bridge | Project(_) | Fund(_))
    }

    /// Whether it acts on materials without the money in between.
    #[must_use]
    pub fn is_material(&self) -> bool {
        !self.is_money() || matches!(self, Self::Project(_))
    }
}

/// Everything in which two models of one structure differ, in a fixed order. Complexity linear in the tables.
#[must_use]
pub fn between(a: &Model, b: &Model) -> Vec<Lever> {
    let mut levers = Vec::new();
    let (of_a, of_b) = (&a.scenarios[a.scenario], &b.scenarios[b.scenario]);
    if of_a.matching != of_b.matching {
        levers.push(Lever::Matching);
    }
    let decisions = of_a.decisions.iter().zip(&of_b.decisions).enumerate();
    levers.extend(
        decisions.filter(|(_, (a, b))| a != b).map(|(at, _)| Lever::Decision(ProjectId::from_index(at))),
    );
    let projects = || a.projects.iter().zip(&b.projects);
    if projects().any(|(a, b)| a.priority != b.priority) {
        levers.push(Lever::Order);
    }
    if projects().any(|(a, b)| a.bridge_share != b.bridge_share) {
        levers.push(Lever::Bridge);
    }
    levers.extend(
        a.projects
            .ids()
            .zip(projects())
            .filter(|(_, (a, b))| rest(a, b) != **a)
            .map(|(id, _)| Lever::Project(id)),
    );
    levers.extend(a.funds.ids().filter(|&fund| differs_in_fund(a, b, fund)).map(Lever::Fund));
    for (of_a, of_b) in a.demands.iter().zip(&b.demands).filter(|(a, b)| a != b) {
        debug_assert_eq!(of_a.material, of_b.material);
        levers.push(Lever::Demand(of_a.material));
    }
    for (id, of_a) in a.processes.enumerate() {
        let of_b = &b.processes[id];
        if of_a.activity != of_b.activity {
            let first = a.processes.find(|p| p.technology.is_some() && p.technology == of_a.technology);
            levers.push(Lever::Activity(of_a.technology, first.map_or(id, |(first, _)| first)));
        }
        if *of_a != (crate::model::Process { activity: of_a.activity.clone(), ..of_b.clone() }) {
            levers.push(Lever::Process(id));
        }
    }
    let rules = a.market_rules.iter().zip(&b.market_rules).filter(|(a, b)| a != b);
    levers.extend(rules.map(|(rule, _)| Lever::Market(rule.material)));
    let stocks = a.stocks.ids().filter(|&stock| a.stocks[stock] != b.stocks[stock]);
    levers.extend(stocks.map(Lever::Stock));
    let statistics = a.statistics.iter().zip(&b.statistics).filter(|(a, b)| a != b);
    levers.extend(statistics.map(|(statistic, _)| Lever::Statistic(statistic.key.clone())));
    let prices = a.prices.iter().zip(&b.prices).filter(|(a, b)| a != b);
    levers.extend(prices.map(|(price, _)| Lever::Price(price.material)));
    levers.sort();
    levers.dedup();
    levers
}

/// A project with the order and the bridge of another: what else differs is left.
fn rest(a: &Project, b: &Project) -> Project {
    Project { priority: a.priority, bridge_share: a.bridge_share, ..b.clone() }
}

fn differs_in_fund(a: &Model, b: &Model, fund: FundId) -> bool {
    let appropriations =
        a.appropriations.iter().zip(&b.appropriations).any(|(a, b)| a.fund == fund && a != b);
    let duties = a.duties.iter().zip(&b.duties).any(|(a, b)| a.fund == fund && a != b);
    let financing = a.financing.iter().zip(&b.financing).any(|(a, b)| a.fund == fund && a != b);
    appropriations || duties || financing || a.funds[fund] != b.funds[fund]
}

/// Takes a part of a model from another of the same structure; [`Lever::OnStream`] is no part of a model.
pub fn switch(lever: &Lever, into: &mut Model, from: &Model) {
    match lever {
        Lever::Matching => {
            let matching = from.scenarios[from.scenario].matching;
            into.scenarios[into.scenario].matching = matching;
        }
        Lever::Decision(project) => {
            let decision = from.scenarios[from.scenario].decisions[project.index()];
            into.scenarios[into.scenario].decisions[project.index()] = decision;
        }
        Lever::Order => {
            into.projects.iter_mut().zip(&from.projects).for_each(|(a, b)| a.priority = b.priority);
        }
        Lever::Bridge => {
            into.projects.iter_mut().zip(&from.projects).for_each(|(a, b)| a.bridge_share = b.bridge_share);
        }
        Lever::Project(id) => into.projects[*id] = rest(&into.projects[*id], &from.projects[*id]),
        Lever::Fund(fund) => {
            into.funds[*fund] = from.funds[*fund].clone();
            take(&mut into.appropriations, &from.appropriations, |row| row.fund == *fund);
            take(&mut into.duties, &from.duties, |row| row.fund == *fund);
            let financing = into.financing.iter_mut().zip(&from.financing);
            financing.filter(|(row, _)| row.fund == *fund).for_each(|(a, b)| a.clone_from(b));
        }
        Lever::Demand(material) => take(&mut into.demands, &from.demands, |row| row.material == *material),
        Lever::Activity(technology, process) => {
            for (id, of) in from.processes.enumerate() {
                if (technology.is_some() && of.technology == *technology) || id == *process {
                    into.processes[id].activity = of.activity.clone();
                }
            }
        }
        Lever::Process(id) => {
            let activity = into.processes[*id].activity.clone();
            into.processes[*id] = crate::model::Process { activity, ..from.processes[*id].clone() };
        }
        Lever::Market(material) => {
            take(&mut into.market_rules, &from.market_rules, |row| row.material == *material);
        }
        Lever::Stock(stock) => into.stocks[*stock] = from.stocks[*stock].clone(),
        Lever::Statistic(key) => take(&mut into.statistics, &from.statistics, |row| row.key == *key),
        Lever::Price(material) => take(&mut into.prices, &from.prices, |row| row.material == *material),
        Lever::OnStream(_) => {}
    }
}

fn take<T: Clone>(into: &mut [T], from: &[T], is_meant: impl Fn(&T) -> bool) {
    into.iter_mut().zip(from).filter(|(row, _)| is_meant(row)).for_each(|(a, b)| a.clone_from(b));
}
