//! What the checks of the money say only because something else is wrong: that is told already.

use super::build::Build;
use crate::diagnostic::Findings;
use crate::funding;
use crate::id::Id;
use crate::model::{Model, TableKind};
use std::collections::BTreeSet;

/// Sums of a project's rows against its investment.
const SUMS: [&str; 3] = ["E401", "W401", "W403"];
/// What is said where a financing row is missed: nobody pays a project, a fund pays nobody.
const MISSED: [&str; 2] = ["W402", "W403"];

/// What the money tables of a model must keep to; only where there is a tree of places to speak of, and without
/// what follows from rows of projects and financing that could not be read.
pub(super) fn money_checks(model: &Model, build: &Build<'_>) -> Findings {
    if model.places.is_empty() {
        return Findings::default();
    }
    let mut findings = funding::check(model);
    let half_read =
        |table: TableKind| build.reading.half_read.contains(&table) || build.reading.unread.contains(&table);
    let no_project_is_sound = half_read(TableKind::Projects);
    let unsound: BTreeSet<u32> = (model.projects.enumerate())
        .filter(|(id, _)| no_project_is_sound || build.unsound_projects.get(id.index()) == Some(&true))
        .map(|(_, project)| project.provenance.row)
        .collect();
    let rows_are_missed = build.financing_left_out || no_project_is_sound || half_read(TableKind::Financing);
    findings.0.retain(|finding| {
        let of_unsound = finding.spot.row.is_some_and(|row| unsound.contains(&row));
        let sum = SUMS.contains(&finding.code.0) && of_unsound;
        let missed = MISSED.contains(&finding.code.0) && rows_are_missed;
        !sum && !missed
    });
    findings
}
