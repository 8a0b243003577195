//! The reference city's measurements corrupted by seed: how often it is seen, how often the right figure is named, and
//! how often a sound one is accused. `.ci/benches` runs 200 corrupted seeds, 50 of each kind, and 600 sound ones, on the release
//! build and holds the figures against `docs/reconciliation.md`; a debug build runs a few and holds what must hold of any
//! number.
#![allow(missing_docs, clippy::print_stdout)]

use circflow::input;
use circflow::measured::Subject;
use circflow::reconcile::{self, Class, Knowledge, Outcome, Problem, chi_squared};
use circflow::study::{self, StudyOptions};
use rayon::prelude::*;

const CONFIDENCE: f64 = 0.95;

/// What is done to one measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Corruption {
    Nothing,
    Deviations(f64),
    Factor(f64),
}

const KINDS: [(Corruption, &str); 5] = [
    (Corruption::Nothing, "none"),
    (Corruption::Deviations(5.0), "5 deviations"),
    (Corruption::Deviations(10.0), "10 deviations"),
    (Corruption::Factor(10.0), "× 10"),
    (Corruption::Factor(0.1), "÷ 10"),
];

/// Counts over all seeds of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    seeds: usize,
    /// The global test says that something is wrong.
    detected: usize,
    /// The first suspect is the corrupted figure.
    located: usize,
    /// It is among the suspects.
    named: usize,
    /// Sound figures among the suspects.
    accused: usize,
    /// Seeds without any wrong suspect.
    clean: usize,
    /// Seeds in which some reconciliation did not come to rest.
    unsettled: usize,
}

/// Numbers of no pattern: splitmix64, and from two of them a standard normal one.
struct Draws(u64);

impl Draws {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let (radius, angle) = (1.0 - self.uniform(), self.uniform());
        libm::sqrt(-2.0 * libm::log(radius)) * libm::cos(std::f64::consts::TAU * angle)
    }
}

/// The city's problem with figures that fit: every measured quantity at its reconciled value, the suspects of the
/// tables left out of that.
struct Truth {
    problem: Problem,
    /// Measured quantities with their true values.
    values: Vec<(usize, f64)>,
    /// Rows of `measurements` that the others can check: those that are corrupted.
    checked: Vec<usize>,
}

fn truth() -> Truth {
    let loaded = input::reference_city();
    let year = loaded.base.settings.base_year;
    let done =
        study::reconcile(&loaded, year, CONFIDENCE, &StudyOptions::default()).expect("a reconciled city");
    let fitting = done.reconciled.values(true);
    let mut problem = done.reconciled.system.problem.clone();
    let (mut values, mut checked) = (Vec::new(), Vec::new());
    for (at, subject) in done.reconciled.system.subjects.iter().enumerate() {
        let Knowledge::Measured { value, deviation } = problem.variables[at].knowledge else { continue };
        let Some(value_now) = fitting.estimates[at].value else { continue };
        // A planted error brought a planted deviation.
        let deviation =
            deviation * if done.reconciled.suspect(at).is_some() { value_now / value } else { 1.0 };
        problem.variables[at].knowledge = Knowledge::Measured { value: value_now, deviation };
        values.push((at, value_now));
        let redundant = done.reconciled.all.estimates[at].class == Some(Class::Redundant);
        if redundant && matches!(subject, Subject::Measurement(_)) {
            checked.push(at);
        }
    }
    Truth { problem, values, checked }
}

/// One seed: all measurements drawn anew about the truth, one of them corrupted.
fn corrupted(truth: &Truth, kind: Corruption, seed: u64) -> Tally {
    let mut draws = Draws(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x00c1_2c15);
    let mut problem = truth.problem.clone();
    let victim = truth.checked[(draws.uniform() * truth.checked.len() as f64) as usize];
    let sign = if draws.uniform() < 0.5 { -1.0 } else { 1.0 };
    for &(at, value) in &truth.values {
        let Knowledge::Measured { deviation, .. } = problem.variables[at].knowledge else { continue };
        let mut drawn = (value + deviation * draws.normal()).max(0.0);
        if at == victim {
            drawn = match kind {
                Corruption::Nothing => drawn,
                Corruption::Deviations(many) => drawn + sign * many * deviation,
                Corruption::Factor(factor) => drawn * factor,
            };
        }
        problem.variables[at].knowledge = Knowledge::Measured { value: drawn, deviation };
    }
    let first = match reconcile::reconcile(&problem) {
        Outcome::Reconciled(first) => first,
        Outcome::Unsettled { .. } => return Tally { seeds: 1, unsettled: 1, ..Tally::default() },
        other => panic!("seed {seed} of {kind:?}: {other:?}"),
    };
    let course = reconcile::serial_elimination(&problem, &first, CONFIDENCE);
    let suspects: Vec<usize> = course.suspects.iter().map(|suspect| suspect.variable).collect();
    let right = |at: &usize| kind != Corruption::Nothing && *at == victim;
    let accused = suspects.iter().filter(|at| !right(at)).count();
    Tally {
        seeds: 1,
        detected: usize::from(first.statistic > chi_squared::quantile(CONFIDENCE, first.degrees)),
        located: usize::from(suspects.first().is_some_and(right)),
        named: usize::from(suspects.iter().any(right)),
        accused,
        clean: usize::from(accused == 0),
        unsettled: usize::from(course.stopped.is_some()),
    }
}

fn tally(truth: &Truth, kind: Corruption, seeds: u64) -> Tally {
    let all: Vec<Tally> = (0..seeds).into_par_iter().map(|seed| corrupted(truth, kind, seed)).collect();
    all.iter().fold(Tally::default(), |sum, one| Tally {
        seeds: sum.seeds + one.seeds,
        detected: sum.detected + one.detected,
        located: sum.located + one.located,
        named: sum.named + one.named,
        accused: sum.accused + one.accused,
        clean: sum.clean + one.clean,
        unsettled: sum.unsettled + one.unsettled,
    })
}

/// A line of the table in the docs.
fn line(name: &str, tally: Tally) -> String {
    let share = |count: usize| format!("{:.1} %", 100.0 * count as f64 / tally.seeds as f64);
    let of = |count: usize| if name == "none" { "—".to_owned() } else { share(count) };
    let each = format!("{:.2}", tally.accused as f64 / tally.seeds as f64);
    let accused = share(tally.seeds - tally.clean);
    let cells = [
        share(tally.detected),
        of(tally.located),
        of(tally.named),
        accused,
        each,
        tally.unsettled.to_string(),
    ];
    format!("| {name} | {} |", cells.join(" | "))
}

#[test]
fn corrupted_measurements_are_seen_and_named() {
    let truth = truth();
    println!("{} measured, {} of them can be checked", truth.values.len(), truth.checked.len());
    let docs = include_str!("../docs/reconciliation.md");
    let mut wrong = Vec::new();
    for (kind, name) in KINDS {
        let seeds = match kind {
            _ if cfg!(debug_assertions) => 3,
            // A rate of a few percent wants more of them.
            Corruption::Nothing => 600,
            _ => 50,
        };
        let tally = tally(&truth, kind, seeds);
        let line = line(name, tally);
        println!("{line}");
        if let Corruption::Factor(_) = kind {
            assert!(tally.detected * 10 >= tally.seeds * 9, "{line}");
        }
        if !docs.contains(&line) {
            wrong.push(line);
        }
    }
    let all = !cfg!(debug_assertions);
    assert!(!all || wrong.is_empty(), "docs/reconciliation.md has other lines than\n{}", wrong.join("\n"));
}
