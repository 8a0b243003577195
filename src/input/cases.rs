//! Published cases: folders with a `case.toml`, read into [`Case`]s.
//!
//! bytes → sheets → one copy of them a variant → records. Every fault of a case is found in one pass and stands with
//! file, row and column in its findings; `docs/cases.md` says what the tables hold.

mod cells;
mod columns;
mod equations;
mod expected;
mod find;
mod folder;
mod indicators;
mod mix;
mod outputs;
mod periods;
mod rows;
mod settings;
mod sheet;
mod stocks;
mod system;
mod variants;

pub use find::find;

use crate::case::{Case, Kind, Problem};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use cells::Cells;
use folder::Folder;
use periods::Periods;
use std::path::Path;

/// What `case.toml` says a case is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Title.
    pub title: String,
    /// Where it was published.
    pub source: String,
    /// Unit of its numbers, for the reader alone.
    pub unit: String,
    /// What a reader should know.
    pub note: String,
    /// What it asks; `None` when it cannot be told.
    pub kind: Option<Kind>,
}

/// A case folder, read.
#[derive(Clone, Debug, Default)]
pub struct ReadCase {
    /// What it is.
    pub head: Head,
    /// The case as it stands and its variants, as far as something is expected of them; empty when there are errors.
    pub cases: Vec<Case>,
    /// Everything wrong or remarkable, by file, row and column.
    pub findings: Findings,
}

/// Reads a case folder; of a kind that `is_built` denies the head alone.
#[must_use]
pub fn read(path: &Path, is_built: impl Fn(Kind) -> bool) -> ReadCase {
    let mut cells = Cells::default();
    let mut read = ReadCase::default();
    let Some(mut folder) = Folder::open(path, &mut cells.found) else {
        read.findings = cells.found.finish();
        return read;
    };
    let text = |key| folder.keys.text(key);
    read.head = Head {
        title: text("title"),
        source: text("source"),
        unit: text("unit"),
        note: text("note"),
        kind: folder.kind(),
    };
    if let Some(kind) = read.head.kind.filter(|kind| is_built(*kind)) {
        if !folder.read_tables(path, kind, &mut cells.found) {
            read.findings = cells.found.finish();
            return read;
        }
        variants::unnamed(&folder, &mut cells.found);
        let names = variants::names(&folder);
        let asked = expected::variants_asked(&folder, &names, &mut cells);
        read.cases = asked.iter().map(|variant| case(&folder, kind, variant, &mut cells)).collect();
        if folder.sheet("expected").is_some() && read.cases.iter().all(|case| case.expectations.is_empty()) {
            let at = Spot { file: "expected.csv".to_owned(), ..Spot::default() };
            cells.found.push(Diagnostic::new(Code("E704")).at(at));
        }
    }
    if cells.found.errors() > 0 {
        read.cases.clear();
    }
    read.findings = cells.found.finish();
    read
}

/// One variant of a case.
fn case(base: &Folder, kind: Kind, variant: &str, cells: &mut Cells) -> Case {
    let changed;
    let folder = if variant.is_empty() {
        base
    } else {
        changed = variants::applied(base, variant, &mut cells.found);
        &changed
    };
    let settings = folder.keys.settings();
    let (periods, problem) = problem(folder, kind, cells);
    let expectations = expected::read(folder, variant, &periods, &settings, cells);
    Case { variant: variant.to_owned(), kind, settings, periods: periods.names, problem, expectations }
}

fn problem(folder: &Folder, kind: Kind, cells: &mut Cells) -> (Periods, Problem) {
    let has_variables = folder.sheet("variables").is_some();
    match kind {
        Kind::Indicator => (Periods::single(), Problem::Indicators(indicators::read(folder, cells))),
        Kind::Sensitivity => (Periods::single(), Problem::Equations(equations::read(folder, cells))),
        Kind::Reconcile | Kind::Ensemble if has_variables => {
            (Periods::single(), Problem::Equations(equations::read(folder, cells)))
        }
        Kind::Flows | Kind::Ensemble => {
            let periods = Periods::of(folder, &["flows", "coefficients", "layers"], cells);
            let system = system::read(folder, &periods, cells);
            (periods, Problem::Flows(system))
        }
        Kind::Stock => {
            let periods = Periods::of(folder, &["series"], cells);
            let system = stocks::read(folder, &periods, cells);
            (periods, Problem::Stocks(system))
        }
        Kind::Mix => (Periods::single(), Problem::Mix(mix::read(folder, cells))),
        Kind::Reconcile => {
            let periods = Periods::single();
            let system = system::read(folder, &periods, cells);
            (periods, Problem::Flows(system))
        }
    }
}
