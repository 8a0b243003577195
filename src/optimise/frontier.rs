//! One objective against another: the best of the first for every limit on the second.

use super::effort::Effort;
use super::lexicographic::{Choice, Ending, solve};
use super::offers::Mix;
use super::programme::Programme;
use super::question::Objective;
use super::solver::Relation;
use rayon::prelude::*;

/// A point of the frontier.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Limit on the second objective.
    pub limit: f64,
    /// The choice.
    pub choice: Choice,
}

/// The frontier of two objectives in `count` steps from the least that the second comes to, to what the best of the first
/// needs. Limits are solved side by side, each from the same start; points that repeat one before them are left out.
///
/// # Errors
/// How the ends ended, where they have no choice.
pub fn find(
    programme: &Programme,
    first: Objective,
    second: Objective,
    count: usize,
    effort: &Effort,
    start: Option<&Mix>,
) -> Result<Vec<Point>, Ending> {
    let end = |objectives: &[Objective]| match solve(&mut programme.clone(), objectives, effort, start) {
        Ending::Chosen(choice) => Ok(choice),
        other => Err(other),
    };
    let (best_of_first, best_of_second) = rayon::join(|| end(&[first, second]), || end(&[second, first]));
    let (best_of_first, best_of_second) = (best_of_first?, best_of_second?);
    let value = |choice: &Choice| {
        choice.stages.iter().find(|stage| stage.objective == second).map_or(0.0, |stage| stage.value)
    };
    let (from, to) = (value(&best_of_second), value(&best_of_first));
    let inner: Vec<usize> = (1..count.max(1)).collect();
    let mut points: Vec<Point> = inner
        .into_par_iter()
        .filter_map(|step| {
            let limit = from + (to - from) * step as f64 / count as f64;
            let mut limited = programme.clone();
            let cost = limited.cost(second);
            let scale = limited.scales[second as usize];
            cost.row(&mut limited.problem, Relation::AtMost, second.cost(limit), scale);
            let start = Some(&best_of_second.mix);
            match solve(&mut limited, &[first, second], effort, start) {
                Ending::Chosen(choice) => Some(Point { limit, choice }),
                _ => None,
            }
        })
        .collect();
    points.insert(0, Point { limit: from, choice: best_of_second });
    points.push(Point { limit: to, choice: best_of_first });
    points.dedup_by(|later, kept| later.choice.mix == kept.choice.mix);
    Ok(points)
}
