//! How well a model is filled: what `check --quality` says besides faults. All of it are notes.

mod chains;
mod neighbours;

use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::{Id, PlaceId, ProcessId};
use crate::input::{Loaded, unsourced};
use crate::model::{EffectTarget, Model, PlaceKind, Provenance, Shelf};
use crate::outcome::StudyRun;
use std::collections::BTreeSet;

/// Activity up to which a process stands still, in its reference units a year: a gram of a tonne, far below what
/// any row of a table says and far above what rounding leaves.
const STILL: f64 = 1.0e-6;
/// Fewest enterprises at work in a park.
const LEAST_ENTERPRISES: usize = 3;
/// How many names a note lists.
const NAMED: usize = 6;

/// Notes on the quality of a model: idle processes, takers without a cap, materials with neighbours on one side
/// only, rows without source, parks with few enterprises at work, chains that hardly move their material.
/// Complexity linear in rows, and in processes × years × scenarios.
#[must_use]
pub fn quality(loaded: &Loaded, run: &StudyRun) -> Findings {
    let mut findings = Findings::default();
    let model = &*loaded.base;
    let runs = Runs::of(model, run);
    findings.0.extend(idle(model, &runs));
    findings.0.extend(uncapped(model));
    findings.0.extend(neighbours::one_sided(model));
    findings.0.extend(chains::thin(loaded, run, &runs));
    findings.0.extend(parks(model, &runs));
    let mut findings = loaded.written.named(findings);
    for table in unsourced(&loaded.inputs) {
        let spot = Spot { file: table.file, row: table.rows.first().copied(), column: None };
        findings.push(
            Diagnostic::new(Code("N074"))
                .at(spot)
                .with("count", table.rows.len().to_string())
                .with("rows", ranges(&table.rows)),
        );
    }
    findings
}

/// What processes do over all scenarios and years.
struct Runs {
    /// Greatest activity of every process.
    activity: Vec<f64>,
    /// Greatest capacity of every process.
    capacity: Vec<f64>,
}

impl Runs {
    fn of(model: &Model, run: &StudyRun) -> Self {
        let mut runs =
            Self { activity: vec![0.0; model.processes.len()], capacity: vec![0.0; model.processes.len()] };
        for (_, year) in run.years() {
            for (most, of_year) in runs.activity.iter_mut().zip(&year.activity) {
                *most = most.max(*of_year);
            }
            for (most, of_year) in runs.capacity.iter_mut().zip(&year.capacity) {
                *most = most.max(*of_year);
            }
        }
        runs
    }

    fn is_still(&self, process: ProcessId) -> bool {
        self.activity[process.index()] <= STILL
    }
}

fn idle<'a>(model: &'a Model, runs: &'a Runs) -> impl Iterator<Item = Diagnostic> + 'a {
    let still = move |id| runs.is_still(id) && model.stock_of(id).is_none();
    model.processes.enumerate().filter(move |(id, _)| still(*id)).map(|(id, process)| {
        let [zh, en] = if runs.capacity[id.index()] <= 0.0 {
            [
                "没有产能，带来它的项目没有一个情景建成",
                "it has no capacity, and no scenario completes a project that brings any",
            ]
        } else if process.activity.points.is_empty() {
            [
                "市场没有给它留下原料，或没有人要它的产品",
                "its market leaves it no feed, or nobody asks for its product",
            ]
        } else {
            ["给定的活动量是零", "the level it is given is zero"]
        };
        of_process(model, Code("N070"), id).with("why_zh", zh).with("why_en", en)
    })
}

fn uncapped(model: &Model) -> impl Iterator<Item = Diagnostic> + '_ {
    model.processes.enumerate().filter_map(|(id, process)| {
        let taken = process.taken().filter(|_| process.capacity.is_none())?;
        let material = &model.materials[process.rows[taken].material];
        let brought = model
            .projects
            .iter()
            .flat_map(|project| &project.effects)
            .any(|effect| effect.target == EffectTarget::Capacity(id));
        (!brought).then(|| of_process(model, Code("N071"), id).with("material", material.key.clone()))
    })
}

/// Parks with few enterprises at work, and parks declared a frame only in which some are.
fn parks<'a>(model: &'a Model, runs: &'a Runs) -> impl Iterator<Item = Diagnostic> + 'a {
    let at_work: BTreeSet<_> = model
        .processes
        .enumerate()
        .filter(|(id, _)| !runs.is_still(*id))
        .filter_map(|(_, process)| process.enterprise)
        .collect();
    let is_park =
        |place: PlaceId| matches!(model.places[place].kind, PlaceKind::Park | PlaceKind::AgriculturalPark);
    model.places.ids().filter(move |place| is_park(*place)).filter_map(move |park| {
        let within =
            |id: &&crate::id::EnterpriseId| model.places.is_within(model.enterprises[**id].place, park);
        let names: Vec<&str> =
            at_work.iter().filter(within).map(|id| model.enterprises[*id].key.as_str()).collect();
        let place = &model.places[park];
        let code = match place.frame_only {
            true if names.is_empty() => return None,
            true => "N077",
            false if names.len() >= LEAST_ENTERPRISES => return None,
            false => "N075",
        };
        Some(
            Diagnostic::new(Code(code))
                .at(spot(place.provenance))
                .with("place", place.key.clone())
                .with("name", place.name.clone())
                .with("name_en", place.name_en.clone())
                .with("count", names.len().to_string())
                .with("least", LEAST_ENTERPRISES.to_string())
                .with("enterprises", names.join(", ")),
        )
    })
}

/// A note of a process, at its row, with its id and names.
fn of_process(model: &Model, code: Code, id: ProcessId) -> Diagnostic {
    let process = &model.processes[id];
    Diagnostic::new(code)
        .at(spot(process.provenance))
        .with("process", process.key.clone())
        .with("name", process.name.clone())
        .with("name_en", process.name_en.clone())
}

/// The row of a record in the user's own tables; nowhere for what the catalogue or the program made.
fn spot(provenance: Provenance) -> Spot {
    if provenance.shelf == Shelf::Catalogue || provenance.row == 0 {
        return Spot::default();
    }
    Spot { file: format!("{}.csv", provenance.table.stem()), row: Some(provenance.row), column: None }
}

/// Names in a row, the first of many.
fn listed(names: &[&str]) -> String {
    let mut text = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        text.push_str(&format!(", … ({})", names.len()));
    }
    text
}

/// Ascending numbers with runs drawn together: `2–5, 9`.
fn ranges(rows: &[u32]) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => parts.push((row, row)),
        }
    }
    let text = parts.iter().map(
        |(first, last)| {
            if first == last { first.to_string() } else { format!("{first}–{last}") }
        },
    );
    text.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_rows_are_drawn_together() {
        assert_eq!(ranges(&[2, 3, 4, 7, 9, 10]), "2–4, 7, 9–10");
        assert_eq!(ranges(&[]), "");
    }
}
