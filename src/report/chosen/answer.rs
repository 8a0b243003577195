//! What is shown of an answer: its rows, with names, units and words.

use crate::report::recovery::Recovered;
use serde::Serialize;

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// Name of the model.
    pub name: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Stamp of invented data.
    pub stamp: Option<&'static str>,
    /// How it ended: `chosen`, `conflict`, `failed`.
    pub ending: &'static str,
    /// The solver's words, where it failed.
    pub failed: Option<String>,
    /// Solver.
    pub solver: &'static str,
    /// Columns, whole columns that are open, rows.
    pub size: Option<[usize; 3]>,
    /// Mixes that were simulated in the local search.
    pub tried: Option<usize>,
    /// Whether no single move betters the mix.
    pub settled: Option<bool>,
    /// Best of all mixes by trying each, where they are few: how many were tried.
    pub enumerated: Option<usize>,
    /// Objectives.
    pub objectives: Vec<ObjectiveRow>,
    /// Projects.
    pub projects: Vec<ProjectRow>,
    /// Targets.
    pub targets: Vec<TargetRow>,
    /// Promise and simulation by market and year.
    pub markets: Vec<MarketRow>,
    /// Tonnes recovered: promised, timing, allocation, simulated.
    pub tonnes: Option<[f64; 4]>,
    /// Other mixes.
    pub alternatives: Vec<AlternativeRow>,
    /// Frontier.
    pub frontier: Vec<FrontierRow>,
    /// Its two objectives.
    pub frontier_of: Option<[&'static str; 2]>,
    /// Whether a frontier was asked for and the solver found no end of it.
    pub no_frontier: bool,
    /// Value of money.
    pub money: Vec<MoneyRow>,
    /// Regret.
    pub regret: Vec<RegretRow>,
    /// Economics of the projects.
    pub economics: Vec<EconomicsRow>,
    /// What recovering waste costs with the recommended mix, in the last year.
    pub recovery: Option<Recovered>,
    /// Discount rate and years of the appraisal.
    pub appraising: Option<(f64, u32)>,
    /// Payments by source and month.
    pub calendar: Vec<CalendarRow>,
    /// What cannot hold together.
    pub conflict: Vec<ConflictRow>,
    /// Whether more than these cannot hold.
    pub conflict_more: bool,
}

/// One objective.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveRow {
    /// Word.
    pub objective: &'static str,
    /// Name.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// `proven`, `limited`, `start`, `unconfirmed`; `none` for one that was not asked for.
    pub status: &'static str,
    /// In the programme.
    pub promised: Option<f64>,
    /// No mix is better.
    pub bound: Option<f64>,
    /// Gap, a share.
    pub gap: Option<f64>,
    /// The solver's mix, simulated.
    pub simulated: f64,
    /// The recommended mix, simulated.
    pub recommended: f64,
    /// Without any project.
    pub without: f64,
}

/// One project.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectRow {
    /// Id.
    pub project: String,
    /// Name.
    pub name: String,
    /// Place.
    pub place: String,
    /// Whether the solver's mix has it.
    pub promised: bool,
    /// Whether the recommended mix has it.
    pub recommended: bool,
    /// Months after its earliest start, in the recommended mix.
    pub delay: Option<u32>,
    /// First month of work.
    pub start: Option<String>,
    /// First month on stream if money is never short.
    pub planned: Option<String>,
    /// First month on stream, simulated.
    pub on_stream: Option<String>,
    /// Grants of public funds, 10⁴ yuan.
    pub grants: f64,
    /// Investment, 10⁴ yuan.
    pub investment: f64,
    /// Jobs.
    pub jobs: Option<f64>,
    /// Why it cannot be chosen.
    pub refused: Option<String>,
}

/// One target.
#[derive(Clone, Debug, Serialize)]
pub struct TargetRow {
    /// Id of the indicator.
    pub indicator: String,
    /// Name.
    pub name: String,
    /// Place.
    pub place: String,
    /// Year.
    pub year: i32,
    /// Shown unit.
    pub unit: String,
    /// Whether less is better.
    pub less_is_better: bool,
    /// Whether it must be met.
    pub hard: bool,
    /// Target, as shown.
    pub target: f64,
    /// Without any project.
    pub without: Option<f64>,
    /// In the programme.
    pub promised: Option<f64>,
    /// What later months take from the promise.
    pub timing: Option<f64>,
    /// What allocation by the rules takes from it.
    pub allocation: Option<f64>,
    /// The solver's mix, simulated.
    pub simulated: Option<f64>,
    /// The recommended mix, simulated.
    pub recommended: Option<f64>,
    /// Whether the recommended mix meets it.
    pub met: bool,
    /// The least shortfall that any choice could come to, as a share of the target.
    pub least_shortfall: f64,
}

/// Waste recovered from one market in one year, t.
#[derive(Clone, Debug, Serialize)]
pub struct MarketRow {
    /// Material.
    pub material: String,
    /// Place of the market.
    pub place: String,
    /// Year.
    pub year: i32,
    /// In the programme.
    pub promised: f64,
    /// What later months take from it.
    pub timing: f64,
    /// What allocation by the rules takes from it.
    pub allocation: f64,
    /// Simulated.
    pub simulated: f64,
}

/// Another mix.
#[derive(Clone, Debug, Serialize)]
pub struct AlternativeRow {
    /// Number.
    pub number: usize,
    /// Projects that differ from the solver's mix.
    pub differing: usize,
    /// Projects it adds.
    pub adds: Vec<String>,
    /// Projects it leaves out.
    pub leaves_out: Vec<String>,
    /// Values of the objectives, simulated, in the order of all objectives.
    pub values: [f64; 6],
    /// Whether all that must hold does in the simulation.
    pub holds: bool,
}

/// A point of the frontier.
#[derive(Clone, Debug, Serialize)]
pub struct FrontierRow {
    /// Limit on the second objective.
    pub limit: f64,
    /// First and second objective in the programme.
    pub promised: [f64; 2],
    /// Bound of the first.
    pub bound: f64,
    /// Both simulated.
    pub simulated: [f64; 2],
    /// Projects chosen.
    pub projects: usize,
    /// How the first ended.
    pub status: &'static str,
}

/// A step of the value of money.
#[derive(Clone, Debug, Serialize)]
pub struct MoneyRow {
    /// Fund.
    pub fund: String,
    /// Whether it is what is owed to the fund.
    pub duty: bool,
    /// 10⁴ yuan beyond what the tables give.
    pub amount: f64,
    /// Most targets.
    pub targets: Option<f64>,
    /// Least shortfall, points.
    pub points: Option<f64>,
    /// Most tonnes.
    pub tonnes: Option<f64>,
}

/// A mix under one scenario.
#[derive(Clone, Debug, Serialize)]
pub struct RegretRow {
    /// Scenario.
    pub scenario: String,
    /// Mix: 1 the recommended one, then the others.
    pub mix: usize,
    /// Objective.
    pub objective: &'static str,
    /// Its value.
    pub value: f64,
    /// What it gives away to the best there.
    pub regret: f64,
    /// Greatest regret of the mix over all scenarios.
    pub worst: f64,
}

/// Economics of a project.
#[derive(Clone, Debug, Serialize)]
pub struct EconomicsRow {
    /// Id.
    pub project: String,
    /// Name.
    pub name: String,
    /// Waste recovered in a full year, t.
    pub tonnes: Option<f64>,
    /// Investment by tonne a year, yuan.
    pub investment_per_tonne: Option<f64>,
    /// Operating cost less revenue by tonne, yuan.
    pub running_per_tonne: Option<f64>,
    /// Net present value, 10⁴ yuan.
    pub npv: Option<f64>,
    /// Internal rate of return, a share.
    pub irr: Option<f64>,
    /// Payback, years.
    pub payback: Option<f64>,
    /// Jobs per million yuan.
    pub jobs_per_million: Option<f64>,
}

/// What a source pays in a month.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarRow {
    /// Fund.
    pub fund: String,
    /// Name.
    pub name: String,
    /// Level.
    pub level: String,
    /// Month.
    pub month: String,
    /// Paid, 10⁴ yuan.
    pub paid: f64,
    /// Due in the month, 10⁴ yuan.
    pub due: f64,
}

/// Something that cannot hold with the others.
#[derive(Clone, Debug, Serialize)]
pub struct ConflictRow {
    /// `target`, `fund`, `relation`, `rule`, `limit`.
    pub kind: &'static str,
    /// What it asks, in words.
    pub asks: String,
    /// The least relaxation that helps, in words.
    pub helps: Option<String>,
}
