//! All years of one scenario.

use super::block::{
    FaultKind, LoopFault, OtherEnds, ResultBlock, Status, Workspace, activity_of, markets_of,
};
use super::evaluate::{evaluate, evaluate_with_other_starts};
use super::several_answers::MOST_SINGLE_STARTS;
use super::trajectory::{Trajectory, YearResult};
use super::{audit, booking};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::funding::ProjectSchedule;
use crate::id::{Id, ProcessId, StockId, Table};
use crate::model::{Falling, Model};
use crate::plan::parameters::Carried;
use crate::plan::{Loop, ParameterBlock, Plan, parameters_with};
use crate::stock::in_use::{self, Course};
use std::collections::BTreeMap;

/// Runs all years with central values; loops are checked for several answers, every year is audited.
///
/// A year without an answer ends the run: its diagnostic is an error in the trajectory's findings, and the years
/// before it stand.
#[must_use]
pub fn run(plan: &Plan, model: &Model, schedule: &[ProjectSchedule]) -> Trajectory {
    years(plan, model, schedule, OtherStarts::Tried)
}

/// The same without trying other starts of loops: for the many runs of experiments.
#[must_use]
pub fn run_quietly(plan: &Plan, model: &Model, schedule: &[ProjectSchedule]) -> Trajectory {
    years(plan, model, schedule, OtherStarts::NotTried)
}

/// Whether loops are also started from elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OtherStarts {
    Tried,
    NotTried,
}

fn years(plan: &Plan, model: &Model, schedule: &[ProjectSchedule], starts: OtherStarts) -> Trajectory {
    let mut trajectory = Trajectory { years: Vec::new(), findings: plan.findings.clone() };
    let mut block = ParameterBlock::new(plan, 1);
    let mut result = ResultBlock::new(plan, 1);
    let mut workspace = Workspace::new(plan, 1);
    let mut carried: Option<Carried> = None;
    let mut remarks = Remarks::default();
    let courses = in_use::courses(model, schedule);
    if let Err(refused) = falling(model, &courses, &mut trajectory.findings) {
        trajectory.findings.extend(Findings(refused));
        return trajectory;
    }
    for year in model.settings.years() {
        let given = parameters_with(plan, model, year, schedule, &courses, carried.as_ref(), &mut block, 0);
        if let Err(faults) = given {
            trajectory.findings.extend(Findings(faults));
            break;
        }
        let mut others = Vec::new();
        match starts {
            OtherStarts::Tried => {
                evaluate_with_other_starts(plan, &block, &mut result, &mut workspace, &mut others);
            }
            OtherStarts::NotTried => evaluate(plan, &block, &mut result, &mut workspace),
        }
        if let Status::Failed(fault) = result.status[0] {
            trajectory.findings.push(failure(plan, model, year, fault));
            break;
        }
        let mut solved = year_result(plan, model, year, &block, &result, &others);
        let given = audit::given::worst_given(plan, model, schedule, &trajectory.years, &solved);
        solved.worst_residual = solved.worst_residual.max(given);
        remarks.look(plan, &block, &solved, others);
        carried = Some(Carried {
            activity: solved.activity.clone(),
            stock: solved.markets.iter().map(|market| market.closing_stock).collect(),
        });
        trajectory.years.push(solved);
    }
    if starts == OtherStarts::Tried {
        for cycle in plan.loops.iter().filter(|cycle| cycle.processes.len() > MOST_SINGLE_STARTS) {
            let tried = Diagnostic::new(Code("N301"))
                .with("loop", loop_name(model, cycle))
                .with("tried", (2 * MOST_SINGLE_STARTS + 2).to_string())
                .with("all", (2 * cycle.processes.len() + 2).to_string());
            trajectory.findings.push(tried);
        }
    }
    remarks.report(plan, model, &mut trajectory.findings);
    trajectory
}

/// Tells of in-use stocks that fall faster than they age.
///
/// # Errors
/// Where their tables refuse that.
fn falling(
    model: &Model,
    courses: &Table<StockId, Course>,
    findings: &mut Findings,
) -> Result<(), Vec<Diagnostic>> {
    let mut refused = Vec::new();
    for (stock, course) in model.stocks.iter().zip(courses) {
        let years = model.settings.years().filter(|year| course.left_early(*year) > 0.0);
        let years: Vec<i32> = years.collect();
        let Some(&first) = years.first() else { continue };
        let code = if stock.falling == Falling::Refused { "E313" } else { "W306" };
        let spot = Spot {
            file: "stock_years.csv".to_owned(),
            row: stock.given.points.last().map(|point| point.provenance.row).filter(|row| *row > 0),
            column: Some("amount".to_owned()),
        };
        let finding = Diagnostic::new(Code(code))
            .at(spot)
            .with("stock", stock.key.clone())
            .with("years", listed(&years))
            .with("percent", format!("{:.1}", course.left_early(first) * 100.0));
        if code == "E313" { refused.push(finding) } else { findings.push(finding) }
    }
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

/// Loops that have answers besides the run's.
fn with_others(ends: &[OtherEnds]) -> impl Iterator<Item = &OtherEnds> {
    ends.iter().filter(|ends| !ends.others.is_empty())
}

fn year_result(
    plan: &Plan,
    model: &Model,
    year: i32,
    block: &ParameterBlock,
    result: &ResultBlock,
    others: &[OtherEnds],
) -> YearResult {
    let coefficients = model
        .processes
        .ids()
        .map(|process| plan.rows.of(process).map(|slot| block.coefficient[slot]).collect())
        .collect();
    let mut solved = YearResult {
        year,
        activity: activity_of(result, 0),
        capacity: block.capacity.clone(),
        coefficients,
        flows: Vec::new(),
        markets: markets_of(result, 0),
        sweeps: result.sweeps[0],
        several_answers: with_others(others).map(|ends| ends.number).collect(),
        worst_residual: 0.0,
    };
    solved.flows = booking::flows(plan, model, &solved);
    solved.worst_residual = audit::worst_residual(plan, model, &solved);
    solved
}

/// Keys of a loop's processes, the first dozen.
#[must_use]
pub fn loop_name(model: &Model, cycle: &Loop) -> String {
    const SHOWN: usize = 12;
    let keys: Vec<&str> =
        cycle.processes.iter().take(SHOWN).map(|&process| model.processes[process].key.as_str()).collect();
    let mut name = keys.join(", ");
    if cycle.processes.len() > SHOWN {
        name.push_str(&format!(", … ({})", cycle.processes.len()));
    }
    name
}

fn failure(plan: &Plan, model: &Model, year: i32, fault: LoopFault) -> Diagnostic {
    let code = match fault.kind {
        FaultKind::NoOutlet => "E302",
        FaultKind::Growing => "E303",
        FaultKind::Unbounded => "E304",
        FaultKind::Unsettled => "E305",
    };
    let gain = fault.gain.map_or_else(|| "?".to_owned(), |gain| format!("{gain:.6}"));
    Diagnostic::new(Code(code))
        .with("loop", loop_name(model, &plan.loops[fault.number]))
        .with("year", year.to_string())
        .with("gain", gain)
}

/// Remarks that concern several years, gathered to one finding each.
#[derive(Default)]
struct Remarks {
    /// Levels above capacity: years, and the first given level and capacity.
    cut: BTreeMap<ProcessId, (Vec<i32>, f64, f64)>,
    /// Loops with several answers: years, and the first pair.
    several: BTreeMap<usize, (Vec<i32>, OtherEnds)>,
    /// Loops of which some starts did not settle: years, and how many at most.
    unsettled: BTreeMap<usize, (Vec<i32>, usize, usize)>,
}

impl Remarks {
    fn look(&mut self, plan: &Plan, block: &ParameterBlock, year: &YearResult, others: Vec<OtherEnds>) {
        for &process in &plan.levels {
            let (level, capacity) = (block.level[process.index()], block.capacity[process.index()]);
            if level > capacity {
                let entry = self.cut.entry(process).or_insert_with(|| (Vec::new(), level, capacity));
                entry.0.push(year.year);
            }
        }
        for ends in others {
            if ends.unsettled > 0 {
                let entry = self.unsettled.entry(ends.number).or_insert_with(|| (Vec::new(), 0, ends.tried));
                entry.0.push(year.year);
                entry.1 = entry.1.max(ends.unsettled);
            }
            if !ends.others.is_empty() {
                let entry = self.several.entry(ends.number).or_insert_with(|| (Vec::new(), ends));
                entry.0.push(year.year);
            }
        }
    }

    fn report(self, plan: &Plan, model: &Model, findings: &mut Findings) {
        for (process, (years, level, capacity)) in self.cut {
            let process = &model.processes[process];
            let spot = Spot {
                file: "activity.csv".to_owned(),
                row: process.activity.points.first().map(|p| p.provenance.row).filter(|row| *row > 0),
                column: Some("level".to_owned()),
            };
            findings.push(
                Diagnostic::new(Code("W301"))
                    .at(spot)
                    .with("process", process.key.clone())
                    .with("years", listed(&years))
                    .with("level", plain(level))
                    .with("capacity", plain(capacity)),
            );
        }
        for (number, (years, found)) in self.several {
            let cycle = &plan.loops[number];
            let told = |answer: &[f64]| {
                let pairs = found.answer.iter().zip(&found.others[0]);
                let differing = cycle.processes.iter().zip(answer).zip(pairs);
                let parts: Vec<String> = differing
                    .filter(|(_, (a, b))| a != b)
                    .take(12)
                    .map(|((&process, value), _)| {
                        format!("{} {}", model.processes[process].key, plain(*value))
                    })
                    .collect();
                parts.join(", ")
            };
            findings.push(
                Diagnostic::new(Code("W302"))
                    .with("loop", loop_name(model, cycle))
                    .with("years", listed(&years))
                    .with("answer", told(&found.answer))
                    .with("count", (found.others.len() + 1).to_string())
                    .with("other", told(&found.others[0])),
            );
        }
        for (number, (years, unsettled, tried)) in self.unsettled {
            let told = Diagnostic::new(Code("N302")).with("loop", loop_name(model, &plan.loops[number]));
            let told = told.with("years", listed(&years)).with("unsettled", unsettled.to_string());
            findings.push(told.with("tried", tried.to_string()));
        }
    }
}

fn listed(years: &[i32]) -> String {
    years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")
}

/// A number for a message: six significant digits, no exponent for what people meet.
fn plain(value: f64) -> String {
    let digits = if value == 0.0 { 0.0 } else { libm::floor(libm::log10(value.abs())) };
    let decimals = (5.0 - digits).clamp(0.0, 9.0) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
