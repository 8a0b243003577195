//! Mixes that are nearly as good and differ as much as can be.

use super::effort::{Effort, best_answer};
use super::form::Form;
use super::lexicographic::Choice;
use super::offers::Mix;
use super::programme::Programme;
use super::solver::{Column, Relation};

/// Up to `count` mixes whose objectives are within a share of the choice's, each as different as possible from the choice
/// and from those before it, counted in projects; fewer where the search finds no other mix as good.
#[must_use]
pub fn find(programme: &Programme, choice: &Choice, within: f64, count: usize, effort: &Effort) -> Vec<Mix> {
    let mut programme = programme.clone();
    for stage in &choice.stages {
        let cost = programme.cost(stage.objective);
        let scale = programme.scales[stage.objective as usize];
        let best = stage.objective.cost(stage.value);
        let limit = best + within * best.abs() + 1e-7 * scale;
        cost.row(&mut programme.problem, Relation::AtMost, limit, scale);
    }
    let whole = programme.problem.whole_columns();
    let start: Vec<(Column, f64)> = whole.map(|column| (column, column.of(&choice.values).round())).collect();
    let mut known: Vec<Mix> = vec![choice.mix.clone()];
    // Of several mixes the sum of the distances is made great, and none found may be found again.
    for _ in 0..count {
        let mut alike = Form::default();
        for mix in &known {
            for (columns, chosen) in programme.chosen.iter().zip(mix) {
                let sign = if chosen.is_some() { 1.0 } else { -1.0 };
                alike.terms.extend(columns.iter().map(|column| (*column, sign)));
            }
        }
        alike.minimise(&mut programme.problem, 1.0);
        let Ok((answer, _)) = best_answer(&programme, &effort.part(4, 0.02), &start) else { break };
        let mix = programme.mix(&answer.values);
        if known.iter().any(|of| distance(of, &mix) == 0) {
            break;
        }
        // Not this one again; the choice itself stays, as the mix that a search starts from.
        let mut row = Vec::new();
        for (columns, chosen) in programme.chosen.iter().zip(&mix) {
            let sign = if chosen.is_some() { 1.0 } else { -1.0 };
            row.extend(columns.iter().map(|column| (*column, sign)));
        }
        let most = mix.iter().flatten().count() as f64 - 1.0;
        programme.problem.row(row, Relation::AtMost, most);
        known.push(mix);
    }
    known.split_off(1)
}

/// Projects that are in one mix and not in the other.
#[must_use]
pub fn distance(one: &Mix, other: &Mix) -> usize {
    one.iter().zip(other).filter(|(a, b)| a.is_some() != b.is_some()).count()
}
